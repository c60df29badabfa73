package org.swinj.metrics;

/** The smallest box around some voxels. */
final class Box {

	private final int[] min = { Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE };
	private final int[] max = { -1, -1, -1 };

	void include(final int x, final int y, final int z) {
		if (x < min[0]) min[0] = x;
		if (x > max[0]) max[0] = x;
		if (y < min[1]) min[1] = y;
		if (y > max[1]) max[1] = y;
		if (z < min[2]) min[2] = z;
		if (z > max[2]) max[2] = z;
	}

	boolean isEmpty() {
		return max[0] < 0;
	}

	/** First voxel along X, Y or Z. */
	int min(final int axis) {
		return min[axis];
	}

	/** Voxels along X, Y or Z. */
	int size(final int axis) {
		return max[axis] - min[axis] + 1;
	}
}
