package org.swinj.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.swinj.data.FormatException;
import org.swinj.data.Volume;

import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/**
 * Regions of interest as labels for training. The label is a region's group, 1 if it has none, or 0
 * if its name begins with "background". Slices without a region are not annotated.
 *
 * @param labels the label image; {@link #IGNORE} where nobody annotated
 * @param classes names of the labels in use
 * @param slices how many slices have a region
 */
public record RoiLabels(LabelImage labels, LabelClasses classes, int slices) {

	/** Label of voxels that take no part in a training. */
	public static final int IGNORE = 255;

	private static final String BACKGROUND = "background";
	private static final int GREY = 0x404040;
	private static final Pattern NUMBERS = Pattern.compile("(-t?\\d+)+$");

	/**
	 * Paints regions in their order, so that later ones cover earlier ones.
	 *
	 * @param volume what they were drawn on, of one time point
	 * @param background whether the rest of a slice with a region is background; else it is ignored
	 * @throws FormatException if a region belongs to no slice of the volume, or there is none
	 */
	public static RoiLabels of(final Volume volume, final List<Roi> rois, final boolean background)
		throws FormatException
	{
		if (rois.isEmpty()) throw new FormatException("There are no regions: draw some on \"" + volume
			.name() + "\" and add each to the ROI Manager with the key t.");
		final int width = Math.toIntExact(volume.size()[0]);
		final int height = Math.toIntExact(volume.size()[1]);
		final int depth = Math.toIntExact(volume.size()[2]);
		final PlanarImg<UnsignedShortType, ShortArray> image = PlanarImgs.unsignedShorts(width, height, depth);
		for (int z = 0; z < depth; z++)
			Arrays.fill(plane(image, z), (short) IGNORE);
		final TreeSet<Integer> annotated = new TreeSet<>();
		for (final Roi roi : rois)
			annotated.add(slice(roi, volume));
		if (background) for (final int slice : annotated)
			Arrays.fill(plane(image, slice - 1), (short) 0);
		for (final Roi roi : rois)
			paint(roi, label(roi), new ShortProcessor(width, height, plane(image, slice(roi, volume) - 1),
				null));
		return new RoiLabels(LabelImage.of(volume.name(), image, volume.geometry()), classes(rois),
			annotated.size());
	}

	/** The same with other colours, by label, for all classes but the background and what is ignored. */
	public RoiLabels withColors(final IntUnaryOperator rgb) {
		return new RoiLabels(labels, new LabelClasses(classes.foreground().stream().map(each -> each
			.value() == IGNORE ? each : new LabelClass(each.value(), each.name(), rgb.applyAsInt(each
				.value()))).toList()), slices);
	}

	private static short[] plane(final PlanarImg<UnsignedShortType, ShortArray> image, final int z) {
		return image.getPlane(z).getCurrentStorageArray();
	}

	/** The slice of a region, from 1. */
	private static int slice(final Roi roi, final Volume volume) throws FormatException {
		final long depth = volume.size()[2];
		// of a series of single slices, time is Z
		final int slice = roi.hasHyperStackPosition() ? Math.max(roi.getZPosition(), roi.getTPosition())
			: (roi.getPosition() + volume.channels() - 1) / volume.channels();
		if (slice == 0 && depth == 1) return 1;
		if (slice == 0) throw new FormatException("Region \"" + roi.getName()
			+ "\" belongs to no slice: select it on its slice and press Update in the ROI Manager.");
		if (slice > depth) throw new FormatException("Region \"" + roi.getName() + "\" belongs to slice "
			+ slice + ", but \"" + volume.name() + "\" has " + depth + ".");
		return slice;
	}

	private static int label(final Roi roi) throws FormatException {
		if (roi.getName() != null && roi.getName().toLowerCase(Locale.ROOT).startsWith(BACKGROUND)) return 0;
		if (roi.getGroup() == IGNORE) throw new FormatException("Region \"" + roi.getName()
			+ "\" is of group 255, which means that nobody annotated it: use groups from 1 to 254.");
		return Math.max(1, roi.getGroup());
	}

	private static void paint(final Roi roi, final int label, final ImageProcessor plane) {
		plane.setValue(label);
		if (roi.isArea()) plane.fill(roi);
		else if (roi instanceof PointRoi points) points.forEach(point -> {
			if (point.x >= 0 && point.y >= 0 && point.x < plane.getWidth() && point.y < plane.getHeight())
				plane.set(point.x, point.y, label);
		});
		else {
			plane.setLineWidth(Math.max(1, Math.round(roi.getStrokeWidth())));
			roi.drawPixels(plane);
		}
	}

	/** Names of groups, else what the names of a class's regions begin with. */
	private static LabelClasses classes(final List<Roi> rois) throws FormatException {
		final TreeMap<Integer, String> names = new TreeMap<>();
		for (final Roi roi : rois) {
			final int label = label(roi);
			final String group = label == 0 ? BACKGROUND : Roi.getGroupName(label);
			final String own = roi.getName() == null ? "" : NUMBERS.matcher(roi.getName()).replaceFirst("");
			if (group != null) names.put(label, group);
			else if (own.matches(".*\\p{L}.*")) names.putIfAbsent(label, own); // else ImageJ's numbers
		}
		for (final Roi roi : rois)
			names.putIfAbsent(label(roi), "class " + label(roi));
		names.put(IGNORE, "ignore");
		final LabelLut colors = new LabelLut();
		final List<LabelClass> classes = new ArrayList<>();
		names.forEach((label, name) -> classes.add(new LabelClass(label, name, label == IGNORE ? GREY
			: colors.rgb(label))));
		return new LabelClasses(classes);
	}
}
