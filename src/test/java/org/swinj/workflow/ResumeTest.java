package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.cli.TestData;
import org.swinj.data.FormatException;
import org.swinj.model.ModelFormatException;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.Weight;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;

/** A training that was stopped and goes on ends where one that was not stopped ends. */
class ResumeTest {

	private static final int STEPS = 6;

	/** After every step. */
	private static final double OFTEN = 1e-9;

	@TempDir
	Path folder;

	private Path data;
	private final List<String> warnings = new ArrayList<>();

	@BeforeEach
	void writeData() throws IOException {
		data = TestData.write(folder.resolve("data"), 3);
	}

	/** A user who stops a run after some steps. */
	private Progress stoppingAfter(final int steps) {
		return progress(steps, () -> {});
	}

	/** @param atTraining what else happens when the training begins */
	private Progress progress(final int steps, final Runnable atTraining) {
		return new Progress() {

			private boolean stop;

			@Override
			public void stage(final String name) {
				if (name.equals("Training")) atTraining.run();
			}

			@Override
			public void update(final long done, final long total, final String message) {
				stop |= message.startsWith("Step " + steps + ",");
			}

			@Override
			public void info(final String line) {}

			@Override
			public void warn(final String line) {
				warnings.add(line);
			}

			@Override
			public boolean isCancelled() {
				return stop;
			}
		};
	}

	private Progress unstopped() {
		return stoppingAfter(-1);
	}

	private FineTuneSettings fineTuning(final String output, final boolean resume) {
		return new FineTuneSettings(data, folder.resolve(output), null, 0, STEPS, "0.34", 0, "", null,
			"", 12, "32", null, 0, 0, 0, -1, false, 3, 0, resume, OFTEN, 1, "cpu", "float32");
	}

	private PretrainSettings pretraining(final String output, final boolean resume) {
		return new PretrainSettings(List.of(data.resolve("images")), folder.resolve(output), 0, STEPS,
			"default", PretrainSettings.AUTO, PretrainSettings.AUTO, PretrainSettings.AUTO, 0, "", 0, 12, "32",
			0, 0, "", resume, OFTEN, 1, "cpu", "float32");
	}

	private void assertSame(final String expected, final String actual) throws IOException {
		final StateDict a = SwinModel.read(folder.resolve(expected)).weights();
		final StateDict b = SwinModel.read(folder.resolve(actual)).weights();
		assertEquals(a.names(), b.names());
		for (final Map.Entry<String, Weight> entry : a.asMap().entrySet())
			assertEquals(entry.getValue().data(), b.get(entry.getKey()).data(), entry.getKey());
		final List<String> curve = curve(expected);
		assertFalse(curve.isEmpty());
		assertEquals(curve, curve(actual));
	}

	/** The curve without the seconds. */
	private List<String> curve(final String model) throws IOException {
		return Files.readAllLines(folder.resolve(model).resolve("training.csv")).stream().map(line -> line
			.replaceFirst("^(\\w+),[^,]*,", "$1,")).toList();
	}

	@Test
	void fineTuningGoesOnToTheLastBit() throws IOException {
		final FineTuneResult whole = new FineTune(fineTuning("whole", false), unstopped()).run();
		final CancelledException stopped = assertThrows(CancelledException.class, () -> new FineTune(
			fineTuning("parts", false), stoppingAfter(3)).run());
		assertTrue(stopped.getMessage().endsWith("resume=true (field \"Go on with a stopped training\")."), stopped.getMessage());
		assertThrows(CancelledException.class, () -> new FineTune(fineTuning("parts", true),
			stoppingAfter(5)).run());
		final FineTuneResult parts = new FineTune(fineTuning("parts", true), unstopped()).run();
		assertEquals(whole.finalLoss(), parts.finalLoss());
		assertEquals(whole.bestDice(), parts.bestDice());
		assertEquals(STEPS, parts.steps());
		assertSame("whole", "parts");
		assertFalse(Files.exists(folder.resolve("parts.checkpoint")));
		assertFalse(Files.exists(folder.resolve("parts.checkpoint.previous")));
		final FineTuneResult again = new FineTune(fineTuning("parts", true), unstopped()).run();
		assertEquals(whole.finalLoss(), again.finalLoss(), "a finished training stays as it is");
	}

	@Test
	void pretrainingGoesOnToTheLastBit() throws IOException {
		final PretrainResult whole = new Pretrain(pretraining("whole", false), unstopped()).run();
		assertThrows(CancelledException.class, () -> new Pretrain(pretraining("parts", false),
			stoppingAfter(4)).run());
		final PretrainResult parts = new Pretrain(pretraining("parts", true), unstopped()).run();
		assertEquals(whole.finalLoss(), parts.finalLoss());
		assertEquals(whole.losses(), parts.losses());
		assertSame("whole", "parts");
	}

	/** Its files are other copies then. */
	@Test
	void pretrainingOnAnOpenImageGoesOn() throws IOException {
		new Pretrain(pretraining("whole", false), unstopped()).run();
		assertThrows(CancelledException.class, () -> new Pretrain(pretraining("parts", false), "cells.tif",
			TrainingWatcher.none(), stoppingAfter(4)).run());
		data = Files.move(data, folder.resolve("copied again"));
		new Pretrain(pretraining("parts", true), "cells.tif", TrainingWatcher.none(), unstopped()).run();
		assertSame("whole", "parts");
	}

	@Test
	void aDamagedCheckpointIsReplacedByTheOneBefore() throws IOException {
		new FineTune(fineTuning("whole", false), unstopped()).run();
		assertThrows(CancelledException.class, () -> new FineTune(fineTuning("parts", false),
			stoppingAfter(3)).run());
		final Path latest = folder.resolve("parts.checkpoint");
		final byte[] bytes = Files.readAllBytes(latest);
		bytes[bytes.length / 2] ^= 1;
		Files.write(latest, bytes);
		new FineTune(fineTuning("parts", true), unstopped()).run();
		assertTrue(warnings.stream().anyMatch(w -> w.contains("parts.checkpoint\" is damaged")), warnings
			.toString());
		assertSame("whole", "parts");
	}

	@Test
	void withoutAWholeCheckpointNothingIsReplaced() throws IOException {
		assertThrows(CancelledException.class, () -> new FineTune(fineTuning("m", false), stoppingAfter(
			3)).run());
		final Path latest = folder.resolve("m.checkpoint");
		final byte[] half = new byte[(int) Files.size(latest) / 2];
		Files.write(latest, half);
		Files.copy(latest, folder.resolve("m.checkpoint.previous"), StandardCopyOption.REPLACE_EXISTING);
		assertThrows(ModelFormatException.class, () -> new FineTune(fineTuning("m", true), unstopped())
			.run());
		assertEquals(half.length, Files.size(latest));
	}

	@Test
	void otherSettingsAreRefused() {
		assertThrows(CancelledException.class, () -> new FineTune(fineTuning("m", false), stoppingAfter(
			2)).run());
		final ModelFormatException refused = assertThrows(ModelFormatException.class,
			() -> new FineTune(fineTuning("m", true).withSeed(2), unstopped()).run());
		assertTrue(refused.getMessage().contains("had other settings") && refused.getMessage().contains(
			"seed=1 ") && !refused.getMessage().contains("validation="), refused.getMessage());
	}

	@Test
	void twoTrainingsOfOneOutputAreRefused() throws IOException {
		final List<String> refused = new ArrayList<>();
		new FineTune(fineTuning("m", false), progress(-1, () -> refused.add(assertThrows(
			FormatException.class, () -> new FineTune(fineTuning("m", false), unstopped()).run())
				.getMessage()))).run();
		assertTrue(refused.get(0).startsWith("Another training writes "), refused.get(0));
		assertFalse(Files.exists(folder.resolve("m.lock")));
		new FineTune(fineTuning("m", false), unstopped()).run();
	}

	@Test
	void withoutAStoppedTrainingANewOneBegins() throws IOException {
		assertEquals(STEPS, new FineTune(fineTuning("m", true), unstopped()).run().steps());
	}
}
