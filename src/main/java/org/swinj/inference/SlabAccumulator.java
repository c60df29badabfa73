package org.swinj.inference;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Blends overlapping windows: Σ weight · logit / Σ weight. Only as many planes along Z are kept as a
 * window is deep; a plane goes to the sink as soon as the windows have moved past it, so that memory
 * does not grow with the depth of the volume. Voxels that no window touched become class 0: logit 0
 * for class 0, negative infinity for the others.
 */
final class SlabAccumulator {

	private final long depth;
	private final int height;
	private final int width;
	private final int[] window;
	private final float[] windowWeights;
	private final PlaneSink sink;
	private final float[][][] logits; // plane, class, voxel; plane z lives in slot z % slots
	private final float[][] weights; // plane, voxel
	private long first; // planes before this one are with the sink

	/**
	 * @param size of the volume, slowest axis first
	 * @param window size of the windows, in the same order
	 * @param windowWeights one weight per voxel of a window
	 * @param classes number of classes in a prediction
	 * @param sink takes the finished planes
	 */
	SlabAccumulator(final long[] size, final int[] window, final float[] windowWeights,
		final int classes, final PlaneSink sink)
	{
		depth = size[0];
		height = Math.toIntExact(size[1]);
		width = Math.toIntExact(size[2]);
		this.window = window;
		this.windowWeights = windowWeights;
		this.sink = sink;
		final int slots = (int) Math.min(depth, window[0]);
		final int plane = planeSize(height, width);
		logits = new float[slots][classes][plane];
		weights = new float[slots][plane];
	}

	/**
	 * Adds a prediction.
	 *
	 * @param position first voxel of the window, slowest axis first; never before the last one in Z
	 * @param prediction classes × Z × Y × X; what lies outside the volume is ignored
	 */
	void add(final long[] position, final float[] prediction) throws IOException {
		final long begin = Math.max(0, position[0]);
		final long end = Math.min(depth, position[0] + window[0]);
		advance(begin);
		IntStream.range(0, (int) (end - begin)).parallel().forEach(i -> addPlane(begin + i, position,
			prediction));
	}

	/** Hands all remaining planes to the sink. */
	void finish() throws IOException {
		advance(depth);
	}

	private void advance(final long plane) throws IOException {
		while (first < plane) {
			final long begin = first;
			final int count = (int) Math.min(logits.length, plane - begin);
			final int[] undefined = IntStream.range(0, count).parallel().map(i -> divide(slot(begin +
				i))).toArray();
			for (int i = 0; i < count; i++) {
				if (undefined[i] >= 0) throw new ArithmeticException(
					"The network returned values that are not numbers (NaN) for class " + undefined[i] +
						" in plane " + first + ".");
				final int slot = slot(first);
				sink.accept(first++, logits[slot]);
				Arrays.fill(weights[slot], 0);
				for (final float[] values : logits[slot])
					Arrays.fill(values, 0);
			}
		}
	}

	private void addPlane(final long z, final long[] position, final float[] prediction) {
		final float[][] sums = logits[slot(z)];
		final float[] weightSums = weights[slot(z)];
		final int left = (int) Math.max(0, -position[2]);
		final int right = (int) Math.min(window[2], width - position[2]);
		final int top = (int) Math.max(0, -position[1]);
		final int bottom = (int) Math.min(window[1], height - position[1]);
		for (int y = top; y < bottom; y++) {
			final int row = ((int) (z - position[0]) * window[1] + y) * window[2];
			final int target = (int) ((position[1] + y) * width + position[2]);
			for (int x = left; x < right; x++)
				weightSums[target + x] += windowWeights[row + x];
			for (int c = 0; c < sums.length; c++) {
				final float[] sum = sums[c];
				final int source = c * windowWeights.length + row;
				for (int x = left; x < right; x++)
					sum[target + x] += windowWeights[row + x] * prediction[source + x];
			}
		}
	}

	/** Finishes a plane; returns a class with undefined logits, or -1. */
	private int divide(final int slot) {
		final float[] weightSums = weights[slot];
		boolean gaps = false;
		for (final float weight : weightSums)
			gaps |= weight == 0;
		int undefined = -1;
		for (int c = 0; c < logits[slot].length; c++) {
			final float[] values = logits[slot][c];
			for (int i = 0; i < values.length; i++)
				values[i] /= weightSums[i];
			if (gaps) fillGaps(values, weightSums, c == 0 ? 0 : Float.NEGATIVE_INFINITY);
			boolean nan = false;
			for (final float value : values)
				nan |= Float.isNaN(value);
			if (nan) undefined = c;
		}
		return undefined;
	}

	private static void fillGaps(final float[] values, final float[] weightSums, final float value) {
		for (int i = 0; i < values.length; i++)
			if (weightSums[i] == 0) values[i] = value;
	}

	private int slot(final long plane) {
		return (int) (plane % logits.length);
	}

	private static int planeSize(final int height, final int width) {
		try {
			return Math.multiplyExact(height, width);
		}
		catch (final ArithmeticException tooLarge) {
			throw new IllegalArgumentException("A plane of " + width + " × " + height +
				" voxels is larger than the 2147483647 that can be blended.", tooLarge);
		}
	}
}
