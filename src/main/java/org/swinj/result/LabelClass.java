package org.swinj.result;

import java.awt.Color;

/**
 * How a label value is named and shown.
 *
 * @param value label value in images, 0 for background
 * @param name what people call it
 * @param rgb display colour as 0xrrggbb
 */
public record LabelClass(int value, String name, int rgb) {

	/** Largest label a 16-bit image holds. */
	static final int LARGEST = 65535;

	public LabelClass {
		if (value < 0 || value > LARGEST) throw new IllegalArgumentException("The label of class \"" +
			name + "\" must be from 0 to " + LARGEST + ", but is " + value + ".");
		if (rgb < 0 || rgb > 0xffffff) throw new IllegalArgumentException("The colour of class \"" +
			name + "\" must be from 0 to 0xffffff.");
	}

	/** The display colour. */
	Color color() {
		return new Color(rgb);
	}

	/** The display colour, so transparent that the image shows through. */
	Color color(final float opacity) {
		return new Color(rgb >> 16, rgb >> 8 & 255, rgb & 255, Math.round(255 * opacity));
	}
}
