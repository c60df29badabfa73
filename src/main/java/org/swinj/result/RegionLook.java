package org.swinj.result;

import java.awt.Color;
import java.util.Locale;

/**
 * How the regions of one label are called and shown.
 *
 * @param name what the names of regions begin with
 * @param group ImageJ's group, 0 for none
 * @param color of the outlines
 */
record RegionLook(String name, int group, Color color) {

	private static final int LARGEST_GROUP = 255;

	/** Of a class: its name and colour, and its label as group if ImageJ has one of this number. */
	static RegionLook of(final LabelClass found) {
		return new RegionLook(found.name(), group(found.value()), found.color());
	}

	/** Of an object: the name of its class and its number, the group of the class. */
	static RegionLook of(final LabelClass object, final int classValue) {
		return new RegionLook(String.format(Locale.ROOT, "%s-%04d", object.name(), object
			.value()), group(classValue), object.color());
	}

	private static int group(final int label) {
		return label <= LARGEST_GROUP ? label : 0;
	}
}
