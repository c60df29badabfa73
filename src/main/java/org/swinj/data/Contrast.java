package org.swinj.data;

import java.util.Locale;
import java.util.SplittableRandom;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/** Tells when the voxels of a volume show nothing, or nothing beside a few extreme values. */
public final class Contrast {

	private static final int SAMPLE = 20_000;
	private static final double LOW = 0.5, HIGH = 99.5; // percentiles

	/** Values are extreme so many times the range of 99 % of the voxels away from them. */
	private static final double EXTREME = 100;

	/** At most one voxel in so many is extreme; more are a bright structure. */
	private static final long RARE = 10_000;

	private final Volume volume;
	private final Intensity intensity;
	private final Progress progress;

	private Contrast(final Volume volume, final Intensity intensity, final Progress progress) {
		this.volume = volume;
		this.intensity = intensity;
		this.progress = progress;
	}

	/**
	 * Warns of every channel that is constant, and of every one with few extreme values if it is to be
	 * scaled by its deviation.
	 */
	public static void check(final Volume volume, final Intensity intensity,
		final Progress progress)
	{
		for (int c = 0; c < volume.channels(); c++) {
			final String warning = new Contrast(volume, intensity, progress).warning(c);
			if (warning != null) progress.warn(warning);
		}
	}

	private String warning(final int number) {
		final RandomAccessibleInterval<FloatType> channel = Views.hyperSlice(volume.image(), 3, number);
		final VoxelSample sample = new VoxelSample(SAMPLE, new SplittableRandom(1));
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (final FloatType voxel : Views.flatIterable(channel)) {
			final float value = voxel.get();
			min = Math.min(min, value);
			max = Math.max(max, value);
			sample.offer(value);
			if ((sample.offered() & 0x3fffff) == 0) progress.checkCancelled();
		}
		final String what = (volume.channels() == 1 ? "Volume" : "Channel " + (number + 1) +
			" of volume") + " \"" + volume.name() + "\" ";
		if (min == max) return what + "shows nothing: all its voxels have the value " + min + ".";
		if (intensity.scheme() != Intensity.Scheme.ZSCORE) return null;
		final float[] sorted = sample.sorted();
		final double low = VoxelSample.percentile(sorted, LOW);
		final double high = VoxelSample.percentile(sorted, HIGH);
		final double far = EXTREME * (high - low);
		if (!(far > 0) || min >= low - far && max <= high + far) return null;
		long extreme = 0;
		for (final FloatType voxel : Views.flatIterable(channel))
			if (voxel.get() < low - far || voxel.get() > high + far) extreme++;
		return extreme > Math.max(1, sample.offered() / RARE) ? null : String.format(Locale.ROOT,
			"%shas %d of %d voxels with extreme values, from %.4g to %.4g, beside which nothing else is " +
				"seen: clip them first, as 99 %% of all lie between %.4g and %.4g.", what, extreme, sample
					.offered(), min, max, low, high);
	}
}
