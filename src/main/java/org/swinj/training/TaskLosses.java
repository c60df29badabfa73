package org.swinj.training;

/**
 * The losses of the pretext tasks, each before it is weighted; NaN for a task that is off.
 *
 * @param inpainting absolute difference between rebuilt image and target
 * @param contrast cross-entropy of finding the other view of a crop; ln(n) by chance among n
 * @param rotation cross-entropy of guessing the quarter turn; 1.386 by chance
 * @param position absolute difference of coordinates that run from −1 to 1 in a volume; 0.5 by chance
 */
public record TaskLosses(double inpainting, double contrast, double rotation,
	double position)
{}
