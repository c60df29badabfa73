package org.swinj.data;

import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import net.imglib2.Cursor;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** What the voxels of label volumes tell: their values, how often each occurs, and where. */
public final class LabelContent {

	private static final int FEW = 32;
	private static final int MOST = 1 << 16; // values that are counted
	private static final int EIGHT_BITS = 255, SIXTEEN_BITS = 65535;
	private static final int MOST_SMALL = 127;
	private static final int FEWEST_BETWEEN = 3;

	/** Voxels of each value, and those of them whose neighbour along X, Y, Z has it too. */
	private final SortedMap<Integer, long[]> counts = new TreeMap<>();
	private long voxels;

	/** Whether all voxels are whole numbers of at most 32 different values, none negative. */
	static boolean isLikely(final Volume volume) {
		if (volume.channels() != 1) return false;
		final Set<Float> values = new HashSet<>();
		float last = Float.NaN;
		for (final FloatType voxel : Views.flatIterable(volume.image())) {
			final float v = voxel.get();
			if (v == last) continue;
			if (!(v >= 0 && v == Math.rint(v))) return false;
			values.add(v);
			if (values.size() > FEW) return false;
			last = v;
		}
		return true;
	}

	/** Counts a volume of labels, one channel of whole numbers, too. */
	public void add(final Volume labels) {
		final int width = (int) labels.size()[0];
		final int[] plane = new int[Math.toIntExact(width * labels.size()[1])]; // the last one
		final Cursor<FloatType> cursor = Views.flatIterable(labels.image()).cursor();
		int last = -1;
		long[] count = null;
		for (long n = 0; cursor.hasNext(); n++) {
			final int i = (int) (n % plane.length);
			final int value = (int) cursor.next().get();
			if (count == null || value != last) count = count(value);
			count[0]++;
			if (i % width > 0 && value == last) count[1]++;
			if (i >= width && value == plane[i - width]) count[2]++;
			if (n >= plane.length && value == plane[i]) count[3]++;
			plane[i] = last = value;
			voxels++;
		}
	}

	/** Counts what another one has counted, too. */
	void add(final LabelContent other) {
		other.counts.forEach((value, more) -> {
			final long[] sum = count(value);
			for (int i = 0; i < sum.length; i++)
				sum[i] += more[i];
		});
		voxels += other.voxels;
	}

	private long[] count(final int value) {
		final long[] known = counts.get(value);
		if (known != null) return known;
		final long[] count = new long[4];
		if (counts.size() < MOST) counts.put(value, count);
		return count;
	}

	/** The different values, ascending. */
	Set<Integer> values() {
		return Collections.unmodifiableSet(counts.keySet());
	}

	/**
	 * Whether there are many values, most of which do not form regions: intensities. Regions are known
	 * by neighbours with the same value, along the axis that has most of them.
	 */
	boolean isScattered() {
		return counts.size() > FEW && 2 * alone(counts) > counts.size();
	}

	/** How many values do not form regions. */
	private static long alone(final SortedMap<Integer, long[]> counts) {
		return counts.values().stream().filter(c -> 2 * Math.max(c[1], Math.max(c[2], c[3])) < c[0])
			.count();
	}

	/**
	 * A sentence about a mask of 0 and 255 with values between them that form no regions: those of
	 * smoothed edges.
	 *
	 * @return {@code null} if nothing looks like it
	 */
	String smoothness() {
		if (counts.size() < 2 + FEWEST_BETWEEN || counts.firstKey() != 0 || counts
			.lastKey() != EIGHT_BITS) return null;
		final SortedMap<Integer, long[]> between = new TreeMap<>(counts);
		between.remove(0);
		between.remove(EIGHT_BITS);
		if (2 * alone(between) <= between.size()) return null;
		return "Labels have 0, 255 and " + between.size() + " values between them that form no regions, " +
			"as the smoothed edges of a mask do: each is a class now. Threshold the mask first.";
	}

	/**
	 * A sentence about the largest value of the type of voxels, if it stands above a few small ones:
	 * as that of voxels that nobody annotated often does.
	 *
	 * @param ignore value that is known to mean that, -1 for none
	 * @return {@code null} if nothing looks like it
	 */
	public String warning(final int ignore) {
		final SortedMap<Integer, long[]> classes = new TreeMap<>(counts);
		classes.remove(ignore);
		if (classes.isEmpty()) return null;
		final int largest = classes.lastKey();
		if (largest != EIGHT_BITS && largest != SIXTEEN_BITS) return null;
		final long share = classes.remove(largest)[0];
		classes.remove(0);
		final boolean contiguous = !classes.isEmpty() && classes.firstKey() == 1 && classes
			.lastKey() == classes.size();
		if (!contiguous || classes.size() > MOST_SMALL) return null;
		return String.format(Locale.ROOT, "Labels have the value %d in %.2g %% of all voxels and " +
			"otherwise only 0..%d. If it marks voxels that nobody annotated, give ignore=%d (field " +
			"\"Ignored label\"): now it is a class.", largest, 100.0 * share / voxels, classes.size(),
			largest);
	}
}
