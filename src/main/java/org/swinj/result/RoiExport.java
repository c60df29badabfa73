package org.swinj.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.swinj.progress.Progress;

import ij.gui.Roi;
import ij.plugin.frame.RoiManager;

/**
 * Labels as ImageJ regions of interest: one per class, slice and time point, of several pieces and
 * with holes where the class has them. A region is named after its class and slice, its group is
 * the label, its colour that of the class.
 */
public final class RoiExport {

	private static final int LARGEST_GROUP = 255;

	private RoiExport() {}

	/**
	 * Traces all classes, ordered by time point, slice and label.
	 *
	 * @param hyperstack whether the image the regions will be shown on has channels or time points
	 *          beside Z; they then belong to all its channels
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public static List<Roi> rois(final LabelImage labels, final LabelClasses classes,
		final boolean hyperstack, final Progress progress)
	{
		final boolean series = labels.frames() > 1;
		final Map<Integer, Roi> styles = new HashMap<>();
		final List<Roi> rois = new ArrayList<>();
		for (int t = 0; t < labels.frames(); t++) {
			for (int z = 0; z < labels.slices(); z++) {
				progress.checkCancelled();
				final PlaneRegions regions = new PlaneRegions(labels.plane(z, t), labels.width());
				for (final int label : regions.labels()) {
					final LabelClass found = classes.get(label);
					final Roi roi = regions.trace(label);
					roi.copyAttributes(styles.computeIfAbsent(label, first -> style(found)));
					roi.setName(name(found, z, series ? t : -1));
					if (series || hyperstack) roi.setPosition(0, z + 1, t + 1);
					else roi.setPosition(z + 1);
					rois.add(roi);
				}
			}
		}
		return rois;
	}

	/** A region to copy group and colour from: ImageJ looks for a file whenever a group is set. */
	private static Roi style(final LabelClass found) {
		final Roi style = new Roi(0, 0, 1, 1);
		style.setGroup(found.value() <= LARGEST_GROUP ? found.value() : 0);
		style.setStrokeColor(found.color()); // after the group, which brings a colour of its own
		return style;
	}

	private static String name(final LabelClass found, final int z, final int t) {
		final String name = String.format(Locale.ROOT, "%s-%04d", found.name(), z + 1);
		return t < 0 ? name : String.format(Locale.ROOT, "%s-t%04d", name, t + 1);
	}

	/** Adds regions behind those a ROI Manager holds. */
	public static void append(final RoiManager manager, final List<Roi> rois) {
		for (final Roi roi : rois)
			manager.addRoi(roi);
	}
}
