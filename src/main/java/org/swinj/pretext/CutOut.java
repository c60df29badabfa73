package org.swinj.pretext;

/**
 * Replaces random boxes of images by noise, then by what other images of the batch have there, as
 * the published code's {@code aug_rand}. Boxes may overlap, and count twice where they do.
 */
final class CutOut {

	private static final double SHORTEST = 0.05; // edge of a box, relative to the image
	private static final double LONGEST = 0.25;
	private static final int SMALLEST_EDGE = 20; // of an image, so that a box has a voxel

	private final int[] size;
	private final double limit;

	/**
	 * @param size edge lengths X, Y, Z
	 * @param limit largest share of the voxels to replace, in each of the two passes
	 */
	CutOut(final int[] size, final double limit) {
		for (final int edge : size)
			if (edge < SMALLEST_EDGE) throw new IllegalArgumentException("Cut-out needs crops of at least "
				+ SMALLEST_EDGE + " voxels along each axis, not " + edge + ".");
		this.size = size.clone();
		this.limit = limit;
	}

	/** Spoils a batch in place; each image is C·Z·Y·X, x fastest. */
	void apply(final float[][] images, final CutOutDraws draws) {
		for (int i = 0; i < images.length; i++) {
			drop(images[i], null, draws);
			final int other = draws.integer(0, images.length);
			if (other != i) drop(images[i], images[other], draws);
		}
	}

	/** Fills boxes from another image, or with noise if that is {@code null}. */
	private void drop(final float[] image, final float[] other, final CutOutDraws draws) {
		final double wanted = draws.share(limit) * size[0] * size[1] * size[2];
		final int[] start = new int[3];
		final int[] length = new int[3];
		for (int dropped = 0; dropped < wanted; dropped += length[0] * length[1] * length[2]) {
			for (int axis = 0; axis < 3; axis++)
				start[axis] = draws.integer(0, size[axis] - shortest(axis));
			for (int axis = 0; axis < 3; axis++)
				length[axis] = Math.min(draws.integer(shortest(axis), (int) (LONGEST * size[axis])),
					size[axis] - start[axis]);
			if (other == null) noise(image, start, length, draws);
			else copy(image, other, start, length);
		}
	}

	private int shortest(final int axis) {
		return (int) (SHORTEST * size[axis]);
	}

	private void copy(final float[] image, final float[] other, final int[] start,
		final int[] length)
	{
		for (int c = 0; c < channels(image); c++)
			for (int z = 0; z < length[2]; z++)
				for (int y = 0; y < length[1]; y++) {
					final int row = index(c, start[0], start[1] + y, start[2] + z);
					System.arraycopy(other, row, image, row, length[0]);
				}
	}

	/** Normal noise, drawn with Z fastest, scaled so that the box goes from 0 to 1. */
	private void noise(final float[] image, final int[] start, final int[] length,
		final CutOutDraws draws)
	{
		float min = Float.POSITIVE_INFINITY;
		float max = Float.NEGATIVE_INFINITY;
		for (int c = 0; c < channels(image); c++)
			for (int x = 0; x < length[0]; x++)
				for (int y = 0; y < length[1]; y++)
					for (int z = 0; z < length[2]; z++) {
						final float value = draws.normal();
						image[index(c, start[0] + x, start[1] + y, start[2] + z)] = value;
						min = Math.min(min, value);
						max = Math.max(max, value);
					}
		// a box of one voxel has no range; the published code makes it NaN
		final float range = max > min ? max - min : 1;
		for (int c = 0; c < channels(image); c++)
			for (int z = 0; z < length[2]; z++)
				for (int y = 0; y < length[1]; y++) {
					final int row = index(c, start[0], start[1] + y, start[2] + z);
					for (int i = row; i < row + length[0]; i++)
						image[i] = (image[i] - min) / range;
				}
	}

	private int channels(final float[] image) {
		return image.length / (size[0] * size[1] * size[2]);
	}

	private int index(final int c, final int x, final int y, final int z) {
		return ((c * size[2] + z) * size[1] + y) * size[0] + x;
	}
}
