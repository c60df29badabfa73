package org.swinj.data;

import java.util.Arrays;

import net.imglib2.Cursor;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Numbered objects as one class that still tells them apart: where two of them touch, over faces,
 * edges or corners, the voxels of both become background, and along an axis of large voxels those of one.
 */
final class ObjectGaps {

	/** An axis whose voxels are this many times larger than the smallest has large voxels. */
	private static final double LARGE = 2;

	private final int width;
	private final int height;
	private final int depth;
	private final int ignore;
	private final boolean[] large = new boolean[3];
	private final int[][] planes = new int[3][]; // below, this, above

	private ObjectGaps(final Volume labels, final int ignore) {
		width = (int) labels.size()[0];
		height = (int) labels.size()[1];
		depth = (int) labels.size()[2];
		this.ignore = ignore;
		final double[] spacing = labels.geometry().spacing();
		final double least = Arrays.stream(spacing).min().orElseThrow();
		for (int axis = 0; axis < 3; axis++)
			large[axis] = spacing[axis] > LARGE * least;
	}

	/**
	 * 1 in objects, 0 outside and between those that touch.
	 *
	 * @param labels the number of the object in each of its voxels, else 0
	 * @param ignore value that is no object and stays as it is, -1 for none
	 */
	static Volume of(final Volume labels, final int ignore) {
		return labels.withImage(new ObjectGaps(labels, ignore).image(labels));
	}

	private PlanarImg<FloatType, FloatArray> image(final Volume labels) {
		final PlanarImg<FloatType, FloatArray> image = PlanarImgs.floats(width, height, depth, 1);
		final Cursor<FloatType> voxels = Views.flatIterable(labels.image()).cursor();
		planes[2] = next(voxels);
		for (int z = 0; z < depth; z++) {
			planes[0] = planes[1];
			planes[1] = planes[2];
			planes[2] = z + 1 < depth ? next(voxels) : null;
			final float[] out = image.getPlane(z).getCurrentStorageArray();
			for (int i = 0; i < out.length; i++) {
				final int number = planes[1][i];
				out[i] = number == 0 || number == ignore ? number : touches(number, i % width, i / width) ? 0 : 1;
			}
		}
		return image;
	}

	private int[] next(final Cursor<FloatType> voxels) {
		final int[] plane = new int[width * height];
		for (int i = 0; i < plane.length; i++)
			plane[i] = (int) voxels.next().get();
		return plane;
	}

	/** Whether a neighbour is of another object, which along large voxels must be of a smaller number. */
	private boolean touches(final int number, final int x, final int y) {
		for (int dz = -1; dz <= 1; dz++) {
			if (planes[1 + dz] == null) continue;
			for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
				for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
					final int other = planes[1 + dz][ny * width + nx];
					if (other == number || other == 0 || other == ignore) continue;
					final boolean one = large[0] && nx != x || large[1] && ny != y || large[2] && dz != 0;
					if (!one || other < number) return true;
				}
		}
		return false;
	}
}
