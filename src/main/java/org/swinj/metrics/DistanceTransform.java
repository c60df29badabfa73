package org.swinj.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/**
 * Exact Euclidean distance of every voxel to the nearest voxel of a set, one axis after the other by
 * lower envelopes of parabolas (Felzenszwalb and Huttenlocher, <em>Distance Transforms of Sampled
 * Functions</em>, 2012).
 */
public final class DistanceTransform {

	private DistanceTransform() {}

	/**
	 * Squared distances.
	 *
	 * @param sites the set; distances are infinite if it is empty
	 * @param spacing voxel size along X, Y, Z
	 * @return one array per plane, laid out like the planes of the mask
	 */
	public static double[][] squared(final Mask sites, final double[] spacing, final Progress progress) {
		final int width = sites.width();
		final int depth = sites.planes().length;
		final int height = sites.planes()[0].length / width;
		final double[][] squared = new double[depth][height * width];
		IntStream.range(0, depth).parallel().forEach(z -> {
			stopIfCancelled(progress);
			for (int y = 0; y < height; y++)
				alongX(sites.planes()[z], squared[z], y * width, (y + 1) * width, spacing[0]);
			final Envelope envelope = new Envelope(height, spacing[1]);
			for (int x = 0; x < width; x++) {
				for (int y = 0; y < height; y++)
					envelope.heights[y] = squared[z][y * width + x];
				envelope.lower();
				for (int y = 0; y < height; y++)
					squared[z][y * width + x] = envelope.result[y];
			}
		});
		IntStream.range(0, height).parallel().forEach(y -> {
			stopIfCancelled(progress);
			final Envelope envelope = new Envelope(depth, spacing[2]);
			for (int i = y * width; i < (y + 1) * width; i++) {
				for (int z = 0; z < depth; z++)
					envelope.heights[z] = squared[z][i];
				envelope.lower();
				for (int z = 0; z < depth; z++)
					squared[z][i] = envelope.result[z];
			}
		});
		progress.checkCancelled();
		return squared;
	}

	/** The caller's interruption is no matter of the worker threads. */
	private static void stopIfCancelled(final Progress progress) {
		if (progress.isCancelled()) throw new CancelledException();
	}

	private static void alongX(final boolean[] sites, final double[] squared, final int begin,
		final int end, final double spacing)
	{
		Arrays.fill(squared, begin, end, Double.POSITIVE_INFINITY);
		int last = -1;
		for (int i = begin; i < end; i++) {
			if (sites[i]) last = i;
			if (last >= 0) squared[i] = square((i - last) * spacing);
		}
		last = -1;
		for (int i = end - 1; i >= begin; i--) {
			if (sites[i]) last = i;
			if (last >= 0) squared[i] = Math.min(squared[i], square((last - i) * spacing));
		}
	}

	private static double square(final double length) {
		return length * length;
	}

	/** The lower envelope of parabolas that stand on a line, one on every sample. */
	private static final class Envelope {

		private final double spacing;
		private final double[] heights; // in: where each parabola's apex lies
		private final double[] result; // out: the envelope at each sample
		private final int[] apex; // samples whose parabolas form the envelope, ascending
		private final double[] from; // where on the line each of them takes over

		private Envelope(final int length, final double spacing) {
			this.spacing = spacing;
			heights = new double[length];
			result = new double[length];
			apex = new int[length];
			from = new double[length];
		}

		private void lower() {
			int last = -1;
			for (int q = 0; q < heights.length; q++) {
				if (heights[q] == Double.POSITIVE_INFINITY) continue;
				double meeting = Double.NEGATIVE_INFINITY;
				while (last >= 0) {
					meeting = meeting(apex[last], q);
					if (meeting > from[last]) break;
					last--;
					meeting = Double.NEGATIVE_INFINITY;
				}
				last++;
				apex[last] = q;
				from[last] = meeting;
			}
			if (last < 0) {
				Arrays.fill(result, Double.POSITIVE_INFINITY);
				return;
			}
			int k = 0;
			for (int q = 0; q < result.length; q++) {
				while (k < last && from[k + 1] < q * spacing)
					k++;
				result[q] = square((q - apex[k]) * spacing) + heights[apex[k]];
			}
		}

		private double meeting(final int p, final int q) {
			final double left = p * spacing;
			final double right = q * spacing;
			return (heights[q] + right * right - heights[p] - left * left) / (2 * (right - left));
		}
	}
}
