package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.backend.Backend;
import org.swinj.backend.TrainingOperators;
import org.swinj.data.DiskSpace;
import org.swinj.progress.RecordingProgress;

/** What the loop does about losses that are not numbers, want of memory and full disks. */
class TrainerTest {

	/** As libtorch says it for a GPU. */
	private static final String CUDA = "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a " +
		"total capacity of 15.77 GiB of which 1.94 GiB is free.";

	private static final int NUMBERS = 1000;
	private static final double OFTEN = 1e-9;

	@TempDir
	Path folder;

	private final List<Double> rates = new ArrayList<>();
	private final RecordingProgress progress = new RecordingProgress();
	private final List<String> warnings = progress.warnings;
	private Backend backend;
	private NDManager memory;

	@BeforeEach
	void open() throws IOException {
		backend = Backend.open("cpu", "float32", progress);
		memory = backend.newScope();
	}

	@AfterEach
	void close() {
		memory.close();
		backend.close();
	}

	/** Numbers that shall become 1; some examples have no loss, some find no memory. */
	private class Numbers implements Objective {

		private final TrainingOperators ops = new TrainingOperators(backend.operators());
		private final NDArray numbers = memory.zeros(new Shape(NUMBERS));
		private final LongPredicate bad;
		private final LongPredicate large;

		Numbers(final LongPredicate bad, final LongPredicate large) {
			this.bad = bad;
			this.large = large;
			numbers.setRequiresGradient(true);
		}

		@Override
		public List<NDArray> parameters() {
			return List.of(numbers);
		}

		@Override
		public NDArray loss(final long example, final NDManager scope) {
			if (large.test(example)) throw new EngineException(CUDA);
			final NDArray loss = ops.l1(numbers, scope.ones(numbers.getShape()));
			return bad.test(example) ? loss.mul(Float.NaN) : loss;
		}

		@Override
		public List<NDArray> gradients(final NDArray loss) {
			return ops.gradients(loss, parameters());
		}

		float[] values() {
			return numbers.toFloatArray();
		}

		@Override
		public void close() {}
	}

	private Trainer trainer(final Objective objective, final int steps) {
		return new Trainer(objective, TrainerSettings.of(steps, Double.POSITIVE_INFINITY).withRate(0.01),
			backend, new TrainingListener() {

				@Override
				public void stepDone(final int step, final double loss, final double rate) {
					rates.add(rate);
				}
			}, progress);
	}

	private CheckpointFile file() {
		return CheckpointFile.of(folder.resolve("m"));
	}

	@Test
	void aStepWithoutLossChangesNothing() throws IOException {
		final Numbers numbers = new Numbers(n -> n == 3, n -> false);
		final Trainer trainer = trainer(numbers, 20);
		trainer.run();
		assertEquals(20, trainer.steps());
		assertTrue(trainer.first().losses().get(3).isNaN() && !trainer.first().losses().get(4).isNaN());
		assertEquals(trainer.first().losses().get(2) - 0.01, trainer.first().losses().get(4), 2e-3);
		assertTrue(warnings.isEmpty(), warnings.toString());
	}

	@Test
	void severalInARowBringTheLastGoodStateAndHalfTheRate() throws IOException {
		final Numbers calm = new Numbers(n -> false, n -> false);
		trainer(calm, 40).run();
		final List<Double> planned = List.copyOf(rates);
		rates.clear();
		final Numbers numbers = new Numbers(n -> n >= 10 && n < 15, n -> false);
		trainer(numbers, 40).withCheckpoints(file(), "", OFTEN).run();
		assertEquals(planned.subList(0, 15), rates.subList(0, 15));
		for (int i = 15; i < 40; i++)
			assertEquals(planned.get(i) / 2, rates.get(i), 1e-12);
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("the weights of step 10 are restored and the learning rate is " +
			"halved"), warnings.get(0));
	}

	@Test
	void theTrainingEndsWithASentenceIfThatDoesNotHelp() {
		final Numbers numbers = new Numbers(n -> n >= 10, n -> false);
		final ArithmeticException e = assertThrows(ArithmeticException.class, () -> trainer(numbers, 100)
			.withCheckpoints(file(), "", OFTEN).run());
		assertTrue(e.getMessage().startsWith("The loss was not a number in 20 of the last steps up to step " +
			"30, although"), e.getMessage());
		assertEquals(3, warnings.size());
		for (final float value : numbers.values())
			assertTrue(Float.isFinite(value));
	}

	/** The weights at the end are those of a training that had memory all the time. */
	@Test
	void whereMemoryIsShortTheTrainingGoesOnFromThere() throws IOException {
		final Numbers expected = new Numbers(n -> false, n -> false);
		trainer(expected, 12).run();
		final Numbers numbers = new Numbers(n -> false, n -> n == 7);
		final MemoryShortage shortage = assertThrows(MemoryShortage.class, () -> trainer(numbers, 12)
			.run());
		assertEquals(7, shortage.steps());
		final Numbers smaller = new Numbers(n -> false, n -> false);
		final Trainer trainer = trainer(smaller, 12).after(shortage, true);
		trainer.run();
		assertEquals(12, trainer.steps());
		assertArrayEquals(expected.values(), smaller.values());
		assertTrue(trainer.first().losses().isEmpty(), "steps of other examples cannot be repeated");
	}

	@Test
	void otherFailuresAreNoWantOfMemory() {
		final Numbers numbers = new Numbers(n -> false, n -> false) {

			@Override
			public NDArray loss(final long example, final NDManager scope) {
				throw new EngineException("The size of tensor a (3) must match the size of tensor b (4)");
			}
		};
		assertThrows(EngineException.class, () -> trainer(numbers, 2).run());
	}

	@Test
	void libtorchItselfIsUnderstood() {
		final EngineException e = assertThrows(EngineException.class, () -> memory.ones(new Shape(
			1L << 42)));
		assertTrue(org.swinj.backend.DeviceMemory.isShort(e), e.getMessage());
	}

	@Test
	void aCheckpointThatCannotBeWrittenCostsNothingElse() throws IOException {
		final Path file = Files.writeString(folder.resolve("file"), "no folder");
		final Trainer trainer = trainer(new Numbers(n -> false, n -> false), 3).withCheckpoints(
			CheckpointFile.of(file.resolve("m")), "", OFTEN);
		trainer.run();
		assertEquals(3, trainer.steps());
		assertEquals(3, warnings.size());
		assertTrue(warnings.get(0).contains("could not be written: ") && warnings.get(0).endsWith(
			" The training goes on."), warnings.get(0));
	}

	/** On a disk of a few hundred kilobytes, which only the superuser of a Linux can make. */
	@Test
	void aFullDiskLeavesTheCheckpointBefore() throws IOException, InterruptedException {
		final Path disk = Files.createDirectory(folder.resolve("disk"));
		assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()));
		try {
			final CheckpointFile file = CheckpointFile.of(disk.resolve("m"));
			final List<Integer> kept = new ArrayList<>();
			new Trainer(new Numbers(n -> false, n -> false), TrainerSettings.of(6,
				Double.POSITIVE_INFINITY), backend, new TrainingListener() {

					@Override
					public void stepDone(final int step, final double loss, final double rate) {
						try {
							if (step == 3) Files.write(disk.resolve("filler"), new byte[(int) DiskSpace.free(file
								.latest()) - 4096]);
							if (step == 6) kept.add((int) file.read(progress).number("trainer.steps"));
						}
						catch (final IOException e) {
							throw new AssertionError(e);
						}
					}
				}, progress).withCheckpoints(file, "", OFTEN).run();
			assertEquals(List.of(2), kept);
			assertFalse(warnings.isEmpty());
			assertTrue(warnings.get(0).contains("A checkpoint needs 1 MB, but the disk of ") && warnings.get(
				0).endsWith(" The one before is kept, and the training goes on."), warnings.get(0));
		}
		finally {
			run("umount", disk.toString());
		}
	}

	private static boolean run(final String... command) throws InterruptedException {
		try {
			return new ProcessBuilder(command).start().waitFor() == 0;
		}
		catch (final IOException e) {
			return false;
		}
	}
}
