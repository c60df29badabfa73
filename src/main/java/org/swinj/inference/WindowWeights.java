package org.swinj.inference;

import java.util.Arrays;

/** How much each voxel of a window counts where windows overlap. */
public enum WindowWeights {

	/** All voxels count alike. */
	CONSTANT {

		@Override
		public float[] of(final int... window) {
			final float[] weights = new float[volume(window)];
			Arrays.fill(weights, 1);
			return weights;
		}
	},

	/**
	 * A Gaussian around the centre with σ = 0.125 × window length on each axis, nowhere below 0.001
	 * (MONAI {@code compute_importance_map}).
	 */
	GAUSSIAN {

		@Override
		public float[] of(final int... window) {
			float[] weights = { 1 };
			for (final int length : window)
				weights = outerProduct(weights, gaussian(length));
			float floor = Float.MAX_VALUE;
			for (final float weight : weights)
				floor = Math.min(floor, weight);
			floor = Math.max(floor, SMALLEST);
			for (int i = 0; i < weights.length; i++)
				weights[i] = Math.max(weights[i], floor);
			return weights;
		}
	};

	private static final double RELATIVE_SIGMA = 0.125;
	private static final float SMALLEST = 1e-3f;

	/**
	 * The weights of a window.
	 *
	 * @param window size, slowest axis first
	 * @return one weight per voxel, fastest axis last
	 */
	public abstract float[] of(int... window);

	private static float[] gaussian(final int length) {
		final double sigma = RELATIVE_SIGMA * length;
		final float[] line = new float[length];
		for (int i = 0; i < length; i++) {
			final double t = i - (length - 1) / 2.0;
			line[i] = (float) Math.exp(t * t / (-2 * sigma * sigma));
		}
		return line;
	}

	private static float[] outerProduct(final float[] slow, final float[] fast) {
		final float[] product = new float[Math.multiplyExact(slow.length, fast.length)];
		for (int i = 0; i < slow.length; i++)
			for (int j = 0; j < fast.length; j++)
				product[i * fast.length + j] = slow[i] * fast[j];
		return product;
	}

	private static int volume(final int[] window) {
		int volume = 1;
		for (final int length : window)
			volume = Math.multiplyExact(volume, length);
		return volume;
	}
}
