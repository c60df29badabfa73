package org.swinj.result;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Size, place, intensities and confidence of one class at one time point, with the conventions of
 * MorphoLibJ.
 *
 * @param frame time point, from 1
 * @param labelClass the class
 * @param voxels number of voxels
 * @param volume voxels times the size of one, in {@code unit}³
 * @param surfaceArea Crofton formula with 13 directions, in {@code unit}²
 * @param centroid mean voxel index times voxel size along X, Y, Z; NaN for an absent class
 * @param boxMin lower corner of the bounding box, in {@code unit}; NaN for an absent class
 * @param boxMax upper corner, at the far side of the last voxel
 * @param intensities of each channel of the source, empty without source
 * @param confidence mean probability of the class that won; NaN for an absent class, empty if it is
 *          not known
 * @param unit length unit
 */
public record Measurement(int frame, LabelClass labelClass, long voxels, double volume,
	double surfaceArea, double[] centroid, double[] boxMin, double[] boxMax,
	List<IntensityStatistics> intensities, OptionalDouble confidence, String unit)
{}
