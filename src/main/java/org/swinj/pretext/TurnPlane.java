package org.swinj.pretext;

import org.swinj.data.Geometry;

/** In which plane crops are turned by multiples of 90°, to be told apart by the rotation task. */
public enum TurnPlane {

	/** The published code's, whatever the voxel size. */
	YZ(1, 2) {

		@Override
		public boolean suits(final Geometry geometry) {
			return true;
		}
	},

	/**
	 * The image plane, and only where its voxels are square: elsewhere blur and voxel size give the
	 * turn away.
	 */
	XY_IF_SQUARE(0, 1),

	/** For crops that are not square in the image plane. */
	XZ_IF_SQUARE(0, 2),

	/** For crops that are square in this plane only. */
	YZ_IF_SQUARE(1, 2);

	private static final double TOLERANCE = 0.1;

	private final int from;
	private final int to;

	TurnPlane(final int from, final int to) {
		this.from = from;
		this.to = to;
	}

	/** Whether turns in this plane say nothing but what the image shows. */
	public boolean suits(final Geometry geometry) {
		return Math.abs(geometry.spacing()[from] / geometry.spacing()[to] - 1) < TOLERANCE;
	}

	/** Whether a crop of this size (X, Y, Z) keeps its shape. */
	public boolean fits(final int[] size) {
		return size[from] == size[to];
	}

	/**
	 * An image turned from the first axis of the plane to the second, as {@code torch.rot90}.
	 *
	 * @param image C·Z·Y·X values, x fastest
	 * @param size edge lengths X, Y, Z
	 * @param quarters number of quarter turns, 0 to 3
	 */
	float[] turn(final float[] image, final int[] size, final int quarters) {
		if (quarters == 0) return image.clone();
		final int[] strides = { 1, size[0], size[0] * size[1] };
		final int channel = size[0] * size[1] * size[2];
		final int last = size[from] - 1;
		final int across = 3 - from - to;
		final float[] turned = new float[image.length];
		for (int base = 0; base < image.length; base += channel)
			for (int c = 0; c < size[across]; c++)
				for (int a = 0; a <= last; a++)
					for (int b = 0; b <= last; b++) {
						final int sourceA = quarters == 1 ? b : quarters == 2 ? last - a : last - b;
						final int sourceB = quarters == 1 ? last - a : quarters == 2 ? last - b : a;
						final int line = base + c * strides[across];
						turned[line + a * strides[from] + b * strides[to]] = image[line + sourceA * strides[from]
							+ sourceB * strides[to]];
					}
		return turned;
	}
}
