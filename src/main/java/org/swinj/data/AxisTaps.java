package org.swinj.data;

/**
 * From which voxels of an axis, and with which weights, each voxel of the new axis is made.
 *
 * @param count how many voxels each depends on
 * @param indices those voxels, {@code count} for each new one
 * @param weights their weights, in the same order
 */
record AxisTaps(int count, int[] indices, double[] weights) {

	/**
	 * @param step distance of two new voxels in old ones
	 * @param start place of the first new voxel among the old ones
	 * @param newLength voxels of the new axis
	 * @param oldLength voxels of the old axis
	 */
	static AxisTaps of(final Interpolation interpolation, final double step, final double start,
		final int newLength, final int oldLength)
	{
		final int count = interpolation.taps();
		final int[] indices = new int[Math.multiplyExact(count, newLength)];
		final double[] weights = new double[indices.length];
		for (int i = 0; i < newLength; i++)
			interpolation.find(start + i * step, oldLength, indices, weights, i * count);
		return new AxisTaps(count, indices, weights);
	}
}
