package org.swinj.inference;

import java.util.Arrays;

/**
 * Where the windows of a volume lie: a regular grid whose last window along each axis is shifted
 * back to end with the volume (MONAI {@code dense_patch_slices}). A volume smaller than the window
 * counts as padded on both sides, the smaller half before, so that positions there are negative.
 */
public final class WindowGrid {

	private final int[] window;
	private final long[] volume;
	private final long[] interval;
	private final long[] count;

	/**
	 * @param window size of a window, slowest axis first
	 * @param volume size of the volume in the same order
	 * @param overlap share of a window that overlaps its neighbour, at least 0 and below 1
	 */
	public WindowGrid(final int[] window, final long[] volume, final double overlap) {
		if (window.length != volume.length) throw new IllegalArgumentException("A window with " +
			window.length + " axes does not fit a volume with " + volume.length + ".");
		if (!(overlap >= 0 && overlap < 1)) throw new IllegalArgumentException(
			"overlap must be at least 0 and below 1, not " + overlap + ".");
		if (Arrays.stream(window).anyMatch(length -> length < 1)) throw new IllegalArgumentException(
			"The window " + Arrays.toString(window) + " is empty.");
		if (Arrays.stream(volume).anyMatch(length -> length < 1)) throw new IllegalArgumentException(
			"The volume " + Arrays.toString(volume) + " is empty.");
		this.window = window.clone();
		this.volume = volume.clone();
		interval = new long[window.length];
		count = new long[window.length];
		for (int axis = 0; axis < window.length; axis++) {
			interval[axis] = interval(window[axis], volume[axis], overlap);
			final long last = Math.max(0, volume[axis] - window[axis]);
			count[axis] = (last + interval[axis] - 1) / interval[axis] + 1;
		}
	}

	/** Number of windows. */
	public long count() {
		long product = 1;
		for (final long along : count)
			product = Math.multiplyExact(product, along);
		return product;
	}

	/** Distance between neighbouring windows along an axis; the last two may be closer. */
	public long interval(final int axis) {
		return interval[axis];
	}

	/** First voxel of every window along an axis, ascending; negative inside padding. */
	public long[] starts(final int axis) {
		final long[] starts = new long[Math.toIntExact(count[axis])];
		Arrays.setAll(starts, i -> start(axis, i));
		return starts;
	}

	/**
	 * First voxel of a window, slowest axis first.
	 *
	 * @param index from 0 to {@link #count()} - 1; the slowest axis changes last
	 */
	public long[] position(final long index) {
		final long[] position = new long[window.length];
		long rest = index;
		for (int axis = window.length - 1; axis >= 0; axis--) {
			position[axis] = start(axis, rest % count[axis]);
			rest /= count[axis];
		}
		return position;
	}

	private long start(final int axis, final long i) {
		final long last = volume[axis] - window[axis];
		return last < 0 ? -(-last / 2) : Math.min(i * interval[axis], last);
	}

	private static long interval(final int window, final long volume, final double overlap) {
		if (volume <= window) return window;
		// the product is truncated as it stands in floating point: 96 at 0.8 gives 19
		return Math.max(1, (long) (window * (1 - overlap)));
	}
}
