package org.swinj.data;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A 3D image with its place in space. Label volumes are volumes too: one channel of whole numbers.
 *
 * @param name base name of the source, without folder and extension
 * @param image intensities with axes X, Y, Z, C (always four), zero-min; may be lazy
 * @param geometry voxel size and orientation
 */
public record Volume(String name, RandomAccessibleInterval<FloatType> image, Geometry geometry) {

	public Volume {
		if (image.numDimensions() != 4) throw new IllegalArgumentException("Volume \"" + name
			+ "\" has " + image.numDimensions() + " axes instead of X, Y, Z and channel.");
	}

	/** Voxels along X, Y, Z. */
	public long[] size() {
		return new long[] { image.dimension(0), image.dimension(1), image.dimension(2) };
	}

	/** Number of channels. */
	public int channels() {
		return (int) image.dimension(3);
	}

	/** The same voxels under another name. */
	public Volume withName(final String newName) {
		return new Volume(newName, image, geometry);
	}

	/** Other voxels at the same place, for instance the labels predicted for this volume. */
	public Volume withImage(final RandomAccessibleInterval<FloatType> other) {
		return new Volume(name, other, geometry);
	}
}
