package org.swinj.result;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import ij.process.LUT;

/**
 * Names and colours of label values. Values nobody named are called by their number and have a
 * colour of {@link LabelLut}.
 */
public final class LabelClasses {

	private final NavigableMap<Integer, LabelClass> classes = new TreeMap<>();
	private final LabelLut colors = new LabelLut();

	/**
	 * @param classes the known classes, with or without background
	 * @throws IllegalArgumentException if two classes have the same value
	 */
	public LabelClasses(final List<LabelClass> classes) {
		for (final LabelClass each : classes) {
			final LabelClass other = this.classes.put(each.value(), each);
			if (other != null) throw new IllegalArgumentException("Classes \"" + other.name() +
				"\" and \"" + each.name() + "\" have the same label " + each.value() + ".");
		}
	}

	/** The class of a label value, known or not. */
	public LabelClass get(final int value) {
		final LabelClass known = classes.get(value);
		if (known != null) return known;
		return new LabelClass(value, value == 0 ? "background" : "class " + value, colors.rgb(value));
	}

	/** The known classes without background, by ascending value. */
	public List<LabelClass> foreground() {
		return List.copyOf(classes.tailMap(0, false).values());
	}

	/** The known classes as one line: {@code 1 = liver, 2 = tumour}. */
	String description() {
		return foreground().stream().map(each -> each.value() + " = " + each.name()).collect(Collectors
			.joining(", "));
	}

	/** The end of the display range at which {@link #lut} shows labels up to {@code largest}. */
	static int displayMaximum(final int largest) {
		return Math.max(255, largest);
	}

	/**
	 * Colours for a 16-bit image that is shown from 0 to {@link #displayMaximum}. They are exact for
	 * labels to 255; larger labels have to share colours, and known classes come first.
	 */
	LUT lut(final int largest) {
		final int[] rgb = new int[256];
		for (int i = 1; i < 256; i++)
			rgb[i] = get(i).rgb();
		final double scale = 256.0 / (displayMaximum(largest) + 1.0);
		for (final LabelClass each : foreground())
			if (each.value() <= displayMaximum(largest)) rgb[Math.min(255, (int) (each.value() * scale +
				0.5))] = each.rgb();
		final byte[][] channels = new byte[3][256];
		for (int i = 1; i < 256; i++)
			for (int c = 0; c < 3; c++)
				channels[c][i] = (byte) (rgb[i] >> 16 - 8 * c);
		final LUT lut = new LUT(channels[0], channels[1], channels[2]);
		lut.min = 0;
		lut.max = displayMaximum(largest);
		return lut;
	}
}
