package org.swinj.data;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Votes on labels where old and new axes are parallel. Needs memory for two planes. */
final class VoteSampler implements PlaneSampler {

	private final AxisTaps[] taps; // X, Y, Z
	private final int newWidth;
	private final int newHeight;
	private final int width;
	private final float[] lower;
	private final float[] upper;
	private final Ballot ballot = new Ballot(8);

	/**
	 * @param taps of the axes X, Y, Z, two voxels each
	 * @param from voxels of the old grid
	 * @param to voxels of the new grid
	 */
	VoteSampler(final AxisTaps[] taps, final long[] from, final long[] to) {
		this.taps = taps;
		width = (int) from[0];
		lower = new float[(int) (from[0] * from[1])];
		upper = new float[lower.length];
		newWidth = (int) to[0];
		newHeight = (int) to[1];
	}

	@Override
	public float[] plane(final RandomAccessibleInterval<? extends RealType<?>> channel,
		final long z)
	{
		final int at = 2 * (int) z;
		copy(channel, taps[2].indices()[at], lower);
		copy(channel, taps[2].indices()[at + 1], upper);
		final double up = taps[2].weights()[at + 1];
		final float[] plane = new float[newWidth * newHeight];
		for (int y = 0, i = 0; y < newHeight; y++)
			for (int x = 0; x < newWidth; x++, i++)
				plane[i] = vote(x, y, up);
		return plane;
	}

	private float vote(final int x, final int y, final double up) {
		final int[] column = taps[0].indices();
		final int[] row = taps[1].indices();
		final int near = row[2 * y] * width, far = row[2 * y + 1] * width;
		final int left = column[2 * x], right = column[2 * x + 1];
		final float value = lower[near + left];
		if (value == lower[near + right] && value == lower[far + left] && value == lower[far + right]
			&& value == upper[near + left] && value == upper[near + right] && value == upper[far + left]
			&& value == upper[far + right]) return value;
		ballot.clear();
		for (int j = 0; j < 2; j++)
			for (int i = 0; i < 2; i++) {
				final double weight = taps[1].weights()[2 * y + j] * taps[0].weights()[2 * x + i];
				final int at = row[2 * y + j] * width + column[2 * x + i];
				ballot.add(lower[at], weight * (1 - up));
				ballot.add(upper[at], weight * up);
			}
		return (float) ballot.winner();
	}

	private static void copy(final RandomAccessibleInterval<? extends RealType<?>> channel,
		final int z, final float[] to)
	{
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(Views.hyperSlice(channel, 2, z))
			.cursor();
		for (int i = 0; i < to.length; i++)
			to[i] = cursor.next().getRealFloat();
	}
}
