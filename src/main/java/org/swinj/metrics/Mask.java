package org.swinj.metrics;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * A set of voxels in a box.
 *
 * @param planes one array (Y × X, X fastest) per plane along Z
 * @param width voxels along X
 */
public record Mask(boolean[][] planes, int width) {

	/** The voxels of a label inside a box of an image with axes X, Y, Z. */
	static <T extends RealType<T>> Mask of(final RandomAccessibleInterval<T> labels, final int label,
		final Box box)
	{
		final int width = box.size(0);
		final int height = box.size(1);
		final boolean[][] planes = new boolean[box.size(2)][Math.multiplyExact(width, height)];
		final RandomAccess<T> access = labels.randomAccess();
		for (int z = 0; z < planes.length; z++) {
			for (int y = 0; y < height; y++) {
				access.setPosition(new int[] { box.min(0), box.min(1) + y, box.min(2) + z });
				for (int x = 0; x < width; x++) {
					planes[z][y * width + x] = access.get().getRealDouble() == label;
					access.fwd(0);
				}
			}
		}
		return new Mask(planes, width);
	}

	/**
	 * The voxels with a face neighbour outside the set; what lies outside the box is outside the set
	 * (MONAI {@code get_mask_edges}: the set without its erosion).
	 */
	Mask surface() {
		final boolean[][] surface = new boolean[planes.length][planes[0].length];
		for (int z = 0; z < planes.length; z++)
			for (int i = 0; i < planes[z].length; i++)
				surface[z][i] = planes[z][i] && !isInside(z, i);
		return new Mask(surface, width);
	}

	int count() {
		int count = 0;
		for (final boolean[] plane : planes)
			for (final boolean set : plane)
				if (set) count++;
		return count;
	}

	private boolean isInside(final int z, final int i) {
		final boolean[] plane = planes[z];
		final int x = i % width;
		return x > 0 && x < width - 1 && i >= width && i < plane.length - width && z > 0 &&
			z < planes.length - 1 && plane[i - 1] && plane[i + 1] && plane[i - width] && plane[i + width] &&
			planes[z - 1][i] && planes[z + 1][i];
	}
}
