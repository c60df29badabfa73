package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.cli.TestData;
import org.swinj.model.ModelCard;
import org.swinj.model.SwinModel;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/** A training whose device has too little memory takes less of it. */
class MemoryTest {

	private static final int ALWAYS = 99;

	@TempDir
	Path folder;

	private Path data;

	@BeforeEach
	void writeData() throws IOException {
		data = TestData.write(folder.resolve("data"), 2);
	}

	/** As libtorch says it. */
	private static RuntimeException shortage() {
		return new EngineException("[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: " +
			"can't allocate memory: you tried to allocate 107374182400 bytes. Error code 12 (Cannot " +
			"allocate memory)");
	}

	private FineTuneSettings settings(final String patch, final boolean resume) {
		return new FineTuneSettings(data, folder.resolve("m"), null, 0, 4, "0.5", 0, "", null, "", 12,
			patch, null, 0, 0, 0, -1, false, 2, 0, resume, 0, 1, "cpu", "float32");
	}

	private ModelCard card() throws IOException {
		return SwinModel.read(folder.resolve("m")).card();
	}

	@Test
	void cropsAreSmallerWhereTheFirstStepFails() throws IOException {
		final FaultAt fault = FaultAt.throwing((stage, step) -> stage.equals("Training"), 2, shortage());
		new FineTune(settings("64,64,32", false), fault).run();
		assertEquals(List.of("CPU has too little memory for crops of 64 × 64 × 32 voxels: the training " +
			"goes on with crops of 64 × 64 × 32 voxels, computing activations twice.", "CPU has too " +
				"little memory for crops of 64 × 64 × 32 voxels, computing activations twice: the training " +
				"goes on with crops of 32 × 32 × 32 voxels, computing activations twice."), fault.warnings);
		assertArrayEquals(new int[] { 32, 32, 32 }, card().patchSize());
		assertEquals(4, card().training().steps());
		assertTrue(new Verify(new VerifySettings(folder.resolve("m"), null, 10), Progress.silent()).run()
			.verified(), "the first steps are those of the smaller crops");
	}

	@Test
	void activationsAreComputedTwiceBeforeCropsAreSmaller() throws IOException {
		final FaultAt fault = FaultAt.throwing((stage, step) -> stage.equals("Training"), 1, shortage());
		new FineTune(settings("64,64,32", false), fault).run();
		assertArrayEquals(new int[] { 64, 64, 32 }, card().patchSize());
		assertTrue(new Verify(new VerifySettings(folder.resolve("m"), null, 1), Progress.silent()).run()
			.verified(), "the first loss is that of a training that keeps all");
	}

	@Test
	void aValidationThatFailsIsRepeatedWithSmallerWindows() throws IOException {
		final FaultAt fault = FaultAt.throwing((stage, step) -> FaultAt.inValidation(), 2, shortage());
		new FineTune(settings("64,32,32", false), fault).run();
		assertEquals(2, fault.warnings.size());
		assertArrayEquals(new int[] { 32, 32, 32 }, card().patchSize());
	}

	@Test
	void aStoppedTrainingGoesOnWithTheSmallerCrops() throws IOException {
		final FaultAt fault = FaultAt.throwing((stage, step) -> stage.equals("Training") && step == 1, 2,
			shortage());
		assertThrows(CancelledException.class, () -> new FineTune(settings("64,32,32", false),
			new Stopping(fault, 3)).run());
		new FineTune(settings("64,32,32", true), Progress.silent()).run();
		assertArrayEquals(new int[] { 32, 32, 32 }, card().patchSize());
		assertEquals(4, card().training().steps());
	}

	@Test
	void theSmallestCropsEndWithASentence() {
		final OutOfDeviceMemory e = assertThrows(OutOfDeviceMemory.class, () -> new FineTune(settings(
			"64,32,32", false), FaultAt.throwing((stage, step) -> stage.equals("Training"), ALWAYS,
				shortage())).run());
		assertTrue(e.getMessage().startsWith("CPU has too little memory even for crops of 32 × 32 × 32 " +
			"voxels, computing activations twice: close other programs") && e.getMessage().contains("no model was written"), e
				.getMessage());
		assertFalse(Files.exists(folder.resolve("m")));
	}

	@Test
	void theBestModelIsKeptWhereNothingHelps() throws IOException {
		final OutOfDeviceMemory e = assertThrows(OutOfDeviceMemory.class, () -> new FineTune(settings("32",
			false), FaultAt.throwing((stage, step) -> stage.equals("Training") && step == 3, ALWAYS,
				shortage())).run());
		assertTrue(e.getMessage().contains("the best model so far is in \""), e.getMessage());
		assertEquals(3, card().training().steps());
	}

	@Test
	void theLastValidationIsLeftOutWhereItFails() throws IOException {
		final FaultAt fault = FaultAt.throwing((stage, step) -> stage.equals("Validating"), 1,
			shortage());
		final FineTuneResult result = new FineTune(settings("32", false), fault).run();
		assertTrue(result.bestDice() >= 0);
		assertTrue(fault.warnings.get(0).startsWith("CPU has too little memory to validate whole volumes"),
			fault.warnings.get(0));
	}

	@Test
	void aPretrainingTakesFewerCropsAndThenSmallerOnes() throws IOException {
		final FaultAt fault = FaultAt.throwing((stage, step) -> stage.equals("Pretraining"), 3,
			shortage());
		new Pretrain(new PretrainSettings(List.of(data.resolve("images")), folder.resolve("m"), 0, 2,
			"default", PretrainSettings.AUTO, PretrainSettings.AUTO, PretrainSettings.AUTO, 0, "", 0, 12,
			"64,64,32", 2, 0, "", false, 0, 1, "cpu", "float32"), fault).run();
		assertEquals(List.of("CPU has too little memory for 2 crops of 64 × 64 × 32 voxels: the training " +
			"goes on with crops of 64 × 64 × 32 voxels.", "CPU has too little memory for crops of 64 × 64 " +
				"× 32 voxels: the training goes on with crops of 64 × 64 × 32 voxels, computing activations " +
				"twice.", "CPU has too little memory for crops of 64 × 64 × 32 voxels, computing activations " +
				"twice: the training goes on with crops of 32 × 32 × 32 voxels, computing activations twice."),
			fault.warnings);
		assertArrayEquals(new int[] { 32, 32, 32 }, card().patchSize());
	}

	/** A progress whose user stops after a step. */
	private record Stopping(FaultAt inner, int last, boolean[] stop) implements Progress {

		Stopping(final FaultAt inner, final int last) {
			this(inner, last, new boolean[1]);
		}

		@Override
		public void stage(final String name) {
			inner.stage(name);
		}

		@Override
		public void update(final long done, final long total, final String message) {
			inner.update(done, total, message);
			stop[0] |= message.startsWith("Step " + last + ",");
		}

		@Override
		public void info(final String line) {}

		@Override
		public void warn(final String line) {
			inner.warn(line);
		}

		@Override
		public boolean isCancelled() {
			return inner.isCancelled() || stop[0];
		}
	}

	@Test
	void aDeviceThatFailsLeavesTheBestModel() throws IOException {
		final FaultAt fault = FaultAt.throwing((stage, step) -> stage.equals("Training") && step == 3, 1,
			new EngineException("CUDA error: unspecified launch failure\nCUDA kernel errors might be"));
		final String sentence = assertThrows(DeviceFailure.class, () -> new FineTune(settings("32", false),
			fault).run()).getMessage();
		assertTrue(sentence.startsWith("CPU failed (CUDA error: unspecified launch failure). After 3 steps, " +
			"the best model so far is in \""), sentence);
		assertEquals(3, card().training().steps());
	}
}
