package org.swinj.training;

/**
 * The middle slice of a crop and what the network makes of it; values as the network sees them, x
 * fastest.
 *
 * @param width pixels along X
 * @param height pixels along Y
 * @param image the crop
 * @param masked what the network saw of it
 * @param rebuilt what it made of that
 */
public record PretextPreview(int width, int height, float[] image, float[] masked,
	float[] rebuilt)
{}
