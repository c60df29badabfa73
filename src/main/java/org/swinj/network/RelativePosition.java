package org.swinj.network;

/** The lookup of relative position biases inside a cubic window of w³ tokens. */
public final class RelativePosition {

	private RelativePosition() {}

	/** Rows of the bias table: every displacement between two tokens of a window. */
	public static int tableLength(final int window) {
		final int span = 2 * window - 1;
		return span * span * span;
	}

	/**
	 * MONAI's buffer {@code relative_position_index}: for query token i and key token j (row-major
	 * over d, h, w) the row of the bias table, at position {@code i * w³ + j}.
	 */
	public static long[] index(final int window) {
		final int n = window * window * window;
		final int span = 2 * window - 1;
		final long[] index = new long[n * n];
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++) {
				final int d = i / (window * window) - j / (window * window) + window - 1;
				final int h = i / window % window - j / window % window + window - 1;
				final int w = i % window - j % window + window - 1;
				index[i * n + j] = ((long) d * span + h) * span + w;
			}
		return index;
	}
}
