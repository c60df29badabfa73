package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;

/**
 * How a feature map of one size is cut into attention windows: the effective window and shift, and
 * the masks of the shifted windows as tensors. An axis no longer than the window becomes one window
 * and is not shifted.
 */
final class Windows {

	final long[] size; // (D, H, W) of the feature map
	final long[] window = new long[3];
	final long[] shift = new long[3];
	final NDArray masks; // (kinds, n, n), null when no axis is shifted
	private final NDArray kinds; // (windows), int64
	private final long[] counts; // windows of each kind

	Windows(final long[] size, final int edge, final NDManager manager) {
		this.size = size;
		final long[] padded = new long[3];
		boolean shifted = false;
		for (int axis = 0; axis < 3; axis++) {
			final boolean whole = size[axis] <= edge;
			window[axis] = whole ? size[axis] : edge;
			shift[axis] = whole ? 0 : edge / 2;
			padded[axis] = (size[axis] + window[axis] - 1) / window[axis] * window[axis];
			shifted |= shift[axis] > 0;
		}
		if (!shifted) {
			masks = null;
			kinds = null;
			counts = null;
			return;
		}
		final ShiftMask mask = ShiftMask.of(padded, window, shift);
		final int n = tokens();
		final float[] flat = new float[mask.masks().size() * n * n];
		for (int i = 0; i < mask.masks().size(); i++)
			System.arraycopy(mask.masks().get(i), 0, flat, i * n * n, n * n);
		masks = manager.create(flat, new Shape(mask.masks().size(), n, n));
		kinds = manager.create(mask.kinds(), new Shape(mask.kinds().length));
		counts = new long[mask.masks().size()];
		for (final long kind : mask.kinds())
			counts[(int) kind]++;
		NDScope.unregister(masks, kinds); // they outlive the forward pass that needed them first
	}

	/** Mask of each window of a batch, (batch · windows), int64. */
	NDArray kinds(final long batch) {
		return batch == 1 ? kinds : kinds.tile(batch);
	}

	/** Windows of a batch that have each mask. */
	long[] counts(final long batch) {
		return Arrays.stream(counts).map(count -> count * batch).toArray();
	}

	/** Tokens in a window. */
	int tokens() {
		return (int) (window[0] * window[1] * window[2]);
	}
}
