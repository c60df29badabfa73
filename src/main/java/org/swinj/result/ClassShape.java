package org.swinj.result;

import java.util.Arrays;

/** Collects where the voxels of one label lie. */
final class ClassShape {

	/** How the 26 neighbours of a voxel differ in kind: bit 0 for a step in x, 1 for y, 2 for z. */
	private static final int KINDS = 8;

	private long voxels;
	private final double[] sum = new double[3];
	private final int[] min = { Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE };
	private final int[] max = { -1, -1, -1 };
	private final long[] crossings = new long[KINDS];

	/** Adds voxels of a row from x to before {@code end}. */
	void addRun(final int x, final int end, final int y, final int z) {
		final long count = end - x;
		voxels += count;
		sum[0] += count * (x + end - 1) / 2.0;
		sum[1] += count * (double) y;
		sum[2] += count * (double) z;
		include(x, y, z);
		include(end - 1, y, z);
	}

	/** Notes neighbours that have another label, where a step of this kind leaves the region. */
	void addCrossings(final int kind, final int count) {
		crossings[kind] += count;
	}

	private void include(final int... position) {
		for (int d = 0; d < 3; d++) {
			min[d] = Math.min(min[d], position[d]);
			max[d] = Math.max(max[d], position[d]);
		}
	}

	long voxels() {
		return voxels;
	}

	/** Mean voxel index times voxel size; NaN without voxels. */
	double[] centroid(final double[] spacing) {
		final double[] centroid = new double[3];
		for (int d = 0; d < 3; d++)
			centroid[d] = voxels == 0 ? Double.NaN : sum[d] / voxels * spacing[d];
		return centroid;
	}

	/** Lower corner of the box around all voxels; NaN without voxels. */
	double[] boxMin(final double[] spacing) {
		return corner(min, 0, spacing);
	}

	/** Upper corner of the box, at the far side of the last voxel. */
	double[] boxMax(final double[] spacing) {
		return corner(max, 1, spacing);
	}

	/** Surface area by the Crofton formula. */
	double surfaceArea(final CroftonWeights weights) {
		return voxels == 0 ? 0 : weights.surfaceArea(crossings);
	}

	private double[] corner(final int[] position, final int shift, final double[] spacing) {
		final double[] corner = new double[3];
		if (voxels == 0) Arrays.fill(corner, Double.NaN);
		else for (int d = 0; d < 3; d++)
			corner[d] = (position[d] + shift) * spacing[d];
		return corner;
	}
}
