package org.swinj.result;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import org.swinj.data.Volume;

/**
 * What the labels of one time point are measured on.
 *
 * @param image the source
 * @param confidence of each voxel's class, 0 to 1, axes X, Y, Z; {@code null} if it is not known
 */
public record SegmentedFrame(Volume image, RandomAccessibleInterval<FloatType> confidence) {}
