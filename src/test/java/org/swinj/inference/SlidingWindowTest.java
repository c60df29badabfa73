package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

class SlidingWindowTest {

	private static final WindowPredictor IDENTITY = windows -> Arrays.stream(windows).map(
		float[]::clone).toArray(float[][]::new);

	@ParameterizedTest
	@EnumSource
	void identityReproducesTheVolume(final WindowWeights weights) throws IOException {
		final Random random = new Random(21);
		for (int trial = 0; trial < 40; trial++) {
			final long[] size = Volumes.size(random, 1, 20);
			final int[] window = ints(Volumes.size(random, 2, 12));
			final WindowSettings settings = new WindowSettings(window, random.nextDouble() * 0.9, weights,
				1 + random.nextInt(4), Float.NaN);
			final float[] voxels = Volumes.noise(random, 2, size);
			final CollectingSink sink = new CollectingSink(2, size);
			run(settings, Volumes.source(voxels, 2, size), IDENTITY, 2, sink);
			assertArrayEquals(voxels, sink.logits, 2e-6f, Arrays.toString(size) + settings);
		}
	}

	@Test
	void pointwisePredictorGivesTheSameTiledAndWhole() throws IOException {
		final WindowPredictor affine = windows -> {
			final float[][] logits = new float[windows.length][];
			for (int w = 0; w < windows.length; w++) {
				final int n = windows[w].length;
				logits[w] = new float[3 * n];
				for (int i = 0; i < n; i++)
					for (int c = 0; c < 3; c++)
						logits[w][c * n + i] = (c - 1) * windows[w][i] + 0.3f * c;
			}
			return logits;
		};
		final long[] size = { 17, 23, 19 };
		final ImageSource source = Volumes.source(Volumes.noise(new Random(22), 1, size), 1, size);
		final CollectingSink whole = new CollectingSink(3, size);
		final CollectingSink tiled = new CollectingSink(3, size);
		run(WindowSettings.of(ints(size), 0), source, affine, 3, whole);
		run(WindowSettings.of(new int[] { 6, 9, 7 }, 0.4), source, affine, 3, tiled);
		assertArrayEquals(whole.logits, tiled.logits, 2e-6f);
	}

	@ParameterizedTest
	@EnumSource
	void slabEqualsFullAccumulationBitForBit(final WindowWeights weights) throws IOException {
		final Random random = new Random(23);
		for (int trial = 0; trial < 20; trial++) {
			final long[] size = Volumes.size(random, 3, 24);
			final int[] window = ints(Volumes.size(random, 4, 10));
			final double overlap = random.nextDouble() * 0.9;
			final ImageSource source = Volumes.source(Volumes.noise(random, 1, size), 1, size);
			final float[] expected = accumulateEverything(source, window, overlap, weights);
			for (final int batch : new int[] { 1, 3, 1000 }) {
				final CollectingSink sink = new CollectingSink(2, size);
				run(new WindowSettings(window, overlap, weights, batch, Float.NaN), source,
					SlidingWindowTest::positionDependent, 2, sink);
				assertArrayEquals(expected, sink.logits, "batch " + batch);
			}
		}
	}

	@Test
	void batchesHaveTheAskedSizeAndTheLastIsShorter() throws IOException {
		final long[] size = { 10, 8, 14 };
		final StringBuilder batches = new StringBuilder();
		final WindowPredictor counting = windows -> {
			batches.append(windows.length).append(' ');
			return IDENTITY.predict(windows);
		};
		run(WindowSettings.of(new int[] { 4, 4, 4 }, 0.25).withBatch(5), Volumes.source(Volumes.noise(
			new Random(24), 1, size), 1, size), counting, 1, new CollectingSink(1, size));
		assertEquals("5 5 5 5 5 5 5 5 5 ", batches.toString()); // 3 × 3 × 5 windows
		batches.setLength(0);
		run(WindowSettings.of(new int[] { 4, 4, 4 }, 0.25).withBatch(7), Volumes.source(Volumes.noise(
			new Random(24), 1, size), 1, size), counting, 1, new CollectingSink(1, size));
		assertEquals("7 7 7 7 7 7 3 ", batches.toString());
	}

	@Test
	void emptyWindowsAreSkippedOnlyWhenAskedAndBecomeClassZero() throws IOException {
		final long[] size = { 12, 12, 12 };
		final float[] voxels = new float[12 * 12 * 12];
		voxels[(1 * 12 + 2) * 12 + 3] = 1;
		final int[] predicted = { 0 };
		final WindowPredictor alwaysClassOne = windows -> {
			predicted[0] += windows.length;
			final float[][] logits = new float[windows.length][2 * 64];
			for (final float[] window : logits)
				Arrays.fill(window, 64, 128, 1);
			return logits;
		};
		final WindowSettings settings = WindowSettings.of(new int[] { 4, 4, 4 }, 0);
		final ArgMaxSink all = new ArgMaxSink(size);
		run(settings, Volumes.source(voxels, 1, size), alwaysClassOne, 2, all);
		assertEquals(27, predicted[0]);
		all.labels().forEach(label -> assertEquals(1, label.get()));

		predicted[0] = 0;
		final ArgMaxSink some = new ArgMaxSink(size);
		final ProbabilitySink probabilities = new ProbabilitySink(2, size);
		run(settings.withEmpty(0), Volumes.source(voxels, 1, size), alwaysClassOne, 2, some.andThen(
			probabilities));
		assertEquals(1, predicted[0]);
		assertEquals(1, some.labels().getAt(3, 3, 3).get());
		assertEquals(0, some.labels().getAt(4, 3, 3).get());
		assertEquals(0, some.labels().getAt(3, 3, 11).get());
		assertEquals(1, probabilities.probabilities().getAt(4, 3, 3, 0).get());
		assertEquals(0, probabilities.probabilities().getAt(4, 3, 3, 1).get());
	}

	@Test
	void cancelStopsBetweenBatches() {
		final long[] size = { 30, 8, 8 };
		final int[] predicted = { 0 };
		final boolean[] cancelled = { false };
		final WindowPredictor cancelling = windows -> {
			cancelled[0] = ++predicted[0] == 3;
			return IDENTITY.predict(windows);
		};
		final Progress progress = new CancelWhen(() -> cancelled[0]);
		assertThrows(CancelledException.class, () -> new SlidingWindow(WindowSettings.of(new int[] { 4,
			8, 8 }, 0.5), progress).run(Volumes.source(Volumes.noise(new Random(25), 1, size), 1, size),
				cancelling, 1, new CollectingSink(1, size)));
		assertEquals(3, predicted[0]);
	}

	@Test
	void valuesThatAreNotNumbersAreNamed() {
		final long[] size = { 8, 8, 8 };
		final WindowPredictor broken = windows -> {
			final float[][] logits = IDENTITY.predict(windows);
			logits[0][5] = Float.NaN;
			return logits;
		};
		final RuntimeException error = assertThrows(ArithmeticException.class, () -> run(WindowSettings
			.of(new int[] { 8, 8, 8 }, 0), Volumes.source(new float[512], 1, size), broken, 1,
			new CollectingSink(1, size)));
		assertTrue(error.getMessage().contains("NaN"), error.getMessage());
	}

	@Test
	void predictionOfTheWrongSizeIsRefused() {
		final long[] size = { 8, 8, 8 };
		final RuntimeException error = assertThrows(IllegalStateException.class, () -> run(
			WindowSettings.of(new int[] { 8, 8, 8 }, 0), Volumes.source(new float[512], 1, size), IDENTITY,
			3, new CollectingSink(3, size)));
		assertTrue(error.getMessage().contains("512 values for a window instead of 1536"), error
			.getMessage());
	}

	/** Logits that depend on where in the window a voxel lies. */
	private static float[][] positionDependent(final float[][] windows) {
		final float[][] logits = new float[windows.length][];
		for (int w = 0; w < windows.length; w++) {
			final int n = windows[w].length;
			logits[w] = new float[2 * n];
			for (int i = 0; i < n; i++) {
				logits[w][i] = windows[w][i] * (i % 11) / 8;
				logits[w][n + i] = windows[w][i] / 4 + i % 17;
			}
		}
		return logits;
	}

	private static float[] accumulateEverything(final ImageSource source, final int[] window,
		final double overlap, final WindowWeights mode) throws IOException
	{
		final long[] size = source.size();
		final int voxels = (int) (size[0] * size[1] * size[2]);
		final float[] logits = new float[2 * voxels];
		final float[] sums = new float[voxels];
		final float[] weights = mode.of(window);
		final WindowGrid grid = new WindowGrid(window, size, overlap);
		for (long index = 0; index < grid.count(); index++) {
			final long[] start = grid.position(index);
			final float[] input = new float[weights.length];
			source.read(start, window, input);
			final float[] output = positionDependent(new float[][] { input })[0];
			for (int i = 0; i < weights.length; i++) {
				final long z = start[0] + i / (window[1] * window[2]);
				final long y = start[1] + i / window[2] % window[1];
				final long x = start[2] + i % window[2];
				if (z < 0 || y < 0 || x < 0 || z >= size[0] || y >= size[1] || x >= size[2]) continue;
				final int target = (int) ((z * size[1] + y) * size[2] + x);
				sums[target] += weights[i];
				logits[target] += weights[i] * output[i];
				logits[voxels + target] += weights[i] * output[weights.length + i];
			}
		}
		for (int i = 0; i < logits.length; i++)
			logits[i] /= sums[i % voxels];
		return logits;
	}

	private static void run(final WindowSettings settings, final WindowSource source,
		final WindowPredictor predictor, final int classes, final PlaneSink sink) throws IOException
	{
		new SlidingWindow(settings, Progress.silent()).run(source, predictor, classes, sink);
	}

	private static int[] ints(final long[] values) {
		return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
	}
}
