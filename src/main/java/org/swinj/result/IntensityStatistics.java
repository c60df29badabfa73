package org.swinj.result;

/**
 * Intensities of the voxels of a class in one channel; NaN where there is no voxel.
 *
 * @param mean arithmetic mean
 * @param stdDev standard deviation of the population: the root of the mean squared difference
 * @param max largest
 * @param min smallest
 */
public record IntensityStatistics(double mean, double stdDev, double max, double min) {}
