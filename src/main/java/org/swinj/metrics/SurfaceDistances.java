package org.swinj.metrics;

import java.util.Arrays;

import org.swinj.progress.Progress;

/**
 * The distances of every surface voxel of a predicted class to the surface of the reference and the
 * other way round, in the unit of the voxel size. Definitions are those of MONAI 1.4: surfaces are
 * voxels, distances run between voxel centres in float32.
 * <p>
 * If prediction and reference both lack the class, everything is NaN. If one of them lacks it, the
 * Hausdorff distance is infinite, the surface Dice is 0 and the others are NaN.
 */
public final class SurfaceDistances {

	private static final float[] NONE = {};
	private static final float[] UNREACHABLE = { Float.POSITIVE_INFINITY };

	private final float[] toReference; // ascending
	private final float[] toPrediction; // ascending

	private SurfaceDistances(final float[] toReference, final float[] toPrediction) {
		this.toReference = toReference;
		this.toPrediction = toPrediction;
	}

	/** Of a class that occurs in neither image. */
	static SurfaceDistances ofAbsentClass() {
		return new SurfaceDistances(NONE, NONE);
	}

	/**
	 * Between two surfaces in the same box.
	 *
	 * @param spacing voxel size along X, Y, Z, all positive
	 */
	static SurfaceDistances between(final Mask prediction, final Mask reference,
		final double[] spacing, final Progress progress)
	{
		if (spacing.length != 3 || !Arrays.stream(spacing).allMatch(s -> s > 0 && s < 1e30))
			throw new IllegalArgumentException("The voxel size needs three positive numbers, not " +
				Arrays.toString(spacing) + ".");
		final int predicted = prediction.count();
		final int referred = reference.count();
		if (predicted == 0 && referred == 0) return ofAbsentClass();
		if (predicted == 0 || referred == 0) return new SurfaceDistances(UNREACHABLE, UNREACHABLE);
		final float[] toReference = distances(prediction, predicted, DistanceTransform.squared(reference,
			spacing, progress));
		final float[] toPrediction = distances(reference, referred, DistanceTransform.squared(prediction,
			spacing, progress));
		return new SurfaceDistances(toReference, toPrediction);
	}

	/** Hausdorff distance: the largest of all distances. */
	public double hausdorff() {
		if (toReference.length == 0) return Double.NaN;
		return Math.max(toReference[toReference.length - 1], toPrediction[toPrediction.length - 1]);
	}

	/** The larger of the 95th percentiles of the two directions. */
	public double hausdorff95() {
		return hausdorff(95);
	}

	/**
	 * The larger of the percentiles of the two directions.
	 *
	 * @param percent from 0 to 100
	 */
	public double hausdorff(final double percent) {
		return Math.max(percentile(toReference, percent), percentile(toPrediction, percent));
	}

	/** Normalised surface Dice: share of all surface voxels within a tolerance of the other surface. */
	public double surfaceDice(final double tolerance) {
		return (double) (within(toReference, tolerance) + within(toPrediction, tolerance)) /
			((long) toReference.length + toPrediction.length);
	}

	/** Average symmetric surface distance: the mean over the surface voxels of both. */
	public double averageSymmetric() {
		final double mean = (sum(toReference) + sum(toPrediction)) / ((long) toReference.length +
			toPrediction.length);
		return Double.isInfinite(mean) ? Double.NaN : mean;
	}

	private static float[] distances(final Mask surface, final int count, final double[][] squared) {
		final float[] distances = new float[count];
		int next = 0;
		for (int z = 0; z < squared.length; z++)
			for (int i = 0; i < squared[z].length; i++)
				if (surface.planes()[z][i]) distances[next++] = (float) Math.sqrt(squared[z][i]);
		Arrays.parallelSort(distances);
		return distances;
	}

	/** Interpolates linearly between ranks, in float32 as torch.quantile does. */
	private static double percentile(final float[] sorted, final double percent) {
		if (sorted.length == 0) return Double.NaN;
		final float rank = (float) (percent / 100) * (sorted.length - 1);
		final int below = (int) rank;
		final int above = Math.min(below + 1, sorted.length - 1);
		final float weight = rank - below;
		final float step = sorted[above] - sorted[below];
		return weight < 0.5f ? sorted[below] + weight * step : sorted[above] - (1 - weight) * step;
	}

	private static int within(final float[] sorted, final double tolerance) {
		int count = 0;
		while (count < sorted.length && sorted[count] <= (float) tolerance)
			count++;
		return count;
	}

	private static double sum(final float[] values) {
		double sum = 0;
		for (final float value : values)
			sum += value;
		return sum;
	}
}
