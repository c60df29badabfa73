package org.swinj.fiji;

import ij.ImagePlus;
import ij.ImageStack;

import java.util.Arrays;

/**
 * Tells whether the pixels of an image are still those they were. Planes of virtual stacks, which are
 * on disk, are not looked at.
 */
final class PixelMark {

	private PixelMark() {}

	static int of(final ImagePlus image) {
		final ImageStack stack = image.getStack();
		int mark = Arrays.hashCode(new int[] { stack.getWidth(), stack.getHeight(), stack.size(), stack
			.getBitDepth() });
		for (int n = 1; n <= stack.size() && !stack.isVirtual(); n++)
			mark = 31 * mark + hash(stack.getPixels(n));
		return mark;
	}

	private static int hash(final Object pixels) {
		if (pixels instanceof byte[] bytes) return Arrays.hashCode(bytes);
		if (pixels instanceof short[] shorts) return Arrays.hashCode(shorts);
		return pixels instanceof float[] floats ? Arrays.hashCode(floats) : 0;
	}
}
