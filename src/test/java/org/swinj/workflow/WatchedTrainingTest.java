package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.cli.TestData;
import org.swinj.model.SwinModel;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Preview;
import org.swinj.progress.Progress;
import org.swinj.progress.RecordingProgress;
import org.swinj.progress.TrainingWatcher;

/** What somebody who looks at a training sees, and what pausing and stopping do. */
class WatchedTrainingTest {

	private static final int STEPS = 4;

	@TempDir
	Path folder;

	private Path data;
	private final Person person = new Person();

	@BeforeEach
	void writeData() throws IOException {
		data = TestData.write(folder.resolve("data"), 3);
	}

	@Test
	void curvesAndPreviewsComeFromTheTraining() throws IOException {
		fineTune("m", "0.34", false);
		assertEquals(List.of("loss 1", "loss 2", "validation Dice 2", "best 2", "loss 3", "loss 4",
			"validation Dice 4"), person.heard.stream().filter(line -> !line.equals("best 4")).toList());
		assertEquals(List.of(0, 2, 4), person.previews.stream().map(Preview::step).toList());
		final Preview before = person.previews.get(0);
		final Preview after = person.previews.get(2);
		assertEquals(List.of("Image", "Labels", "Prediction"), after.parts());
		assertEquals(TestData.EDGE, after.slices());
		assertEquals(17, after.first()); // of 17, 18 and 19, which have most labels, the nearest to the middle
		final BufferedImage start = before.picture().apply(18);
		final BufferedImage end = after.picture().apply(18);
		assertEquals(3 * TestData.EDGE + 2 * 4, end.getWidth());
		assertTrue(isGrey(end, 0) && !isGrey(end, 1) && isGrey(start, 2));
	}

	@Test
	void withoutHeldBackCasesATrainingCaseIsShown() throws IOException {
		fineTune("m", "0", false);
		assertTrue(person.previews.get(1).example().contains("of the training"));
		assertFalse(person.heard.contains("validation Dice 4"));
	}

	@Test
	void noStepIsDoneInAPause() throws IOException {
		person.pauseAfter = 2;
		fineTune("m", "0", false);
		assertEquals(Person.PAUSE, person.asked);
		assertEquals(List.of("loss 1", "loss 2", "pause 2", "loss 3", "loss 4"), person.heard);
		final SwinModel paused = SwinModel.read(folder.resolve("m"));
		person.pauseAfter = -1;
		fineTune("n", "0", false);
		assertSameWeights(SwinModel.read(folder.resolve("n")), paused);
	}

	@Test
	void pauseCanBeCancelled() {
		person.pauseAfter = 2;
		person.pausesForEver = true;
		final CancelledException e = assertThrows(CancelledException.class, () -> new FineTune(settings(
			"m", "0", false), "data", person, cancelled(() -> person.asked > 3)).run());
		assertTrue(e.getMessage().startsWith("Cancelled"), e.getMessage());
	}

	@Test
	void stoppedTrainingKeepsItsBestModelAndCanGoOn() throws IOException {
		person.stopAfter = 2;
		assertEquals(2, fineTune("m", "0.34", false).steps());
		assertEquals(2, SwinModel.readCard(folder.resolve("m")).training().steps());
		person.stopAfter = -1;
		assertEquals(STEPS, fineTune("m", "0.34", true).steps());
		fineTune("n", "0.34", false);
		assertSameWeights(SwinModel.read(folder.resolve("n")), SwinModel.read(folder.resolve("m")));
	}

	@Test
	void stoppingBeforeTheFirstStepWritesNothing() {
		person.stopAfter = 0;
		assertThrows(CancelledException.class, () -> fineTune("m", "0", false));
		assertFalse(Files.exists(folder.resolve("m")));
	}

	@Test
	void cancellingTheLastValidationKeepsTheModel() throws IOException {
		final boolean[] validating = { false };
		final CancelledException e = assertThrows(CancelledException.class, () -> new FineTune(settings(
			"m", "0.34", false), "data", person, new RecordingProgress() {

				@Override
				public void stage(final String name) {
					validating[0] |= name.equals("Validating");
				}

				@Override
				public boolean isCancelled() {
					return validating[0];
				}
			}).run());
		assertTrue(e.getMessage().contains("the best model so far is in"), e.getMessage());
		assertEquals(STEPS, SwinModel.readCard(folder.resolve("m")).training().steps());
	}

	@Test
	void pretrainingShowsItsTasksAndWhatItRebuilds() throws IOException {
		person.stopAfter = 1;
		final PretrainSettings settings = new PretrainSettings(List.of(data), folder.resolve("p"), 0, 3,
			"default", PretrainSettings.AUTO, 0.1, PretrainSettings.AUTO, 0, "", 0, 12, "32", 0, 0, "", false,
			0, 1, "cpu", "float32");
		assertEquals(1, new Pretrain(settings, "data", person, Progress.silent()).run().steps());
		assertEquals(List.of("inpainting 1", "contrast 1", "rotation 1"), person.heard);
		final Preview preview = person.previews.get(0);
		assertEquals(List.of("Image", "Shown to the network", "Rebuilt"), preview.parts());
		assertEquals(32, preview.slices());
		assertTrue(SwinModel.readCard(folder.resolve("p")).encoderOnly());
	}

	private FineTuneResult fineTune(final String output, final String validation,
		final boolean resume) throws IOException
	{
		return new FineTune(settings(output, validation, resume), "data", person, Progress.silent())
			.run();
	}

	private FineTuneSettings settings(final String output, final String validation,
		final boolean resume)
	{
		return new FineTuneSettings(data, folder.resolve(output), null, 0, STEPS, validation, 0, "", null,
			"", 12, "32", null, 0, 0, 0, -1, false, 2, 0, resume, 0, 1, "cpu", "float32");
	}

	private static boolean isGrey(final BufferedImage picture, final int part) {
		for (int y = 0; y < TestData.EDGE; y++)
			for (int x = 0; x < TestData.EDGE; x++) {
				final int rgb = picture.getRGB(part * (TestData.EDGE + 4) + x, y);
				if ((rgb & 255) != (rgb >> 8 & 255) || (rgb & 255) != (rgb >> 16 & 255)) return false;
			}
		return true;
	}

	private static void assertSameWeights(final SwinModel expected, final SwinModel actual)
		throws IOException
	{
		for (final String name : expected.weights().names())
			assertArrayEquals(expected.weights().get(name).toFloats(), actual.weights().get(name)
				.toFloats(), name);
	}

	private static Progress cancelled(final BooleanSupplier when) {
		return new RecordingProgress() {

			@Override
			public boolean isCancelled() {
				return when.getAsBoolean();
			}
		};
	}

	/** Writes down what is heard; pauses or stops after a step. */
	private static final class Person implements TrainingWatcher {

		static final int PAUSE = 5; // questions

		final List<String> heard = new ArrayList<>();
		final List<Preview> previews = new ArrayList<>();
		int pauseAfter = -1;
		int stopAfter = -1;
		boolean pausesForEver;
		int asked;
		private int steps;

		@Override
		public void point(final String curve, final int step, final double value) {
			heard.add(curve + " " + step);
			assertTrue(Double.isFinite(value), curve);
		}

		@Override
		public void best(final int step, final double dice) {
			heard.add("best " + step);
		}

		@Override
		public void progress(final int step, final double done, final double seconds) {
			steps = step;
		}

		@Override
		public boolean wantsPreviews() {
			return true;
		}

		@Override
		public void preview(final Preview preview) {
			previews.add(preview);
		}

		@Override
		public boolean isPaused() {
			if (steps != pauseAfter || !pausesForEver && asked == PAUSE) return false;
			if (asked++ == 0) heard.add("pause " + steps);
			return true;
		}

		@Override
		public boolean isStopped() {
			return steps == stopAfter;
		}
	}
}
