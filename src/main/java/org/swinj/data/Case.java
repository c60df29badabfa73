package org.swinj.data;

import java.nio.file.Path;

/**
 * One labelled volume of a data set.
 *
 * @param id name without folder and extension, unique in the data set
 * @param image file of intensities
 * @param labels file of labels for the same voxels
 */
public record Case(String id, Path image, Path labels) {}
