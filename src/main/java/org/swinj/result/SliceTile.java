package org.swinj.result;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Draws a slice in grey with its classes in transparent colour, each inside a crisp outline. */
final class SliceTile {

	private static final float OPACITY = 0.28f;
	private static final double LINE = 1.5; // pixels
	/** Pixels are made of so many parts along each side, more for large slices. */
	private static final int FINEST = 4, COARSEST = 2;

	private final int width;
	private final int height;
	private final int parts;
	private final int columns; // of parts
	private final int rows;
	private final int reach;
	private final PlaneScaler smooth;
	private final PlaneScaler round;
	private final int[] colors;

	/**
	 * @param size voxels along X and Y
	 * @param width of the picture in pixels
	 * @param height of the picture in pixels
	 * @param turned whether X and Y are shown against their direction
	 * @param colors of all labels as 0xrrggbb
	 */
	SliceTile(final int[] size, final int width, final int height, final boolean[] turned,
		final int[] colors)
	{
		this.width = width;
		this.height = height;
		this.colors = colors;
		parts = Math.max(COARSEST, Math.min(FINEST, Math.max(size[0] / width, size[1] / height)));
		columns = width * parts;
		rows = height * parts;
		reach = (int) Math.round(LINE * parts) - 1;
		smooth = scaler(PlaneScaler.Kernel.CUBIC, size, turned);
		round = scaler(PlaneScaler.Kernel.SPLINE, size, turned);
	}

	private PlaneScaler scaler(final PlaneScaler.Kernel kernel, final int[] size,
		final boolean[] turned)
	{
		return new PlaneScaler(new PlaneScaler.Axis(kernel, size[0], columns, turned[0]),
			new PlaneScaler.Axis(kernel, size[1], rows, turned[1]));
	}

	/**
	 * @param brightness from 0 to 1 of every voxel, X fastest
	 * @param plane labels of the same voxels
	 */
	BufferedImage draw(final float[] brightness, final short[] plane) {
		final float[] grey = smooth.scale(brightness);
		final short[] labels = round.scale(plane);
		final boolean[] outline = outline(labels);
		final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		final float[] sum = new float[3];
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				Arrays.fill(sum, 0);
				for (int j = y * parts; j < (y + 1) * parts; j++)
					for (int i = j * columns + x * parts; i < j * columns + (x + 1) * parts; i++)
						add(sum, grey[i], labels[i] & 0xffff, outline[i]);
				image.setRGB(x, y, rgb(sum));
			}
		return image;
	}

	/** The parts of labels that are close to other labels. */
	private boolean[] outline(final short[] labels) {
		final boolean[] outline = new boolean[labels.length];
		for (int i = 0; i < labels.length; i++) {
			if (i % columns > 0 && labels[i] != labels[i - 1]) {
				dot(outline, labels, i);
				dot(outline, labels, i - 1);
			}
			if (i >= columns && labels[i] != labels[i - columns]) {
				dot(outline, labels, i);
				dot(outline, labels, i - columns);
			}
		}
		return outline;
	}

	/** Marks what is near a place and has its label. */
	private void dot(final boolean[] outline, final short[] labels, final int center) {
		final int x = center % columns, y = center / columns;
		for (int j = Math.max(0, y - reach); j <= Math.min(rows - 1, y + reach); j++)
			for (int i = Math.max(0, x - reach); i <= Math.min(columns - 1, x + reach); i++)
				if (labels[j * columns + i] == labels[center] && (i - x) * (i - x) + (j - y) * (j - y) <=
					reach * reach) outline[j * columns + i] = true;
	}

	private void add(final float[] sum, final float grey, final int label, final boolean outline) {
		final float shade = 255 * Math.max(0, Math.min(1, grey));
		final float opacity = label == 0 ? 0 : outline ? 1 : OPACITY;
		for (int c = 0; c < 3; c++)
			sum[c] += shade + opacity * ((colors[label] >> 16 - 8 * c & 255) - shade);
	}

	private int rgb(final float[] sum) {
		int rgb = 0;
		for (final float each : sum)
			rgb = rgb << 8 | Math.round(each / (parts * parts));
		return rgb;
	}
}
