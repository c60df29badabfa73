package org.swinj.result;

/** Brings planes to another size by convolution with cubic kernels. */
final class PlaneScaler {

	private static final int TAPS = 4;
	/** Just so much that a single voxel, which has 4/9 of the pixel at its centre, is seen. */
	private static final float MOST_BACKGROUND = 0.6f;

	private final Axis across;
	private final Axis down;

	/** @param across columns, @param down rows */
	PlaneScaler(final Axis across, final Axis down) {
		this.across = across;
		this.down = down;
	}

	/** The same plane in the new size; values may overshoot a little. */
	float[] scale(final float[] plane) {
		final float[] narrow = new float[across.to * down.from];
		for (int y = 0; y < down.from; y++)
			for (int x = 0; x < across.to; x++)
				for (int i = 0; i < TAPS; i++)
					narrow[y * across.to + x] += across.weight[x][i] * plane[y * across.from +
						across.index[x][i]];
		final float[] scaled = new float[across.to * down.to];
		for (int y = 0; y < down.to; y++)
			for (int i = 0; i < TAPS; i++)
				for (int x = 0; x < across.to; x++)
					scaled[y * across.to + x] += down.weight[y][i] * narrow[down.index[y][i] * across.to + x];
		return scaled;
	}

	/** Labels in the new size, with smooth outlines: at each place the one with most weight. */
	short[] scale(final short[] plane) {
		final short[] scaled = new short[across.to * down.to];
		for (int y = 0; y < down.to; y++) {
			boolean uniform = false;
			for (int x = 0; x < across.to; x++) {
				// many pixels are made of the same voxels, and most of those are of one label
				if (x == 0 || across.index[x] != across.index[x - 1]) uniform = isUniform(plane, x, y);
				scaled[y * across.to + x] = uniform ? plane[down.index[y][0] * across.from +
					across.index[x][0]] : heaviest(plane, x, y);
			}
		}
		return scaled;
	}

	private boolean isUniform(final short[] plane, final int x, final int y) {
		final short label = plane[down.index[y][0] * across.from + across.index[x][0]];
		for (final int row : down.index[y])
			for (final int column : across.index[x])
				if (plane[row * across.from + column] != label) return false;
		return true;
	}

	private short heaviest(final short[] plane, final int x, final int y) {
		if (weight(plane, (short) 0, x, y) > MOST_BACKGROUND) return 0;
		short heaviest = 0;
		float most = 0;
		for (int i = 0; i < TAPS * TAPS; i++) {
			final short label = plane[down.index[y][i / TAPS] * across.from + across.index[x][i % TAPS]];
			if (label == 0 || label == heaviest) continue;
			final float weight = weight(plane, label, x, y);
			if (weight <= most) continue;
			most = weight;
			heaviest = label;
		}
		return heaviest;
	}

	/** How much of a pixel, from 0 to 1, is made of voxels with this label. */
	private float weight(final short[] plane, final short label, final int x, final int y) {
		float weight = 0;
		for (int j = 0; j < TAPS; j++) {
			final int row = down.index[y][j] * across.from;
			for (int i = 0; i < TAPS; i++)
				if (plane[row + across.index[x][i]] == label) weight += down.weight[y][j] *
					across.weight[x][i];
		}
		return weight;
	}

	/** How much voxels count by their distance. */
	enum Kernel {

		/** Leaves the value at the centre of a voxel as it is (Keys 1981). */
		CUBIC {

			@Override
			double at(final double d) {
				if (d >= 1) return ((-0.5 * d + 2.5) * d - 4) * d + 2;
				return (1.5 * d - 2.5) * d * d + 1;
			}
		},

		/** B-spline: rounds everything a little. */
		SPLINE {

			@Override
			double at(final double d) {
				if (d >= 1) return (2 - d) * (2 - d) * (2 - d) / 6;
				return (0.5 * d - 1) * d * d + 2 / 3.0;
			}
		};

		/** @param d distance in voxels, below 2 */
		abstract double at(double d);
	}

	/** One direction: from which voxels each pixel is made. */
	static final class Axis {

		private final int from;
		private final int to;
		private final int[][] index; // the same array for neighbours made of the same voxels
		private final float[][] weight;

		/**
		 * @param from voxels
		 * @param to pixels
		 * @param reversed whether the last voxel comes first
		 */
		Axis(final Kernel kernel, final int from, final int to, final boolean reversed) {
			this.from = from;
			this.to = to;
			index = new int[to][];
			weight = new float[to][TAPS];
			int last = -2;
			for (int pixel = 0; pixel < to; pixel++) {
				final double position = (pixel + 0.5) * from / to - 0.5;
				final int before = (int) Math.floor(position);
				index[pixel] = before == last ? index[pixel - 1] : voxels(before, reversed);
				last = before;
				for (int i = 0; i < TAPS; i++)
					weight[pixel][i] = (float) kernel.at(Math.abs(position - (before - 1 + i)));
			}
		}

		/** The voxels around a position; the outermost ones stand for those outside. */
		private int[] voxels(final int before, final boolean reversed) {
			final int[] voxels = new int[TAPS];
			for (int i = 0; i < TAPS; i++) {
				final int voxel = Math.max(0, Math.min(from - 1, before - 1 + i));
				voxels[i] = reversed ? from - 1 - voxel : voxel;
			}
			return voxels;
		}
	}
}
