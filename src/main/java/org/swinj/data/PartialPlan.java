package org.swinj.data;

import java.io.IOException;

/**
 * What is settled of a training; {@code null} stands for what the data shall decide.
 *
 * @param spacing voxel size along X, Y, Z that volumes are brought to, in {@code unit}
 * @param unit length unit of the voxel size; {@code pixel} if volumes keep the voxels they have;
 *          null for the unit of the volumes
 * @param intensity how intensities are normalised
 * @param patch edge lengths X, Y, Z of training crops, multiples of 32
 * @param featureSize channels of the patch embedding, a multiple of 12
 * @param window edge of an attention window in tokens
 * @param batch crops in a step
 * @param foreground share of the crops centred on a foreground class
 * @param mirror along which of X, Y, Z examples may be mirrored
 * @param rate peak learning rate
 * @param steps optimiser steps; 0 for as many as the time allows
 * @param minutes time budget; 0 for as long as the steps take
 */
public record PartialPlan(double[] spacing, String unit, Intensity intensity, int[] patch,
	Integer featureSize, Integer window, Integer batch, Double foreground, boolean[] mirror,
	Double rate, Integer steps, Double minutes)
{

	/** Nothing is settled. */
	public static PartialPlan none() {
		return new PartialPlan(null, null, null, null, null, null, null, null, null, null, null, null);
	}

	/** Whether volumes keep the voxels they have. */
	public boolean keepsVoxels() {
		return unit != null && LengthUnit.of(unit) == LengthUnit.PIXEL;
	}

	/**
	 * The voxel size in another unit.
	 *
	 * @return along X, Y, Z; {@code null} if none is settled
	 * @throws FormatException if one of the units is no length
	 */
	public double[] spacingIn(final String other) throws IOException {
		if (spacing == null || unit == null || unit.equals(other)) return spacing;
		final double factor = LengthUnit.factor(unit, other);
		if (!(factor > 0)) throw new FormatException("The plan has a voxel size in " + unit
			+ ", but the volumes have theirs in " + other + ": one is not known in the other.");
		final double[] converted = new double[3];
		for (int axis = 0; axis < 3; axis++)
			converted[axis] = spacing[axis] * factor;
		return converted;
	}
}
