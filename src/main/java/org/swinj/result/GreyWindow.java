package org.swinj.result;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Which intensities are shown as black and as white.
 *
 * @param black intensity that is shown as 0, like all below
 * @param white intensity that is shown as 1, like all above
 */
record GreyWindow(float black, float white) {

	private static final double TAIL = 0.005;
	private static final long MOST_SAMPLES = 1 << 20;

	/**
	 * Leaves half a percent of the voxels at both ends. Large volumes are sampled, in every plane.
	 *
	 * @param channel axes X, Y, Z
	 */
	static GreyWindow of(final RandomAccessibleInterval<FloatType> channel) {
		final long voxels = Views.flatIterable(channel).size();
		final long step = (long) Math.ceil(Math.sqrt((double) voxels / MOST_SAMPLES));
		final RandomAccessibleInterval<FloatType> sampled = Views.subsample(channel, step, step, 1);
		final float[] values = new float[Math.toIntExact(Views.flatIterable(sampled).size())];
		final Cursor<FloatType> cursor = Views.flatIterable(sampled).cursor();
		for (int i = 0; i < values.length; i++)
			values[i] = cursor.next().get();
		Arrays.sort(values);
		final int last = values.length - 1, tail = (int) Math.round(TAIL * last);
		// where nearly all voxels are equal, the few others decide
		if (values[tail] < values[last - tail]) return new GreyWindow(values[tail], values[last - tail]);
		return new GreyWindow(values[0], values[last]);
	}

	/** Brightness from 0 to 1; 0 if all intensities are equal. */
	float brightness(final float intensity) {
		if (intensity <= black) return 0;
		return intensity >= white ? 1 : (intensity - black) / (white - black);
	}
}
