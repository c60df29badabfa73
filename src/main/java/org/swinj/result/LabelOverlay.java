package org.swinj.result;

import java.awt.Color;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;

/** Labels shown on the image they were found in, beside whatever overlay it has. */
public final class LabelOverlay {

	private static final String MARK = "SwinJ overlay";
	private static final float OPACITY = 0.35f;

	private LabelOverlay() {}

	/**
	 * Shows regions with their outlines over transparent fills. Regions shown before under the same
	 * name are replaced.
	 *
	 * @param name by which {@link #remove} finds them
	 * @param rois as {@link RoiExport} makes them for this image; they are copied
	 */
	public static void show(final ImagePlus image, final String name, final List<Roi> rois) {
		remove(image, name);
		final Overlay overlay = image.getOverlay() == null ? new Overlay() : image.getOverlay();
		for (final Roi roi : rois) {
			final Roi fill = (Roi) roi.clone();
			fill.setFillColor(new Color(roi.getStrokeColor().getRed(), roi.getStrokeColor()
				.getGreen(), roi.getStrokeColor().getBlue(), Math.round(255 * OPACITY)));
			fill.setProperty(MARK, name);
			overlay.add(fill);
			final Roi outline = (Roi) roi.clone();
			outline.setProperty(MARK, name);
			overlay.add(outline);
		}
		image.setOverlay(overlay);
	}

	/** Takes away what {@link #show} showed under this name, and nothing else. */
	public static void remove(final ImagePlus image, final String name) {
		final Overlay overlay = image.getOverlay();
		if (overlay == null) return;
		for (int i = overlay.size() - 1; i >= 0; i--)
			if (name.equals(overlay.get(i).getProperty(MARK))) overlay.remove(i);
		image.setOverlay(overlay.size() == 0 ? null : overlay);
	}
}
