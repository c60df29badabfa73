package org.swinj.data;

/** How values between voxels are found. The border voxels continue outwards. */
public enum Interpolation {

	/** The nearest voxel; half-way between two the one with the even index. For labels. */
	NEAREST(1),

	/** The value with the largest sum of trilinear weights, the smallest of equals. For labels. */
	VOTE(2),

	/** Trilinear, exactly as MONAI's Spacing. For images. */
	LINEAR(2),

	/**
	 * Cubic convolution (Keys 1981, a = -1/2), sharper than linear, but nearest along an axis whose
	 * voxels are more than three times as long as those of both others: what lies between thick
	 * slices is not in the data. For images.
	 */
	CUBIC(4);

	private final int taps;

	Interpolation(final int taps) {
		this.taps = taps;
	}

	/** How many voxels of an axis a value depends on. */
	int taps() {
		return taps;
	}

	/**
	 * Finds the voxels of an axis and their weights.
	 *
	 * @param position in voxels
	 * @param length voxels of the axis
	 * @param indices receives {@link #taps()} voxels from {@code at} on
	 * @param weights receives their weights, whose sum is 1
	 */
	void find(final double position, final int length, final int[] indices, final double[] weights,
		final int at)
	{
		final double inside = Math.max(0, Math.min(length - 1, position));
		if (this == NEAREST) {
			indices[at] = (int) Math.rint(inside);
			weights[at] = 1;
			return;
		}
		final int below = (int) inside;
		final double t = inside - below;
		final int first = this == CUBIC ? below - 1 : below;
		for (int k = 0; k < taps; k++)
			indices[at + k] = Math.max(0, Math.min(length - 1, first + k));
		if (this == CUBIC) {
			weights[at] = t * (-0.5 + t * (1 - 0.5 * t));
			weights[at + 1] = 1 + t * t * (-2.5 + 1.5 * t);
			weights[at + 2] = t * (0.5 + t * (2 - 1.5 * t));
			weights[at + 3] = t * t * (-0.5 + 0.5 * t);
		}
		else {
			weights[at] = 1 - t;
			weights[at + 1] = t;
		}
	}
}
