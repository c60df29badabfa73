package org.swinj.data;

/**
 * How strongly training examples are varied. Probabilities are per example.
 *
 * @param flip probability of mirroring each axis, X, Y, Z
 * @param turn probability of a turn by a multiple of 90° in the plane of X and Y
 * @param rotate probability of a small rotation
 * @param maxDegrees largest small rotation
 * @param scale probability of a change of size
 * @param maxScale largest relative change of size
 * @param intensity probability of each change of brightness, contrast, gamma and noise
 * @param isotropic whether the voxels are about as long as wide; if not, rotation and scaling stay in
 *          the plane of X and Y
 */
public record AugmentationSettings(double[] flip, double turn, double rotate, double maxDegrees,
	double scale, double maxScale, double intensity, boolean isotropic)
{

	private static final double ISOTROPIC_RATIO = 2;

	/**
	 * The recommended strength.
	 *
	 * @param spacing voxel size along X, Y, Z
	 * @param oriented whether X, Y, Z are the same directions in all volumes, as in medical images
	 * @param twins along which axes classes change places in a mirror image
	 */
	public static AugmentationSettings of(final double[] spacing, final boolean oriented,
		final boolean[] twins)
	{
		final double min = Math.min(spacing[0], Math.min(spacing[1], spacing[2]));
		final double max = Math.max(spacing[0], Math.max(spacing[1], spacing[2]));
		final boolean square = Math.abs(spacing[0] / spacing[1] - 1) < 0.1;
		final double[] flip = new double[3];
		for (int axis = 0; axis < 3; axis++)
			flip[axis] = twins[axis] ? 0 : oriented ? 0.2 : 0.5;
		final boolean turns = !oriented && square && !twins[0] && !twins[1];
		return new AugmentationSettings(flip, turns ? 0.5 : 0, 0.4, 15, 0.4, 0.2, 0.25, max / min
			< ISOTROPIC_RATIO);
	}

	/** Examples as they are. */
	public static AugmentationSettings none() {
		return new AugmentationSettings(new double[3], 0, 0, 0, 0, 0, 0, true);
	}
}
