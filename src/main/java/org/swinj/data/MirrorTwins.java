package org.swinj.data;

import java.util.HashMap;
import java.util.Map;

import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Classes that change places in a mirror image, as the left and the right kidney do. Examples mirrored
 * along such an axis would teach the network to confuse the two.
 */
final class MirrorTwins {

	/** Least share of a class that its twin covers, and the other way round. */
	private static final double COVERED = 0.3;

	/** How many times as much of a class its twin covers as the class itself. */
	private static final double MORE_THAN_ITSELF = 3;

	/** Of larger volumes, slices at equal distances are looked at. */
	private static final long SAMPLED_VOXELS = 2_000_000;

	private MirrorTwins() {}

	/**
	 * Along which axes of the labels there are twins, when mirrored in the middle of all that is not
	 * background.
	 *
	 * @param ignore value of voxels that nobody annotated, -1 for none
	 */
	static boolean[] along(final Volume labels, final int ignore) {
		final boolean[] twins = new boolean[3];
		final long[][] box = box(labels, ignore);
		if (box[1][0] >= 0) for (int axis = 0; axis < 3; axis++)
			twins[axis] = hasTwins(overlaps(labels, ignore, box, axis));
		return twins;
	}

	/** First and last voxel along each axis of all that is not background; last is -1 without any. */
	private static long[][] box(final Volume labels, final int ignore) {
		final long[][] box = { labels.size(), { -1, -1, -1 } };
		final RandomAccessibleInterval<FloatType> marks = Views.hyperSlice(labels.image(), 3, 0);
		final Cursor<FloatType> cursor = Views.iterable(marks).localizingCursor();
		while (cursor.hasNext()) {
			final int label = (int) cursor.next().get();
			if (label == 0 || label == ignore) continue;
			for (int axis = 0; axis < 3; axis++) {
				final long at = cursor.getLongPosition(axis);
				box[0][axis] = Math.min(box[0][axis], at);
				box[1][axis] = Math.max(box[1][axis], at);
			}
		}
		return box;
	}

	/** How many voxels of a class (first key) are covered by a class (second key) of the mirror image. */
	private static Map<Integer, Map<Integer, Integer>> overlaps(final Volume labels, final int ignore,
		final long[][] box, final int axis)
	{
		final Map<Integer, Map<Integer, Integer>> overlaps = new HashMap<>();
		final RandomAccess<FloatType> here = labels.image().randomAccess();
		final RandomAccess<FloatType> there = labels.image().randomAccess();
		final long[] at = new long[4], mirrored = new long[4];
		long voxels = 1;
		for (int i = 0; i < 3; i++)
			voxels *= box[1][i] - box[0][i] + 1;
		final long stride = 1 + voxels / SAMPLED_VOXELS;
		final int sparse = (axis + 1) % 3;
		for (at[sparse] = box[0][sparse]; at[sparse] <= box[1][sparse]; at[sparse] += stride) {
			final int b = (axis + 2) % 3;
			for (at[b] = box[0][b]; at[b] <= box[1][b]; at[b]++)
				for (at[axis] = box[0][axis]; at[axis] <= box[1][axis]; at[axis]++) {
					here.setPosition(at);
					final int label = (int) here.get().get();
					if (label == 0 || label == ignore) continue;
					System.arraycopy(at, 0, mirrored, 0, 4);
					mirrored[axis] = box[0][axis] + box[1][axis] - at[axis];
					there.setPosition(mirrored);
					overlaps.computeIfAbsent(label, l -> new HashMap<>()).merge((int) there.get().get(), 1,
						Integer::sum);
				}
		}
		return overlaps;
	}

	private static boolean hasTwins(final Map<Integer, Map<Integer, Integer>> overlaps) {
		for (final int a : overlaps.keySet())
			for (final int b : overlaps.get(a).keySet())
				if (a < b && covers(overlaps, a, b) && covers(overlaps, b, a)) return true;
		return false;
	}

	private static boolean covers(final Map<Integer, Map<Integer, Integer>> overlaps, final int a,
		final int b)
	{
		final Map<Integer, Integer> covered = overlaps.get(a);
		if (covered == null) return false;
		final double all = covered.values().stream().mapToInt(Integer::intValue).sum();
		final int twin = covered.getOrDefault(b, 0);
		return twin >= COVERED * all && twin > MORE_THAN_ITSELF * covered.getOrDefault(a, 0);
	}
}
