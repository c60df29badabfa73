package org.swinj.inference;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import org.swinj.backend.FloatStore;

/**
 * Blends overlapping windows: Σ weight · logit / Σ weight. Only as many planes along Z are kept as a
 * window is deep; a plane goes to the sink as soon as the windows have moved past it, so that memory
 * does not grow with the depth of the volume. Voxels that no window touched become class 0: logit 0
 * for class 0, negative infinity for the others.
 */
final class SlabAccumulator implements AutoCloseable {

	private final long depth;
	private final int height;
	private final int width;
	private final int[] window;
	private final float[] windowWeights;
	private final PlaneSink sink;
	private final int classes;
	private final int slots;
	private final FloatStore sums; // classes and weights of the plane in each slot; plane z is in z % slots
	private final float[][] finished; // class, voxel
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
		this.classes = classes;
		slots = (int) Math.min(depth, window[0]);
		final int plane = planeSize(height, width);
		sums = new FloatStore(slots * (classes + 1), plane, "To blend " + classes
			+ " classes in " + slots + " planes of " + width + " × " + height + " voxels");
		finished = new float[classes][plane];
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
		inParallel((int) (end - begin), i -> {
			addPlane(begin + i, position, prediction);
			return 0;
		});
	}

	/** Hands all remaining planes to the sink. */
	void finish() throws IOException {
		advance(depth);
	}

	private void advance(final long plane) throws IOException {
		for (; first < plane; first++) {
			final int undefined = inParallel(height, this::divide);
			if (undefined >= 0) throw new ArithmeticException(
				"The network returned values that are not numbers (NaN) for class " + undefined +
					" in plane " + first + ".");
			sink.accept(first, finished);
		}
	}

	/**
	 * The largest answer. All tasks have ended when this does, also where one fails, as memory they write to
	 * may be freed then.
	 */
	private static int inParallel(final int count, final IntUnaryOperator task) {
		final AtomicReference<Throwable> failure = new AtomicReference<>();
		final int largest = IntStream.range(0, count).parallel().map(i -> {
			try {
				return task.applyAsInt(i);
			}
			catch (final RuntimeException | Error e) {
				failure.set(e);
				return -1;
			}
		}).max().orElse(-1);
		if (failure.get() instanceof Error e) throw e;
		if (failure.get() instanceof RuntimeException e) throw e;
		return largest;
	}

	private void addPlane(final long z, final long[] position, final float[] prediction) {
		final int left = (int) Math.max(0, -position[2]);
		final int right = (int) Math.min(window[2], width - position[2]);
		final int top = (int) Math.max(0, -position[1]);
		final int bottom = (int) Math.min(window[1], height - position[1]);
		final float[] row = new float[window[2]];
		for (int c = 0; c <= classes && left < right; c++) {
			final FloatBuffer sum = sums(z, c);
			for (int y = top; y < bottom; y++) {
				final int weight = ((int) (z - position[0]) * window[1] + y) * window[2];
				final int source = c * windowWeights.length + weight;
				final int target = (int) ((position[1] + y) * width + position[2]) + left;
				sum.get(target, row, left, right - left);
				if (c == classes) for (int x = left; x < right; x++)
					row[x] += windowWeights[weight + x];
				else for (int x = left; x < right; x++)
					row[x] += windowWeights[weight + x] * prediction[source + x];
				sum.put(target, row, left, right - left);
			}
		}
	}

	/** The sums of a class in a plane, or of the weights, which come after the last class. */
	private FloatBuffer sums(final long z, final int c) {
		return sums.get((int) (z % slots) * (classes + 1) + c);
	}

	/** Finishes a row of the first plane and clears its sums; returns a class with undefined logits, or -1. */
	private int divide(final int y) {
		final float[] weights = new float[width];
		final float[] zeros = new float[width];
		final FloatBuffer weightSums = sums(first, classes);
		weightSums.get(y * width, weights);
		weightSums.put(y * width, zeros);
		boolean gaps = false;
		for (final float weight : weights)
			gaps |= weight == 0;
		int undefined = -1;
		final float[] values = new float[width];
		for (int c = 0; c < classes; c++) {
			final FloatBuffer sum = sums(first, c);
			sum.get(y * width, values);
			sum.put(y * width, zeros);
			for (int i = 0; i < width; i++)
				values[i] /= weights[i];
			if (gaps) fillGaps(values, weights, c == 0 ? 0 : Float.NEGATIVE_INFINITY);
			for (final float value : values)
				if (Float.isNaN(value)) undefined = c;
			System.arraycopy(values, 0, finished[c], y * width, width);
		}
		return undefined;
	}

	private static void fillGaps(final float[] values, final float[] weightSums, final float value) {
		for (int i = 0; i < values.length; i++)
			if (weightSums[i] == 0) values[i] = value;
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

	/** Frees the memory. */
	@Override
	public void close() {
		sums.close();
	}
}
