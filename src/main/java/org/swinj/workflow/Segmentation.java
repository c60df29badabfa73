package org.swinj.workflow;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * What a model found in one volume, on the voxel grid of that volume.
 *
 * @param labels label value of each voxel, axes X, Y, Z
 * @param probabilities of each class, axes X, Y, Z and class; {@code null} unless asked for
 * @param confidence probability of each voxel's class, axes X, Y, Z; {@code null} unless asked for
 */
public record Segmentation(RandomAccessibleInterval<UnsignedShortType> labels,
	RandomAccessibleInterval<FloatType> probabilities,
	RandomAccessibleInterval<FloatType> confidence)
{}
