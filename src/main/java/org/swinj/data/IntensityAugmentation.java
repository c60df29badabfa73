package org.swinj.data;

import java.util.random.RandomGenerator;

/** Random brightness, contrast, gamma and noise of normalised intensities, per channel. */
public final class IntensityAugmentation {

	private static final double MAX_CONTRAST = 0.25;
	private static final double MAX_BRIGHTNESS = 0.2; // standard deviations
	private static final double MAX_LOG_GAMMA = 0.3;
	private static final double MAX_NOISE = 0.15; // standard deviations

	private IntensityAugmentation() {}

	/**
	 * Changes an image in place.
	 *
	 * @param image one channel after the other
	 * @param probability of each change of each channel
	 */
	public static void apply(final float[] image, final int channels, final double probability,
		final RandomGenerator random)
	{
		final int voxels = image.length / channels;
		for (int c = 0; c < channels; c++) {
			final int from = c * voxels;
			final int to = from + voxels;
			if (random.nextDouble() < probability) gamma(image, from, to, Math.exp((2 * random
				.nextDouble() - 1) * MAX_LOG_GAMMA));
			final double contrast = random.nextDouble() < probability ? 1 + (2 * random.nextDouble() - 1) *
				MAX_CONTRAST : 1;
			final double brightness = random.nextDouble() < probability ? (2 * random.nextDouble() - 1) *
				MAX_BRIGHTNESS : 0;
			final double noise = random.nextDouble() < probability ? random.nextDouble() * MAX_NOISE : 0;
			if (contrast == 1 && brightness == 0 && noise == 0) continue;
			for (int i = from; i < to; i++)
				image[i] = (float) (image[i] * contrast + brightness + (noise > 0 ? noise * random
					.nextGaussian() : 0));
		}
	}

	/** Bends the grey scale between its extremes. */
	private static void gamma(final float[] v, final int from, final int to, final double exponent) {
		float min = Float.POSITIVE_INFINITY;
		float max = Float.NEGATIVE_INFINITY;
		for (int i = from; i < to; i++) {
			min = Math.min(min, v[i]);
			max = Math.max(max, v[i]);
		}
		final float range = max - min;
		if (!(range > 0)) return;
		for (int i = from; i < to; i++)
			v[i] = (float) (min + range * Math.pow((v[i] - min) / range, exponent));
	}
}
