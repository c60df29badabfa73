package org.swinj.result;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Volumes of the same size side by side, slice by slice: in grey with one range of brightness for
 * all, and labels in colour on top of them.
 */
public final class PreviewPicture {

	private static final int GAP = 4; // pixels
	private static final int EDGE = 256; // pixels a slice is enlarged to, about
	private static final double CLIPPED = 0.005; // share of the first volume on both sides
	private static final int SAMPLES = 100_000; // that decide on the brightness
	private static final double OPACITY = 0.45;

	private final int[] size;
	private final List<byte[]> greys = new ArrayList<>();
	private final List<short[]> labels = new ArrayList<>();
	private final int[] colors;
	private final float low;
	private final float high;

	/**
	 * @param size voxels along X, Y, Z
	 * @param first decides what is black and what is white, x fastest
	 * @param colors of classes as 0xrrggbb; class 0 and negative ones are not drawn
	 */
	public PreviewPicture(final int[] size, final float[] first, final int... colors) {
		this.size = size.clone();
		this.colors = colors;
		final int step = Math.max(1, first.length / SAMPLES);
		final float[] sorted = new float[(first.length + step - 1) / step];
		for (int i = 0; i < sorted.length; i++)
			sorted[i] = first[i * step];
		Arrays.sort(sorted);
		final int cut = (int) (CLIPPED * sorted.length);
		low = sorted[cut];
		high = Math.max(sorted[sorted.length - 1 - cut], low + 1e-6f);
		add(first);
	}

	/** Adds a volume to the right. */
	public PreviewPicture add(final float[] volume) {
		final byte[] grey = new byte[volume.length];
		for (int i = 0; i < grey.length; i++)
			grey[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, (volume[i] - low) / (high - low))));
		greys.add(grey);
		labels.add(null);
		return this;
	}

	/** Adds the first volume once more to the right, under class indices; {@code null} for none. */
	public PreviewPicture addLabels(final short[] classes) {
		greys.add(greys.get(0));
		labels.add(classes);
		return this;
	}

	/** A slice, one pixel a voxel. */
	public BufferedImage slice(final int z) {
		return draw(z, 1);
	}

	/** The middle slice, enlarged. */
	public BufferedImage middle() {
		return draw(size[2] / 2, Math.max(1, EDGE / Math.max(size[0], size[1])));
	}

	private BufferedImage draw(final int z, final int zoom) {
		final int step = size[0] * zoom + GAP;
		final BufferedImage picture = new BufferedImage(step * greys.size() - GAP, size[1] * zoom,
			BufferedImage.TYPE_INT_RGB);
		for (int part = 0; part < greys.size(); part++)
			for (int y = 0; y < size[1] * zoom; y++)
				for (int x = 0; x < size[0] * zoom; x++)
					picture.setRGB(part * step + x, y, rgb(part, (z * size[1] + y / zoom) * size[0] + x
						/ zoom));
		return picture;
	}

	private int rgb(final int part, final int voxel) {
		final int grey = greys.get(part)[voxel] & 255;
		final int label = labels.get(part) == null ? 0 : labels.get(part)[voxel];
		int rgb = 0;
		for (int shift = 16; shift >= 0; shift -= 8) {
			final double color = label > 0 ? (colors[label] >> shift & 255) : grey;
			rgb |= (int) Math.round(grey + OPACITY * (color - grey)) << shift;
		}
		return rgb;
	}
}
