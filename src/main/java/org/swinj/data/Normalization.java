package org.swinj.data;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A linear map with clipping that brings the intensities of one channel to network input.
 *
 * @param lower values below become this first
 * @param upper values above become this first
 * @param shift subtracted next
 * @param scale divided by last
 */
public record Normalization(double lower, double upper, double shift, double scale) {

	/** What the scheme means for this channel, whose voxels are read once if they matter. */
	public static Normalization of(final Intensity intensity,
		final RandomAccessibleInterval<FloatType> channel)
	{
		return switch (intensity.scheme()) {
			case WINDOW -> new Normalization(intensity.lower(), intensity.upper(), intensity.lower(),
				intensity.upper() - intensity.lower());
			case CLIP_ZSCORE -> new Normalization(intensity.lower(), intensity.upper(), intensity.mean(),
				intensity.std());
			case ZSCORE -> zScore(channel);
		};
	}

	/** Mean and deviation of the non-zero voxels; a constant image only loses its mean. */
	private static Normalization zScore(final RandomAccessibleInterval<FloatType> channel) {
		long n = 0;
		double mean = 0;
		double squares = 0; // sum of squared deviations (Welford)
		for (final FloatType voxel : Views.flatIterable(channel)) {
			final double value = voxel.get();
			if (value == 0) continue;
			n++;
			final double difference = value - mean;
			mean += difference / n;
			squares += difference * (value - mean);
		}
		final double std = n == 0 ? 0 : Math.sqrt(squares / n);
		return new Normalization(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, mean, std > 0 ? std
			: 1);
	}

	public float apply(final float value) {
		return (float) ((Math.max(lower, Math.min(upper, value)) - shift) / scale);
	}

	/** What the scheme means for each channel of an image (X, Y, Z, C). */
	public static List<Normalization> ofChannels(final Intensity intensity,
		final RandomAccessibleInterval<FloatType> image)
	{
		final List<Normalization> maps = new ArrayList<>();
		for (int c = 0; c < image.dimension(3); c++)
			maps.add(of(intensity, Views.hyperSlice(image, 3, c)));
		return maps;
	}

	/** The whole image (X, Y, Z, C) as network input, computed where it is read. */
	public static RandomAccessibleInterval<FloatType> normalize(
		final RandomAccessibleInterval<FloatType> image, final Intensity intensity)
	{
		return normalize(image, ofChannels(intensity, image));
	}

	/** The same with a map for each channel. */
	public static RandomAccessibleInterval<FloatType> normalize(
		final RandomAccessibleInterval<FloatType> image, final List<Normalization> maps)
	{
		final List<RandomAccessibleInterval<FloatType>> normalized = new ArrayList<>();
		for (int c = 0; c < maps.size(); c++) {
			final Normalization map = maps.get(c);
			normalized.add(Converters.convert((RandomAccessibleInterval<FloatType>) Views.hyperSlice(image, 3,
				c), (in, out) -> out.set(map.apply(in.get())), new FloatType()));
		}
		return Views.stack(normalized);
	}
}
