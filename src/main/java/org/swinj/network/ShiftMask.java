package org.swinj.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tokens of a shifted window may see each other. Rolling the feature map brings tokens from
 * opposite borders into one window; they belong to different regions and get −60 added to their
 * attention score. Only a handful of windows differ, so each distinct mask is held once.
 *
 * @param masks distinct masks, each tokens × tokens, row = query
 * @param kinds index of the mask of each window, windows in d, h, w order
 */
record ShiftMask(List<float[]> masks, long[] kinds) {

	/** MONAI adds −100; exp(−100) is a denormal number, with which processors compute many times slower. */
	private static final float BLOCKED = -60;

	/**
	 * @param padded feature map size (D, H, W) in whole windows
	 * @param window window size along each axis
	 * @param shift shift along each axis, 0 where the axis is not shifted
	 */
	static ShiftMask of(final long[] padded, final long[] window, final long[] shift) {
		final Map<List<Integer>, Integer> known = new LinkedHashMap<>();
		final List<float[]> masks = new ArrayList<>();
		final int[] grid = new int[3];
		for (int axis = 0; axis < 3; axis++)
			grid[axis] = (int) (padded[axis] / window[axis]);
		final long[] kinds = new long[grid[0] * grid[1] * grid[2]];
		for (int i = 0; i < kinds.length; i++) {
			final int[] at = { i / (grid[1] * grid[2]), i / grid[2] % grid[1], i % grid[2] };
			final int[] regions = regions(at, padded, window, shift);
			final List<Integer> key = Arrays.stream(regions).boxed().toList();
			kinds[i] = known.computeIfAbsent(key, k -> {
				masks.add(mask(regions));
				return masks.size() - 1;
			});
		}
		return new ShiftMask(masks, kinds);
	}

	/** Region of each token, numbered in order of appearance so that equal patterns are equal. */
	private static int[] regions(final int[] at, final long[] padded, final long[] window,
		final long[] shift)
	{
		final int[] ids = new int[(int) (window[0] * window[1] * window[2])];
		final List<Integer> seen = new ArrayList<>();
		int token = 0;
		for (int d = 0; d < window[0]; d++)
			for (int h = 0; h < window[1]; h++)
				for (int w = 0; w < window[2]; w++) {
					final int region = 9 * slab(at[0], d, 0, padded, window, shift) + 3 * slab(at[1], h, 1,
						padded, window, shift) + slab(at[2], w, 2, padded, window, shift);
					if (!seen.contains(region)) seen.add(region);
					ids[token++] = seen.indexOf(region);
				}
		return ids;
	}

	/** 0 before the last window, 1 inside it, 2 for the part that was rolled around. */
	private static int slab(final int windowIndex, final int offset, final int axis,
		final long[] padded, final long[] window, final long[] shift)
	{
		if (shift[axis] == 0) return 2;
		final long position = windowIndex * window[axis] + offset;
		if (position < padded[axis] - window[axis]) return 0;
		return position < padded[axis] - shift[axis] ? 1 : 2;
	}

	private static float[] mask(final int[] regions) {
		final int n = regions.length;
		final float[] mask = new float[n * n];
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				if (regions[i] != regions[j]) mask[i * n + j] = BLOCKED;
		return mask;
	}
}
