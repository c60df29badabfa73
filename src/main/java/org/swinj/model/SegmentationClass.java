package org.swinj.model;

import java.util.Locale;

/**
 * One class a model tells apart; the network's output channels follow the order of the card's list.
 *
 * @param value label value in images, 0 for background
 * @param name what people call it
 * @param color display colour as {@code #rrggbb}
 */
public record SegmentationClass(int value, String name, String color) {

	public SegmentationClass {
		if (value < 0) throw new IllegalArgumentException("The label of class \"" + name
			+ "\" must not be negative, but is " + value + ".");
		if (color == null || !color.matches("#[0-9a-fA-F]{6}")) throw new IllegalArgumentException(
			"The colour of class \"" + name + "\" must look like #ff8800, not " + color + ".");
	}

	/**
	 * A class with a colour of its own: black for the background, then hues a golden angle apart, so
	 * that neighbours in the list differ.
	 */
	public static SegmentationClass of(final int value, final String name) {
		if (value == 0) return new SegmentationClass(0, name, "#000000");
		final double hue = value * 137.508 % 360;
		return new SegmentationClass(value, name, String.format(Locale.ROOT, "#%02x%02x%02x", channel(
			hue, 0), channel(hue, 8), channel(hue, 4)));
	}

	/** The display colour as 0xrrggbb. */
	public int rgb() {
		return Integer.parseInt(color.substring(1), 16);
	}

	/** One of R (0), G (8), B (4) of a colour with saturation 0.75 and lightness 0.55. */
	private static int channel(final double hue, final int shift) {
		final double k = (shift + hue / 30) % 12;
		final double chroma = 0.75 * 0.45;
		return (int) Math.round(255 * (0.55 - chroma * Math.max(-1, Math.min(Math.min(k - 3, 9 - k),
			1))));
	}
}
