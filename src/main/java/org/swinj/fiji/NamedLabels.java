package org.swinj.fiji;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.swinj.result.LabelImage;
import org.swinj.result.RoiLabels;

/** What the values of a label image of SwinJ mean; it may have been changed by hand since. */
public final class NamedLabels {

	private static final Pattern ENTRY = Pattern.compile("(\\d{1,5}) = (.*?)(?=, \\d{1,5} = |$)");
	private static final String IGNORE = "ignore";

	private NamedLabels() {}

	/** For a dialog: "Labels: 1 = cortex, 255 = ignore"; nothing if no such image of SwinJ is open. */
	public static List<String> describe(final String title) {
		final OpenImage open = OpenImage.find(title);
		final String description = open == null ? null : open.image().getProp(LabelImage.CLASSES_PROPERTY);
		return description == null ? List.of() : List.of("Labels: " + description);
	}

	/**
	 * Names of all values by value; only that of the ignored one if somebody painted others, and
	 * nothing if the image has no names.
	 */
	static Map<Integer, String> of(final ImagePlus labels) {
		final Map<Integer, String> names = new TreeMap<>();
		final String description = labels.getProp(LabelImage.CLASSES_PROPERTY);
		if (description == null) return names;
		final Matcher entry = ENTRY.matcher(description);
		while (entry.find())
			names.put(Integer.valueOf(entry.group(1)), entry.group(2));
		names.put(0, "background");
		final boolean ignores = IGNORE.equals(names.get(RoiLabels.IGNORE));
		if (names.keySet().containsAll(values(labels.getStack()))) return names;
		return ignores ? Map.of(RoiLabels.IGNORE, IGNORE) : Map.of();
	}

	private static Set<Integer> values(final ImageStack stack) {
		final Set<Integer> values = new HashSet<>();
		for (int z = 1; z <= stack.size(); z++) {
			final ImageProcessor plane = stack.getProcessor(z);
			int last = -1;
			for (int i = 0; i < plane.getPixelCount(); i++) {
				final int value = (int) plane.getf(i);
				if (value != last) values.add(value);
				last = value;
			}
		}
		return values;
	}
}
