package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.cli.TestData;
import org.swinj.data.AtomicFile;
import org.swinj.model.ModelCard;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;
import org.swinj.training.CheckpointFile;

/**
 * Trainings whose process is killed at random moments go on and end with the weights of one that was
 * not. {@code -Dkills=100} kills more often, {@code -Dkills.seed} at other moments.
 */
class KilledTest {

	private static final int KILLS = Integer.getInteger("kills", 3);
	private static final int KILLS_OF_A_TRAINING = 3;
	private static final int STEPS = 8;

	@TempDir
	Path folder;

	private final Random random = new Random(Integer.getInteger("kills.seed", 1));
	private double seconds; // of the shortest training
	private int trainings;
	private int resumes;
	private int inCheckpoint; // kills while one was written
	private int inModel;
	private int lost;
	private int equal;

	@Test
	void killedTrainingsEndAsOthersDo() throws IOException, InterruptedException {
		TestData.write(folder.resolve("data"), 3);
		final long begin = System.nanoTime();
		finish("whole");
		seconds = (System.nanoTime() - begin) * 1e-9;
		int kills = 0;
		while (kills < KILLS) {
			final String output = "killed" + trainings++;
			for (int i = 0; i < KILLS_OF_A_TRAINING && kills < KILLS; i++) {
				if (!kill(output, kills)) break;
				kills++;
				resumes++;
				checkNothingLost(output);
			}
			finish(output);
			compare(output);
		}
		System.out.println(summary(kills));
		assertEquals(0, lost, summary(kills));
		assertEquals(trainings, equal, summary(kills));
	}

	private String summary(final int kills) {
		return String.format(Locale.ROOT, "%d kills in %d trainings (%d while a checkpoint was written, " +
			"%d while a model was), %d resumes, %d lost models, %d of %d with the loss and the weights of " +
			"the uninterrupted one", kills, trainings, inCheckpoint, inModel, resumes, lost, equal,
			trainings);
	}

	/** A training in a Java of its own, with a checkpoint after every step. */
	private Process start(final String output) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
			"org.swinj.cli.Main", "fine-tune", "data=" + folder.resolve("data"), "output=" + folder.resolve(
				output), "validation=0.34", "steps=" + STEPS, "feature_size=12", "patch=32",
			"precision=float32", "device=cpu", "checkpoint=0.00001", "resume=true").redirectOutput(
				ProcessBuilder.Redirect.DISCARD).redirectError(log(output).toFile()).start();
	}

	private Path log(final String output) {
		return folder.resolve(output + ".log");
	}

	/**
	 * Starts or goes on and kills: at any moment, or soon after a checkpoint is begun, or the model.
	 *
	 * @return whether it was killed and not over before
	 */
	private boolean kill(final String output, final int number) throws IOException,
		InterruptedException
	{
		final boolean fresh = !CheckpointFile.of(folder.resolve(output)).exists();
		final Process process = start(output);
		final long begin = System.nanoTime();
		if (number % 3 == 0) process.waitFor((long) (1000 * random.nextDouble() * seconds),
			TimeUnit.MILLISECONDS);
		else {
			final boolean model = number % 9 == 8;
			for (int i = model ? 0 : random.nextInt(4); i >= 0; i--)
				await(process, output, model);
			process.waitFor(random.nextInt(model ? 60 : 150), TimeUnit.MILLISECONDS);
		}
		final boolean over = !process.isAlive();
		process.destroyForcibly().waitFor();
		if (over) {
			if (fresh) seconds = Math.min(seconds, (System.nanoTime() - begin) * 1e-9);
			return false;
		}
		if (!AtomicFile.leftovers(folder.resolve(output + ".checkpoint.new")).isEmpty()) inCheckpoint++;
		if (!AtomicFile.leftovers(folder.resolve(output)).isEmpty()) inModel++;
		return true;
	}

	/** Waits until another file is begun or the process is over. */
	private void await(final Process process, final String output, final boolean model)
		throws IOException, InterruptedException
	{
		final Path target = folder.resolve(model ? output : output + ".checkpoint.new");
		final List<Path> before = AtomicFile.leftovers(target);
		while (process.isAlive() && before.containsAll(AtomicFile.leftovers(target)))
			Thread.sleep(1);
	}

	/** What was complete is complete: the model, and a checkpoint once there was one. */
	private void checkNothingLost(final String output) throws IOException {
		final Path model = folder.resolve(output);
		final CheckpointFile checkpoint = CheckpointFile.of(model);
		try {
			if (checkpoint.exists()) checkpoint.read(Progress.silent());
			else if (!Files.exists(model) && Files.readString(log(output)).contains("Going on after step"))
				lost++;
			if (Files.exists(model)) SwinModel.read(model);
		}
		catch (final IOException e) {
			lost++;
		}
	}

	private void finish(final String output) throws IOException, InterruptedException {
		final int exit = start(output).waitFor();
		final String log = Files.readString(log(output));
		assertEquals(0, exit, log);
	}

	private void compare(final String output) throws IOException {
		final ModelCard whole = SwinModel.readCard(folder.resolve("whole"));
		final ModelCard killed = SwinModel.readCard(folder.resolve(output));
		if (whole.training().finalLoss() == killed.training().finalLoss() && whole.weightsSha256().equals(
			killed.weightsSha256())) equal++;
		assertTrue(Files.notExists(folder.resolve(output + ".checkpoint")));
		try (Stream<Path> files = Files.list(folder)) {
			assertTrue(files.noneMatch(AtomicFile::isTemporary), "a temporary file is left");
		}
	}
}
