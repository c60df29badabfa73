package org.swinj.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.progress.Progress;

import ij.gui.Roi;
import ij.plugin.frame.RoiManager;

/**
 * Labels as ImageJ regions of interest: one per class, slice and time point, of several pieces and
 * with holes where the class has them. A region is named after its class and slice, its group is the
 * label, its colour that of the class.
 */
public final class RoiExport {

	private static final int LARGEST_GROUP = 255;

	private RoiExport() {}

	/**
	 * Traces all classes, ordered by time point, slice and label.
	 *
	 * @param hyperstack whether the image the regions will be shown on has several channels or time
	 *          points; they then belong to all its channels
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public static List<Roi> rois(final LabelImage labels, final LabelClasses classes,
		final boolean hyperstack, final Progress progress)
	{
		final boolean series = labels.frames() > 1;
		final List<Roi> rois = new ArrayList<>();
		for (int t = 0; t < labels.frames(); t++) {
			for (int z = 0; z < labels.slices(); z++) {
				progress.checkCancelled();
				final PlaneRegions regions = new PlaneRegions(labels.plane(z, t), labels.width());
				for (final int label : regions.labels()) {
					final Roi roi = regions.trace(label);
					final LabelClass found = classes.get(label);
					roi.setName(series ? String.format(Locale.ROOT, "%s-%04d-t%04d", found.name(), z + 1, t +
						1) : String.format(Locale.ROOT, "%s-%04d", found.name(), z + 1));
					if (label <= LARGEST_GROUP) roi.setGroup(label);
					roi.setStrokeColor(found.color()); // after the group, which brings a colour of its own
					if (series || hyperstack) roi.setPosition(0, z + 1, t + 1);
					else roi.setPosition(z + 1);
					rois.add(roi);
				}
			}
		}
		return rois;
	}

	/** Adds regions behind those a ROI Manager holds. */
	public static void append(final RoiManager manager, final List<Roi> rois) {
		for (final Roi roi : rois)
			manager.addRoi(roi);
	}
}
