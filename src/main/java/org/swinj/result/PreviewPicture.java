package org.swinj.result;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Slices of the same size side by side in grey, with one range of brightness for all. */
public final class PreviewPicture {

	private static final int GAP = 4; // pixels
	private static final int EDGE = 256; // pixels a slice is enlarged to, about
	private static final double CLIPPED = 0.005; // share of the first slice on both sides

	private PreviewPicture() {}

	/**
	 * @param width pixels of a slice along X
	 * @param height pixels of a slice along Y
	 * @param slices values, X fastest; the first decides what is black and what is white
	 */
	public static BufferedImage of(final int width, final int height, final float[]... slices) {
		final float[] sorted = slices[0].clone();
		Arrays.sort(sorted);
		final int cut = (int) (CLIPPED * sorted.length);
		final float low = sorted[cut], high = Math.max(sorted[sorted.length - 1 - cut], low + 1e-6f);
		final int zoom = Math.max(1, EDGE / Math.max(width, height));
		final int step = width * zoom + GAP;
		final BufferedImage picture = new BufferedImage(step * slices.length - GAP, height * zoom,
			BufferedImage.TYPE_BYTE_GRAY);
		for (int s = 0; s < slices.length; s++)
			for (int y = 0; y < height * zoom; y++)
				for (int x = 0; x < width * zoom; x++) {
					final float value = slices[s][x / zoom + y / zoom * width];
					final float grey = Math.max(0, Math.min(1, (value - low) / (high - low)));
					picture.getRaster().setSample(s * step + x, y, 0, Math.round(255 * grey));
				}
		return picture;
	}
}
