package org.swinj.inference;

import java.util.Arrays;

/**
 * How windows cover a volume.
 *
 * @param window size of a window, slowest axis first (Z, Y, X)
 * @param overlap share of a window that overlaps its neighbour, at least 0 and below 1
 * @param weights how overlapping windows are blended
 * @param batch windows predicted at once
 * @param empty windows in which every voxel has exactly this value are not predicted but counted as
 *          class 0; NaN to predict all windows
 */
public record WindowSettings(int[] window, double overlap, WindowWeights weights, int batch,
	float empty)
{

	public WindowSettings {
		if (window.length != 3 || Arrays.stream(window).anyMatch(length -> length < 1))
			throw new IllegalArgumentException("A window needs three positive edge lengths, not " + Arrays
				.toString(window) + ".");
		if (!(overlap >= 0 && overlap < 1)) throw new IllegalArgumentException(
			"overlap must be at least 0 and below 1, not " + overlap + ".");
		if (batch < 1) throw new IllegalArgumentException("batch must be at least 1, not " + batch +
			".");
	}

	/** Gaussian weights, one window at a time, every window predicted. */
	public static WindowSettings of(final int[] window, final double overlap) {
		return new WindowSettings(window, overlap, WindowWeights.GAUSSIAN, 1, Float.NaN);
	}

	/** The same with this many windows predicted at once. */
	public WindowSettings withBatch(final int windows) {
		return new WindowSettings(window, overlap, weights, windows, empty);
	}

	/** The same with windows left out in which every voxel has this value. */
	public WindowSettings withEmpty(final float value) {
		return new WindowSettings(window, overlap, weights, batch, value);
	}
}
