package org.swinj.data;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** Interpolates voxel by voxel where old and new axes are not parallel. */
final class PointSampler implements PlaneSampler {

	private final Interpolation[] kinds; // along X, Y, Z of the old grid
	private final boolean vote;
	private final double[][] map; // new index to old index
	private final int[] from;
	private final int[] to;
	private final int[][] indices;
	private final double[][] weights;
	private final Ballot ballot = new Ballot(8);

	/**
	 * @param kinds along the axes X, Y, Z of the old grid
	 * @param map 4×4 matrix from indices of the new grid to those of the old one
	 * @param from voxels of the old grid
	 * @param to voxels of the new grid
	 */
	PointSampler(final Interpolation[] kinds, final double[][] map, final long[] from,
		final long[] to)
	{
		this.kinds = kinds;
		this.map = map;
		vote = kinds[0] == Interpolation.VOTE;
		this.from = new int[] { (int) from[0], (int) from[1], (int) from[2] };
		this.to = new int[] { (int) to[0], (int) to[1] };
		indices = new int[3][];
		weights = new double[3][];
		for (int axis = 0; axis < 3; axis++) {
			indices[axis] = new int[kinds[axis].taps()];
			weights[axis] = new double[kinds[axis].taps()];
		}
	}

	@Override
	public float[] plane(final RandomAccessibleInterval<? extends RealType<?>> channel,
		final long z)
	{
		final RandomAccess<? extends RealType<?>> access = channel.randomAccess();
		final float[] plane = new float[to[0] * to[1]];
		int i = 0;
		for (int y = 0; y < to[1]; y++)
			for (int x = 0; x < to[0]; x++, i++) {
				for (int axis = 0; axis < 3; axis++)
					kinds[axis].find(map[axis][0] * x + map[axis][1] * y + map[axis][2] * z + map[axis][3],
						from[axis], indices[axis], weights[axis], 0);
				plane[i] = (float) (vote ? winner(access) : sum(access));
			}
		return plane;
	}

	private double sum(final RandomAccess<? extends RealType<?>> access) {
		double sum = 0;
		for (int k = 0; k < indices[2].length; k++) {
			access.setPosition(indices[2][k], 2);
			for (int j = 0; j < indices[1].length; j++) {
				access.setPosition(indices[1][j], 1);
				final double weight = weights[2][k] * weights[1][j];
				for (int i = 0; i < indices[0].length; i++) {
					access.setPosition(indices[0][i], 0);
					sum += weight * weights[0][i] * access.get().getRealDouble();
				}
			}
		}
		return sum;
	}

	private double winner(final RandomAccess<? extends RealType<?>> access) {
		ballot.clear();
		for (int k = 0; k < 2; k++) {
			access.setPosition(indices[2][k], 2);
			for (int j = 0; j < 2; j++) {
				access.setPosition(indices[1][j], 1);
				for (int i = 0; i < 2; i++) {
					access.setPosition(indices[0][i], 0);
					ballot.add(access.get().getRealDouble(), weights[2][k] * weights[1][j] * weights[0][i]);
				}
			}
		}
		return ballot.winner();
	}
}
