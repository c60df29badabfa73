package org.swinj.fiji;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import java.util.HashSet;
import java.util.Set;

import org.swinj.data.FolderPairs;

/**
 * The open images that a training most likely means.
 *
 * @param image title of the intensities, empty if no image is open
 * @param labels title of labels of the same size, empty if there are none
 */
public record OpenPair(String image, String labels) {

	private static final int FEW = 32; // values that labels without a telling name have at most
	private static final int MANY = 512; // those with such a name
	private static final int PLANES = 16; // looked at

	/** The active image and the newest open one that is its labels, or whose labels it is. */
	public static OpenPair suggest() {
		final ImagePlus active = OpenImage.active();
		if (active == null) return new OpenPair("", "");
		final int own = likeness(active);
		ImagePlus partner = null;
		int most = 0;
		for (final ImagePlus other : OpenImage.all()) {
			final int difference = other == active || !isSameSize(other, active) ? 0 : Math.abs(likeness(
				other) - own);
			if (difference == 0 || difference < most) continue;
			most = difference;
			partner = other;
		}
		if (partner == null) return new OpenPair(active.getTitle(), "");
		final boolean swapped = own > likeness(partner);
		return swapped ? new OpenPair(partner.getTitle(), active.getTitle()) : new OpenPair(active
			.getTitle(), partner.getTitle());
	}

	private static boolean isSameSize(final ImagePlus a, final ImagePlus b) {
		return a.getWidth() == b.getWidth() && a.getHeight() == b.getHeight() && a.getNSlices() == b
			.getNSlices() && a.getNFrames() == b.getNFrames();
	}

	/** How much an image looks like labels: 0 for not at all, 1 by its values, 2 by its name too. */
	private static int likeness(final ImagePlus image) {
		if (image.getNChannels() > 1 || image.getType() == ImagePlus.COLOR_RGB) return 0;
		final boolean named = FolderPairs.isLabelName(image.getTitle());
		if (image.getStack().isVirtual()) return named ? 2 : 0;
		if (!hasFewValues(image.getStack(), named ? MANY : FEW)) return 0;
		return named ? 2 : 1;
	}

	private static boolean hasFewValues(final ImageStack stack, final int most) {
		final Set<Float> values = new HashSet<>();
		final int step = Math.max(1, stack.size() / PLANES);
		for (int z = 1; z <= stack.size(); z += step) {
			final ImageProcessor plane = stack.getProcessor(z);
			for (int i = 0; i < plane.getPixelCount(); i++) {
				final float value = plane.getf(i);
				if (!(value >= 0 && value == Math.rint(value))) return false;
				if (values.add(value) && values.size() > most) return false;
			}
		}
		return true;
	}
}
