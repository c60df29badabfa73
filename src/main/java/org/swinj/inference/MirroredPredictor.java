package org.swinj.inference;

import java.io.IOException;
import java.util.Arrays;

/**
 * The mean prediction of a window and of its mirror images (test-time augmentation): up to eight times the
 * work for a little more accuracy. Along axes along which a model saw mirrored examples in training.
 */
public final class MirroredPredictor implements WindowPredictor {

	private static final int MIRRORS = 8; // a bit for each axis

	private final WindowPredictor predictor;
	private final int[] size;
	private final int allowed; // a bit for each axis

	/**
	 * @param size edge lengths X, Y, Z of a window
	 * @param along which of X, Y, Z windows are mirrored
	 */
	public MirroredPredictor(final WindowPredictor predictor, final int[] size, final boolean[] along) {
		this.predictor = predictor;
		this.size = size.clone();
		int bits = 0;
		for (int axis = 0; axis < along.length; axis++)
			if (along[axis]) bits |= 1 << axis;
		allowed = bits;
	}

	/** How many predictions are averaged. */
	public static int predictions(final boolean[] along) {
		int count = 1;
		for (final boolean each : along)
			if (each) count *= 2;
		return count;
	}

	@Override
	public float[][] predict(final float[][] windows) throws IOException {
		final float[][] sums = predictor.predict(windows).clone();
		Arrays.setAll(sums, i -> sums[i].clone());
		final float[][] mirrored = new float[windows.length][windows[0].length];
		int count = 1;
		for (int axes = 1; axes < MIRRORS; axes++) {
			if ((axes & ~allowed) != 0) continue;
			count++;
			for (int i = 0; i < windows.length; i++)
				mirror(windows[i], mirrored[i], axes, false);
			final float[][] logits = predictor.predict(mirrored);
			for (int i = 0; i < windows.length; i++)
				mirror(logits[i], sums[i], axes, true);
		}
		for (final float[] sum : sums)
			for (int i = 0; i < sum.length; i++)
				sum[i] /= count;
		return sums;
	}

	/** Writes or adds the mirror image of all channels of one array to another. */
	private void mirror(final float[] from, final float[] to, final int axes, final boolean add) {
		final int[] last = { size[0] - 1, size[1] - 1, size[2] - 1 };
		final int voxels = size[0] * size[1] * size[2];
		int i = 0;
		for (int channel = 0; channel < from.length; channel += voxels)
			for (int z = 0; z <= last[2]; z++)
				for (int y = 0; y <= last[1]; y++) {
					final int row = channel + ((mirrored(axes, 2) ? last[2] - z : z) * size[1] + (mirrored(axes, 1)
						? last[1] - y : y)) * size[0];
					for (int x = 0; x <= last[0]; x++, i++) {
						final float value = from[row + (mirrored(axes, 0) ? last[0] - x : x)];
						to[i] = add ? to[i] + value : value;
					}
				}
	}

	private static boolean mirrored(final int axes, final int axis) {
		return (axes >> axis & 1) != 0;
	}
}
