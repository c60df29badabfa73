package org.swinj.pretext;

import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.swinj.data.CropChoice;
import org.swinj.data.Geometry;
import org.swinj.data.Intensity;
import org.swinj.data.UnlabelledSampler;
import org.swinj.data.UnlabelledSource;
import org.swinj.data.UnlabelledVolume;
import org.swinj.data.Volume;
import org.swinj.progress.Progress;

/** Small unlabelled volumes in memory. */
public final class Unlabelled {

	private Unlabelled() {}

	/** Volumes that are always at hand. */
	public record Source(List<UnlabelledVolume> volumes) implements UnlabelledSource {

		@Override
		public int count() {
			return volumes.size();
		}

		@Override
		public UnlabelledVolume open(final int index) {
			return volumes.get(index);
		}
	}

	/** Bright blobs on a dark, slightly noisy background. */
	public static UnlabelledVolume blobs(final long seed, final Geometry geometry,
		final int... size)
	{
		final Random random = new Random(seed);
		final float[] values = new float[size[0] * size[1] * size[2]];
		for (int i = 0; i < values.length; i++)
			values[i] = 100 + 2 * (float) random.nextGaussian();
		for (int blob = 0; blob < Math.max(1, values.length / 1500); blob++) {
			final int[] centre = { random.nextInt(size[0]), random.nextInt(size[1]), random.nextInt(
				size[2]) };
			final double radius = 2 + 3 * random.nextDouble();
			for (int i = 0; i < values.length; i++) {
				final int x = i % size[0] - centre[0];
				final int y = i / size[0] % size[1] - centre[1];
				final int z = i / (size[0] * size[1]) - centre[2];
				if (x * x + y * y + z * z < radius * radius) values[i] += 50;
			}
		}
		return volume(values, geometry, size);
	}

	/** One channel of these values, x fastest, scaled by its own mean and deviation. */
	public static UnlabelledVolume volume(final float[] values, final Geometry geometry,
		final int... size)
	{
		return new UnlabelledVolume(new Volume("test", ArrayImgs.floats(values, size[0], size[1],
			size[2], 1), geometry), Intensity.zScore());
	}

	/** Crops of these volumes, taken anywhere. */
	public static UnlabelledSampler sampler(final int[] patch, final long seed,
		final UnlabelledVolume... volumes)
	{
		return new UnlabelledSampler(new Source(List.of(volumes)), new CropChoice(false, 0, 0), patch, 1,
			seed, Progress.silent());
	}

	/** Cubic voxels of an unknown size. */
	public static Geometry cubic() {
		return Geometry.unknown();
	}
}
