package org.swinj.data;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Interpolates axis by axis where old and new axes are parallel: blends planes along Z, then rows
 * along Y, then voxels along X, in double precision. Needs memory for two planes.
 */
final class SeparableSampler implements PlaneSampler {

	private final AxisTaps[] taps; // X, Y, Z
	private final int newWidth;
	private final int newHeight;
	private final int width;
	private final int height;

	/**
	 * @param taps of the axes X, Y, Z
	 * @param from voxels of the old grid
	 * @param to voxels of the new grid
	 */
	SeparableSampler(final AxisTaps[] taps, final long[] from, final long[] to) {
		this.taps = taps;
		width = (int) from[0];
		height = (int) from[1];
		newWidth = (int) to[0];
		newHeight = (int) to[1];
	}

	@Override
	public float[] plane(final RandomAccessibleInterval<? extends RealType<?>> channel,
		final long z)
	{
		final double[] blended = new double[width * height];
		final AxisTaps along = taps[2];
		for (int k = 0, at = (int) z * along.count(); k < along.count(); k++, at++)
			if (along.weights()[at] != 0) add(channel, along.indices()[at], along.weights()[at], blended);
		return columns(rows(blended));
	}

	private static void add(final RandomAccessibleInterval<? extends RealType<?>> channel,
		final int z, final double weight, final double[] to)
	{
		final Cursor<? extends RealType<?>> cursor = Views.flatIterable(Views.hyperSlice(channel, 2, z))
			.cursor();
		for (int i = 0; i < to.length; i++)
			to[i] += weight * cursor.next().getRealDouble();
	}

	private double[] rows(final double[] plane) {
		final AxisTaps along = taps[1];
		final double[] result = new double[width * newHeight];
		for (int y = 0, at = 0; y < newHeight; y++)
			for (int k = 0; k < along.count(); k++, at++) {
				final double weight = along.weights()[at];
				final int from = along.indices()[at] * width;
				final int to = y * width;
				if (weight != 0) for (int x = 0; x < width; x++)
					result[to + x] += weight * plane[from + x];
			}
		return result;
	}

	private float[] columns(final double[] plane) {
		final AxisTaps along = taps[0];
		final float[] result = new float[newWidth * newHeight];
		for (int y = 0, i = 0; y < newHeight; y++)
			for (int x = 0, at = 0; x < newWidth; x++, i++) {
				double sum = 0;
				for (int k = 0; k < along.count(); k++, at++)
					sum += along.weights()[at] * plane[y * width + along.indices()[at]];
				result[i] = (float) sum;
			}
		return result;
	}
}
