package org.swinj.data;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws training examples: a crop around a voxel of a random class, or around any annotated voxel.
 * The n-th example is a pure function of the seed and n, whatever thread draws it.
 */
public final class CropSampler {

	private final List<TrainingVolume> volumes;
	private final int[] patch;
	private final int classes;
	private final double foreground;
	private final AugmentationSettings augmentation;
	private final long seed;

	/**
	 * @param patch edge lengths X, Y, Z of the crops
	 * @param classes number of classes including background
	 * @param foreground share of the examples centred on a voxel of a foreground class
	 */
	public CropSampler(final List<TrainingVolume> volumes, final int[] patch, final int classes,
		final double foreground, final AugmentationSettings augmentation, final long seed)
	{
		this.volumes = List.copyOf(volumes);
		this.patch = patch.clone();
		this.classes = classes;
		this.foreground = foreground;
		this.augmentation = augmentation;
		this.seed = seed;
	}

	/** The n-th example of this run. */
	public Crop draw(final long n) {
		final RandomGenerator random = Draws.of(seed, "crops", n);
		final TrainingVolume volume = volumes.get(random.nextInt(volumes.size()));
		final SpatialMap map = SpatialMap.draw(augmentation, volume.spacing(), random);
		final double[] centre = centre(volume, random);
		final int voxels = patch[0] * patch[1] * patch[2];
		final Crop crop = new Crop(new float[voxels * volume.channels()], new short[voxels], patch);
		new CropReader(volume, map, centre).fill(crop);
		IntensityAugmentation.apply(crop.image(), crop.channels(), augmentation.intensity(), random);
		return crop;
	}

	/** Voxel in the middle of the crop; moved so that the crop stays inside where it fits. */
	private double[] centre(final TrainingVolume volume, final RandomGenerator random) {
		final int[] voxel = random.nextDouble() < foreground ? foregroundVoxel(volume, random) : volume
			.randomAnnotatedVoxel(random);
		final double[] centre = new double[3];
		for (int axis = 0; axis < 3; axis++) {
			final boolean free = volume.size()[axis] > patch[axis];
			final int jitter = free ? random.nextInt(patch[axis] / 2 + 1) - patch[axis] / 4 : 0;
			centre[axis] = start(voxel[axis] + jitter, volume.size()[axis], patch[axis]) + (patch[axis]
				- 1) / 2.0;
		}
		return centre;
	}

	/**
	 * First voxel of a crop around a voxel, moved so that the crop stays inside. A volume smaller than
	 * the crop is padded on both sides, the odd voxel at the end, as sliding windows do it.
	 */
	static int start(final int voxel, final int size, final int patch) {
		if (size <= patch) return -((patch - size) / 2);
		return Math.max(0, Math.min(size - patch, voxel - patch / 2));
	}

	/** All classes present are equally likely, however small they are. */
	private int[] foregroundVoxel(final TrainingVolume volume, final RandomGenerator random) {
		final int[] present = new int[classes];
		int count = 0;
		for (int c = 1; c < classes; c++)
			if (volume.has(c)) present[count++] = c;
		if (count == 0) return volume.randomAnnotatedVoxel(random);
		return volume.randomVoxelOf(Arrays.copyOf(present, count)[random.nextInt(count)], random);
	}
}
