package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.swinj.progress.RecordingProgress;

/** A segmentation whose device runs out of memory goes on at the same window. */
class FrugalPredictorTest {

	private static final long[] SIZE = { 20, 21, 22 };

	private final List<Integer> batches = new ArrayList<>(); // that came through
	private int calls;

	private final RecordingProgress progress = new RecordingProgress();

	/** The identity; finds no memory for more than so many windows, or after so many calls. */
	private float[][] predict(final float[][] windows, final int most, final int end) {
		if (windows.length > most || calls++ >= end) throw new EngineException(
			"CUDA out of memory. Tried to allocate 20.00 MiB.");
		batches.add(windows.length);
		return Arrays.stream(windows).map(float[]::clone).toArray(float[][]::new);
	}

	private float[] run(final WindowPredictor predictor) throws IOException {
		final float[] voxels = Volumes.noise(new Random(3), 1, SIZE);
		final CollectingSink sink = new CollectingSink(1, SIZE);
		new SlidingWindow(WindowSettings.of(new int[] { 8, 8, 8 }, 0.5).withBatch(5), progress).run(
			Volumes.source(voxels, 1, SIZE), predictor, 1, sink);
		return sink.logits;
	}

	@Test
	void fewerWindowsAtOnceGiveTheSame() throws IOException {
		final float[] expected = run(windows -> predict(windows, 9, 9999));
		final int windows = batches.stream().mapToInt(i -> i).sum();
		batches.clear();
		assertArrayEquals(expected, run(new FrugalPredictor(w -> predict(w, 1, 9999), "GPU 0", null,
			progress)));
		assertEquals(windows, batches.size());
		assertEquals(List.of("GPU 0 has too little memory for 5 windows at once: 2 are predicted at once.",
			"GPU 0 has too little memory for 2 windows at once: 1 is predicted at once."), progress.warnings);
	}

	@Test
	void anotherDeviceGoesOnAtTheWindowThatFailed() throws IOException {
		final float[] expected = run(windows -> predict(windows, 9, 9999));
		final int windows = batches.stream().mapToInt(i -> i).sum();
		batches.clear();
		calls = 0;
		assertArrayEquals(expected, run(new FrugalPredictor(w -> predict(w, 9, 3), "GPU 0",
			() -> w -> predict(w, 9, 9999), progress)));
		assertEquals(windows, batches.stream().mapToInt(i -> i).sum());
		assertTrue(progress.warnings.get(progress.warnings.size() - 1).endsWith("the CPU goes on from here, more slowly."));
	}

	@Test
	void withoutAnyMemoryThereIsASentence() {
		final IOException e = assertThrows(IOException.class, () -> run(new FrugalPredictor(w -> predict(
			w, 9, 4), "CPU", null, progress)));
		assertTrue(e.getMessage().startsWith("CPU has too little memory for a window: "), e.getMessage());
	}
}
