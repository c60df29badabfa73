package org.swinj.data;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Which order and directions of the voxel axes come closest to RAS: X to the right, Y to the front,
 * Z to the top. Volumes are turned by exchanging and flipping axes only, without interpolation
 * (MONAI's Orientationd with axcodes RAS).
 *
 * @param axes axes[i] is the voxel axis that runs along world axis i
 * @param flipped flipped[i] tells whether that axis runs against it
 */
public record Orientation(int[] axes, boolean[] flipped) {

	private static final int[][] ORDERS = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0,
		1 }, { 2, 1, 0 } };

	/** The orientation whose axes deviate least from those of an affine. */
	public static Orientation of(final double[][] affine) {
		final double[] length = Affine.spacing(affine);
		int[] best = null;
		double most = Double.NEGATIVE_INFINITY;
		for (final int[] order : ORDERS) {
			double along = 0;
			for (int i = 0; i < 3; i++)
				along += Math.abs(affine[i][order[i]]) / length[order[i]];
			if (along > most + 1e-9) {
				most = along;
				best = order;
			}
		}
		final boolean[] flipped = new boolean[3];
		for (int i = 0; i < 3; i++)
			flipped[i] = affine[i][best[i]] < 0;
		return new Orientation(best.clone(), flipped);
	}

	/**
	 * A lazy view of a volume with its axes in RAS order; world coordinates of voxels stay the same. A
	 * volume without affine, or in this order, is returned as it is.
	 */
	public static Volume toRas(final Volume volume) {
		if (!volume.geometry().isOriented()) return volume;
		final Orientation orientation = of(volume.geometry().affine());
		if (orientation.isRas()) return volume;
		return new Volume(volume.name(), orientation.turn(volume.image()), orientation.turn(volume
			.geometry(), volume.size()));
	}

	/**
	 * The way back: a lazy view of labels made for {@code toRas(original)} with the axes and the
	 * geometry of {@code original}.
	 */
	public static Volume fromRas(final Volume labelsInRas, final Volume original) {
		final Geometry geometry = original.geometry();
		if (!geometry.isOriented()) return labelsInRas;
		return new Volume(labelsInRas.name(), of(geometry.affine()).turnBack(labelsInRas.image()),
			geometry);
	}

	private boolean isRas() {
		return Arrays.equals(axes, new int[] { 0, 1, 2 }) && !flipped[0] && !flipped[1] && !flipped[2];
	}

	private RandomAccessibleInterval<FloatType> turn(final RandomAccessibleInterval<FloatType> image) {
		RandomAccessibleInterval<FloatType> view = image;
		final int[] at = { 0, 1, 2 }; // which voxel axis is where
		for (int i = 0; i < 3; i++) {
			int j = i;
			while (at[j] != axes[i])
				j++;
			if (j == i) continue;
			view = Views.permute(view, i, j);
			at[j] = at[i];
			at[i] = axes[i];
		}
		return flip(view);
	}

	/**
	 * A lazy view of an image in RAS order (X, Y, Z and more axes) with the axes of the volume that
	 * this is the orientation of.
	 */
	public <T> RandomAccessibleInterval<T> turnBack(final RandomAccessibleInterval<T> image) {
		RandomAccessibleInterval<T> view = flip(image);
		final int[] at = axes.clone();
		for (int i = 0; i < 3; i++) {
			int j = i;
			while (at[j] != i)
				j++;
			if (j == i) continue;
			view = Views.permute(view, i, j);
			at[j] = at[i];
			at[i] = i;
		}
		return view;
	}

	private <T> RandomAccessibleInterval<T> flip(final RandomAccessibleInterval<T> image) {
		RandomAccessibleInterval<T> view = image;
		for (int i = 0; i < 3; i++)
			if (flipped[i]) view = Views.zeroMin(Views.invertAxis(view, i));
		return view;
	}

	private Geometry turn(final Geometry geometry, final long[] size) {
		final double[][] toOriginal = new double[4][4]; // index in the view to index in the volume
		final double[] spacing = new double[3];
		for (int i = 0; i < 3; i++) {
			toOriginal[axes[i]][i] = flipped[i] ? -1 : 1;
			if (flipped[i]) toOriginal[axes[i]][3] = size[axes[i]] - 1;
			spacing[i] = geometry.spacing()[axes[i]];
		}
		toOriginal[3][3] = 1;
		return new Geometry(spacing, geometry.unit(), Affine.multiply(geometry.affine(), toOriginal));
	}
}
