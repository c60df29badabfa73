package org.swinj.training;

/**
 * A crop and what the network makes of it; values of the first channel as the network sees them, x
 * fastest.
 *
 * @param size voxels along X, Y, Z
 * @param image the crop
 * @param masked what the network saw of it
 * @param rebuilt what it made of that
 */
public record PretextPreview(int[] size, float[] image, float[] masked, float[] rebuilt) {}
