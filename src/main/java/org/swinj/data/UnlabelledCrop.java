package org.swinj.data;

/**
 * A box of an unlabelled volume.
 *
 * @param volume where it was taken
 * @param start first voxel along X, Y, Z; outside the volume where that is smaller than the box
 * @param size edge lengths X, Y, Z
 * @param image C·Z·Y·X normalised intensities, x fastest; 0 outside the volume
 */
public record UnlabelledCrop(UnlabelledVolume volume, int[] start, int[] size, float[] image) {

	/** The box of this size that begins elsewhere in the same volume. */
	public UnlabelledCrop movedTo(final int[] otherStart) {
		return new UnlabelledCrop(volume, otherStart, size, volume.read(otherStart, size));
	}

	/** 1 for voxels of the volume and 0 for those outside, x fastest; {@code null} if all are in. */
	public float[] inside() {
		boolean whole = true;
		for (int axis = 0; axis < 3; axis++)
			whole &= start[axis] >= 0 && start[axis] + size[axis] <= volume.size()[axis];
		if (whole) return null;
		final float[] inside = new float[size[0] * size[1] * size[2]];
		int i = 0;
		for (int z = 0; z < size[2]; z++)
			for (int y = 0; y < size[1]; y++)
				for (int x = 0; x < size[0]; x++)
					inside[i++] = volume.contains(start[0] + x, start[1] + y, start[2] + z) ? 1 : 0;
		return inside;
	}

	/** How much there is to see, compared with the whole volume; see {@link UnlabelledVolume}. */
	double content() {
		return volume.content(image, start, size);
	}
}
