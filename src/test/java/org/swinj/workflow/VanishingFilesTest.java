package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.cli.TestData;
import org.swinj.data.FormatException;
import org.swinj.model.TestModels;
import org.swinj.progress.Progress;
import org.swinj.result.ObjectMethod;

/** Files that vanish or shrink while they are needed. */
class VanishingFilesTest {

	@TempDir
	private Path folder;
	private Path model;

	@BeforeEach
	void writeModel() throws IOException {
		model = folder.resolve("model.zip");
		TestModels.tiny(3).write(model);
	}

	/** Does something when a phase begins, or when somebody asks whether to stop for the n-th time. */
	private static final class When implements Progress {

		private final String stage;
		private final Runnable action;
		private int questions;

		When(final String stage, final int questions, final Runnable action) {
			this.stage = stage;
			this.questions = questions;
			this.action = action;
		}

		@Override
		public void stage(final String name) {
			if (name.equals(stage)) action.run();
		}

		@Override
		public void update(final long done, final long total, final String message) {}

		@Override
		public void info(final String line) {}

		@Override
		public void warn(final String line) {}

		@Override
		public boolean isCancelled() {
			if (--questions == 0) action.run();
			return false;
		}
	}

	private static void delete(final Path file) {
		assertTrue(file.toFile().delete());
	}

	private static void shrink(final Path file) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.truncate(channel.size() / 2);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private String refusal(final Path input, final Progress progress) throws IOException {
		final Path labels = Files.writeString(folder.resolve("labels.tif"), "earlier");
		final SegmentSettings settings = new SegmentSettings(input, model, labels, 0.5, false, true, true,
			false, false, ObjectMethod.NONE, false, false, "cpu", "float32");
		final String sentence = assertThrows(FormatException.class, () -> new Segment(settings, progress)
			.run()).getMessage();
		assertEquals("earlier", Files.readString(labels));
		return sentence;
	}

	@Test
	void imageThatVanishesBeforeItIsReadAgain() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 2);
		final Path image = data.resolve("images/case_2.nii.gz"), output = folder.resolve("trained");
		assertEquals("File \"" + image + "\" does not exist.", assertThrows(FormatException.class,
			() -> new FineTune(FineTuneSettings.of(data, output), new When("Reading 2 cases", 0, () -> delete(
				image))).run()).getMessage());
		assertFalse(Files.exists(output));
	}

	@Test
	void imageThatVanishesBeforeItIsSegmented() throws IOException {
		final Path image = folder.resolve("a.nii.gz");
		TestData.write(image, TestData.image(1));
		assertEquals("File \"" + image + "\" does not exist.", refusal(image, new When("Loading model", 0,
			() -> delete(image))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.nii", "a.nii.gz", "a.tif" })
	void imageThatShrinksWhileItIsRead(final String name) throws IOException {
		final Path image = folder.resolve(name);
		final float[] noise = new float[32 * 32 * 400];
		for (int i = 0; i < noise.length; i++)
			noise[i] = i * 7919 % 65521;
		TestData.write(image, noise, 32, 32, 400, 1);
		final int[] asked = new int[1];
		final String sentence = refusal(image, new When("", 6, () -> {
			shrink(image);
			asked[0]++;
		}));
		assertEquals(1, asked[0]);
		assertTrue(sentence.contains(name) && sentence.matches("(?s).*\\d.*\\."), sentence);
	}

	@Test
	void modelThatVanishes() throws IOException {
		final Path image = folder.resolve("a.nii.gz");
		TestData.write(image, TestData.image(1));
		assertTrue(assertThrows(IOException.class, () -> new Segment(SegmentSettings.of(image, model, folder
			.resolve("l.tif")), new When("Loading model", 0, () -> delete(model))).run()).getMessage()
				.contains("model.zip\" does not exist"));
	}
}
