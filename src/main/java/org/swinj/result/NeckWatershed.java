package org.swinj.result;

import java.util.Arrays;

import org.swinj.metrics.DistanceTransform;
import org.swinj.metrics.Mask;
import org.swinj.progress.Progress;

/**
 * Cuts an object where it is narrow. Its voxels are taken in the order of their distance to the outside,
 * the inmost first. A voxel beside none that was taken is the seed of a part; where two parts meet, they
 * are one unless the place is clearly narrower than the smaller of them.
 */
final class NeckWatershed {

	/** Parts stay apart where their neck is at most this share as wide as the smaller part. */
	private static final double NECK = 0.85;

	private final int width;
	private final int height;
	private final int depth;
	private final float[] distance; // 0 outside
	private final int[] part; // of each voxel; 0 is none yet
	private final double step; // smallest difference that is no rounding by voxels
	private int[] parent = new int[16];
	private float[] peak = new float[16];
	private int parts;

	/**
	 * Cuts an object.
	 *
	 * @param object with a margin of the outside, save where the image ends
	 * @param spacing voxel size along X, Y, Z
	 * @throws ArithmeticException if the box has more than 2147483647 voxels
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	NeckWatershed(final Mask object, final double[] spacing, final Progress progress) {
		width = object.width();
		height = object.planes()[0].length / width;
		depth = object.planes().length;
		step = Math.min(spacing[0], Math.min(spacing[1], spacing[2])) / 2;
		final int plane = width * height;
		distance = new float[Math.multiplyExact(plane, depth)];
		part = new int[distance.length];
		final boolean[][] outside = new boolean[depth][plane];
		int count = 0;
		for (int z = 0; z < depth; z++)
			for (int i = 0; i < plane; i++) {
				outside[z][i] = !object.planes()[z][i];
				if (!outside[z][i]) count++;
			}
		final double[][] squared = DistanceTransform.squared(new Mask(outside, width), spacing, progress);
		final long[] order = new long[count];
		for (int z = 0; z < depth; z++)
			for (int i = 0; i < plane; i++) {
				if (outside[z][i]) continue;
				final int voxel = z * plane + i;
				distance[voxel] = (float) Math.sqrt(Math.min(squared[z][i], Float.MAX_VALUE));
				order[--count] = (long) -Float.floatToIntBits(distance[voxel]) << 32 | voxel;
			}
		Arrays.parallelSort(order); // inmost first, of equals in the order of the voxels
		for (int i = 0; i < order.length; i++) {
			if ((i & 0xfffff) == 0) progress.checkCancelled();
			take((int) order[i]);
		}
		number();
	}

	private void take(final int voxel) {
		final int x = voxel % width, y = voxel / width % height, z = voxel / width / height;
		int best = -1;
		for (int nz = Math.max(0, z - 1); nz <= Math.min(depth - 1, z + 1); nz++)
			for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
				for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
					final int neighbour = (nz * height + ny) * width + nx;
					if (part[neighbour] == 0) continue;
					if (best >= 0) meet(part[best], part[neighbour], distance[voxel]);
					if (best < 0 || distance[neighbour] > distance[best]) best = neighbour;
				}
		part[voxel] = best < 0 ? seed(distance[voxel]) : root(part[best]);
	}

	private int seed(final float height) {
		if (++parts == parent.length) {
			parent = Arrays.copyOf(parent, 2 * parts);
			peak = Arrays.copyOf(peak, 2 * parts);
		}
		parent[parts] = parts;
		peak[parts] = height;
		return parts;
	}

	private void meet(final int one, final int other, final float neck) {
		final int first = root(one), second = root(other);
		if (first == second) return;
		final int small = peak[first] < peak[second] ? first : second;
		final boolean apart = neck <= NECK * peak[small] && peak[small] - neck >= step;
		if (!apart) parent[small] = small == first ? second : first;
	}

	private int root(final int of) {
		int root = of;
		while (parent[root] != root)
			root = parent[root] = parent[parent[root]];
		return root;
	}

	/** Numbers the parts in the order of their first voxels. */
	private void number() {
		final int[] number = new int[parts + 1];
		parts = 0;
		for (int i = 0; i < part.length; i++) {
			if (part[i] == 0) continue;
			final int root = root(part[i]);
			if (number[root] == 0) number[root] = ++parts;
			part[i] = number[root];
		}
	}

	/** How many parts there are. */
	int count() {
		return parts;
	}

	/** The part that a voxel of the box is in, from 1; 0 outside. */
	int part(final int x, final int y, final int z) {
		return part[(z * height + y) * width + x];
	}
}
