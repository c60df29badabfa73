package org.swinj.result;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

import org.swinj.progress.Progress;

import ij.gui.Roi;
import ij.plugin.frame.RoiManager;

/**
 * Labels as ImageJ regions of interest: one per class, or per object, and slice and time point, of
 * several pieces and with holes where it has them. A region is named after its class, its object and
 * its slice, its group is the label of the class, its colour that of the class or object.
 */
public final class RoiExport {

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
		return rois(labels, label -> RegionLook.of(classes.get(label)), hyperstack, progress);
	}

	/** The same for the objects of the classes. */
	public static List<Roi> rois(final ObjectLabels objects, final LabelClasses classes,
		final boolean hyperstack, final Progress progress)
	{
		return rois(objects.image(), objects.looks(classes), hyperstack, progress);
	}

	private static List<Roi> rois(final LabelImage labels, final IntFunction<RegionLook> looks,
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
					final RegionLook look = looks.apply(label);
					final Roi roi = regions.trace(label);
					roi.copyAttributes(styles.computeIfAbsent(label, first -> style(look)));
					roi.setName(name(look, z, series ? t : -1));
					if (series || hyperstack) roi.setPosition(0, z + 1, t + 1);
					else roi.setPosition(z + 1);
					rois.add(roi);
				}
			}
		}
		return rois;
	}

	/** A region to copy group and colour from: ImageJ looks for a file whenever a group is set. */
	private static Roi style(final RegionLook look) {
		final Roi style = new Roi(0, 0, 1, 1);
		style.setGroup(look.group());
		style.setStrokeColor(look.color()); // after the group, which brings a colour of its own
		return style;
	}

	private static String name(final RegionLook look, final int z, final int t) {
		final String name = String.format(Locale.ROOT, "%s-%04d", look.name(), z + 1);
		return t < 0 ? name : String.format(Locale.ROOT, "%s-t%04d", name, t + 1);
	}

	/** Adds regions behind those a ROI Manager holds. */
	public static void append(final RoiManager manager, final List<Roi> rois) {
		for (final Roi roi : rois)
			manager.addRoi(roi);
	}
}
