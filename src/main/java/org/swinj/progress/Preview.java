package org.swinj.progress;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Pictures of what a network makes of an example.
 *
 * @param example what is seen
 * @param step steps done
 * @param parts what is seen side by side, from the left
 * @param slices number of pictures, at least 1
 * @param first slice to look at, from 0
 * @param picture of each slice, from 0; all have the same size, and all parts the same width
 */
public record Preview(String example, int step, List<String> parts, int slices, int first,
	IntFunction<BufferedImage> picture)
{}
