package org.swinj.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A uniform random sample of a stream of values, at most a given number of them. */
final class VoxelSample {

	private final float[] kept;
	private final RandomGenerator random;
	private long offered;

	VoxelSample(final int most, final RandomGenerator random) {
		kept = new float[most];
		this.random = random;
	}

	void offer(final float value) {
		final long place = offered < kept.length ? offered : random.nextLong(offered + 1);
		if (place < kept.length) kept[(int) place] = value;
		offered++;
	}

	/** How many values were offered. */
	long offered() {
		return offered;
	}

	/** The sample in ascending order. */
	float[] sorted() {
		final float[] sorted = Arrays.copyOf(kept, (int) Math.min(offered, kept.length));
		Arrays.sort(sorted);
		return sorted;
	}

	/**
	 * A percentile, linear between two values.
	 *
	 * @param sorted ascending, at least one
	 * @param percent from 0 to 100
	 */
	static double percentile(final float[] sorted, final double percent) {
		final double at = percent / 100 * (sorted.length - 1);
		final int below = (int) at;
		final float value = sorted[below];
		return below + 1 == sorted.length ? value : value + (at - below) * (sorted[below + 1] - value);
	}
}
