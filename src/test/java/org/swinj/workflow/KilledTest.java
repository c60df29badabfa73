package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.cli.TestData;
import org.swinj.model.ModelCard;
import org.swinj.model.SwinModel;

/**
 * Trainings whose process is killed at random moments go on and end with the weights of one that was
 * not. {@code -Dkills=100} kills more often.
 */
class KilledTest {

	private static final int KILLS = Integer.getInteger("kills", 3);

	@TempDir
	Path folder;

	/** A training in a Java of its own, with a checkpoint after every step. */
	private Process start(final String output) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.awt.headless=true", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", System
				.getProperty("java.class.path"), "org.swinj.cli.Main", "fine-tune", "data=" + folder.resolve(
					"data"), "output=" + folder.resolve(output), "validation=0.34", "steps=12",
			"feature_size=12", "patch=32", "precision=float32", "device=cpu", "checkpoint=0.00001",
			"resume=true").redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(log(output)
				.toFile()).start();
	}

	private Path log(final String output) {
		return folder.resolve(output + ".log");
	}

	private double finish(final String output) throws IOException, InterruptedException {
		final long begin = System.nanoTime();
		final int exit = start(output).waitFor();
		assertEquals(0, exit, () -> read(log(output)));
		return (System.nanoTime() - begin) * 1e-9;
	}

	private static String read(final Path file) {
		try {
			return Files.readString(file);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}

	@Test
	void killedTrainingsEndAsOthersDo() throws IOException, InterruptedException {
		TestData.write(folder.resolve("data"), 3);
		final double seconds = finish("whole");
		final Random moments = new Random(1);
		int trainings = 0;
		for (int kills = 0; kills < KILLS; trainings++) {
			final String output = "killed" + trainings;
			for (boolean finished = false; kills < KILLS && !finished; kills++) {
				final Process process = start(output);
				finished = process.waitFor((long) (1000 * moments.nextDouble() * seconds),
					TimeUnit.MILLISECONDS);
				process.destroyForcibly().waitFor();
				final File model = folder.resolve(output).toFile();
				if (model.exists()) SwinModel.read(model.toPath()); // never half a model
			}
			finish(output);
			final ModelCard whole = SwinModel.readCard(folder.resolve("whole"));
			final ModelCard killed = SwinModel.readCard(folder.resolve(output));
			assertEquals(whole.training().finalLoss(), killed.training().finalLoss());
			assertEquals(whole.weightsSha256(), killed.weightsSha256());
			assertTrue(Files.notExists(folder.resolve(output + ".checkpoint")));
		}
	}
}
