package org.swinj.data;

import java.util.Arrays;
import java.util.List;

import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Larger voxels let a crop show more of a volume, which tells where it is, and make every step go
 * further; but structures must survive them. Both are measured.
 */
final class CoarserVoxels {

	/** How much longer the shortest edge of a voxel may become; longer edges follow once reached. */
	private static final double[] FACTORS = { 1.5, 2, 2.5, 3, 4 };

	/** Of larger volumes, slices at equal distances are looked at. */
	private static final long SAMPLED_VOXELS = 4_000_000;

	private CoarserVoxels() {}

	/**
	 * Mean Dice over the classes present of labels brought to larger voxels and back by nearest
	 * neighbours, for each factor, on the voxels that are annotated.
	 *
	 * @param labels with their voxel size
	 * @param ignore value of voxels that nobody annotated, -1 for none; one that comes into the place of
	 *          an annotated one is an error
	 * @param slices those that are annotated; across them voxels stay as they are if single ones are
	 */
	static double[] survival(final Volume labels, final int ignore, final AnnotatedSlices slices) {
		return Arrays.stream(FACTORS).map(factor -> roundTrip(labels, ignore, slices.acrossZ(), ratios(labels
			.geometry().spacing(), slices.axis(), factor))).toArray();
	}

	/**
	 * The same data in the smallest of these voxels of which a crop shows enough, or in the largest that
	 * the labels survive.
	 *
	 * @param voxels in a crop
	 * @param shown share of a volume that a crop should show
	 * @param surviving least Dice of labels that were brought to larger voxels and back
	 */
	static Fingerprint of(final Fingerprint data, final long voxels, final double shown,
		final double surviving)
	{
		Fingerprint chosen = data;
		for (int i = 0; i < data.survival().length; i++) {
			final double[] size = chosen.size();
			if (voxels >= shown * size[0] * size[1] * size[2] || !(data.survival()[i] >= surviving)) break;
			final double[] ratio = ratios(data.spacing(), data.across(), FACTORS[i]);
			final double[] spacing = data.spacing().clone();
			for (int axis = 0; axis < 3; axis++)
				spacing[axis] *= ratio[axis];
			chosen = data.at(spacing);
		}
		return chosen;
	}

	/** How much longer each edge becomes, but for one along a kept axis, when the shortest grows by a factor. */
	private static double[] ratios(final double[] spacing, final int kept, final double factor) {
		final double edge = factor * Arrays.stream(spacing).min().orElseThrow();
		final double[] ratios = Arrays.stream(spacing).map(length -> Math.max(1, edge / length)).toArray();
		if (kept >= 0) ratios[kept] = 1;
		return ratios;
	}

	private static double roundTrip(final Volume labels, final int ignore, final List<Integer> planes,
		final double[] ratios)
	{
		final long[] size = labels.size();
		final int[][] source = new int[3][];
		for (int axis = 0; axis < 3; axis++) {
			source[axis] = new int[(int) size[axis]];
			for (int i = 0; i < size[axis]; i++) {
				final double middle = (Math.floor((i + 0.5) / ratios[axis]) + 0.5) * ratios[axis];
				source[axis][i] = (int) Math.min(size[axis] - 1, middle);
			}
		}
		final ClassCounts counts = new ClassCounts();
		final RandomAccess<FloatType> here = labels.image().randomAccess();
		final RandomAccess<FloatType> there = labels.image().randomAccess();
		final int stride = (int) (1 + size[0] * size[1] * planes.size() / SAMPLED_VOXELS);
		for (int i = 0; i < planes.size(); i += stride) {
			final int z = planes.get(i);
			for (int y = 0; y < size[1]; y++) {
				here.setPosition(new int[] { 0, y, z, 0 });
				there.setPosition(new int[] { 0, source[1][y], source[2][z], 0 });
				for (int x = 0; x < size[0]; x++) {
					here.setPosition(x, 0);
					there.setPosition(source[0][x], 0);
					final int before = (int) here.get().get();
					if (before != ignore) counts.add(before, (int) there.get().get());
				}
			}
		}
		return counts.meanDice();
	}

	/** Voxels of each label before, after and both. */
	private static final class ClassCounts {

		private long[][] counts = new long[3][16];

		private void add(final int before, final int after) {
			final int most = Math.max(before, after);
			if (most >= counts[0].length) for (int i = 0; i < 3; i++)
				counts[i] = Arrays.copyOf(counts[i], 2 * most);
			counts[0][before]++;
			counts[1][after]++;
			if (before == after) counts[2][before]++;
		}

		/** Of the labels there were before, without the background. */
		private double meanDice() {
			double sum = 0;
			int present = 0;
			for (int label = 1; label < counts[0].length; label++) {
				if (counts[0][label] == 0) continue;
				sum += 2.0 * counts[2][label] / (counts[0][label] + counts[1][label]);
				present++;
			}
			return present == 0 ? 0 : sum / present;
		}
	}
}
