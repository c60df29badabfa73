package org.swinj.data;

import java.util.Arrays;
import java.util.Locale;

import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/** Finds out whether image and labels of a case fit each other and the data set. */
public final class CaseCheck {

	private static final double SPACING_TOLERANCE = 0.01;
	private static final double PLACE_TOLERANCE = 0.5; // of the smallest edge of a voxel

	private final Dataset dataset;
	private final int channels;
	private final Progress progress;

	/**
	 * @param channels image channels that every case must have; 0 for as many as the data set names
	 */
	public CaseCheck(final Dataset dataset, final int channels, final Progress progress) {
		this.dataset = dataset;
		this.channels = channels > 0 ? channels : dataset.channels().size();
		this.progress = progress;
	}

	/**
	 * Checks one case. Labels without any foreground, voxel sizes that differ by more than 1 % and
	 * another place in space are warnings.
	 *
	 * @throws FormatException if sizes or channels differ, or a label is no class of the data set
	 */
	public void check(final String id, final Volume image, final Volume labels)
		throws FormatException
	{
		checkSize(id, image.size(), labels.size());
		if (channels > 0 && image.channels() != channels) throw new FormatException("Image of case " + id +
			" has " + image.channels() + " channels, but the data set has " + channels + ".");
		if (isSameSpacing(id, image.geometry(), labels.geometry())) checkPlace(id, image, labels);
		checkValues(id, labels);
	}

	private static void checkSize(final String id, final long[] image, final long[] labels)
		throws FormatException
	{
		if (Arrays.equals(image, labels)) return;
		throw new FormatException("Image of case " + id + " has " + FloatPlanes.text(image) +
			" voxels, but its labels have " + FloatPlanes.text(labels) + likelyReason(image, labels));
	}

	private static String likelyReason(final long[] image, final long[] labels) {
		final long[] a = image.clone(), b = labels.clone();
		Arrays.sort(a);
		Arrays.sort(b);
		if (Arrays.equals(a, b)) return ": their axes seem to be swapped.";
		int differing = 0, axis = 0;
		for (int d = 0; d < 3; d++) {
			if (image[d] == labels[d]) continue;
			differing++;
			axis = d;
		}
		final long more = labels[axis] - image[axis];
		if (differing > 1 || Math.abs(more) > 1) return ".";
		return ": one " + (axis == 2 ? "slice" : "row of voxels") + " along " + "XYZ".charAt(axis) +
			(more < 0 ? " is missing." : " is too many.");
	}

	/** Labels that lie elsewhere, or are turned or mirrored, although they have the same voxels. */
	private void checkPlace(final String id, final Volume image, final Volume labels) {
		if (!image.geometry().isOriented() || !labels.geometry().isOriented()) return;
		final double[] spacing = image.geometry().spacing();
		final double tolerance = PLACE_TOLERANCE * Math.min(spacing[0], Math.min(spacing[1], spacing[2]));
		double farthest = 0;
		for (int corner = 0; corner < 8; corner++) {
			final double[] a = place(image, corner), b = place(labels, corner);
			farthest = Math.max(farthest, Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]));
		}
		if (farthest > tolerance) progress.warn(String.format(Locale.ROOT, "Labels of case %s lie up to " +
			"%.3g mm away from their image, or are turned or mirrored, by what the files say of their " +
			"place; they were taken voxel by voxel.", id, farthest));
	}

	/** Millimetres of one of the eight corner voxels. */
	private static double[] place(final Volume volume, final int corner) {
		final double[][] affine = volume.geometry().affine();
		final double[] place = new double[3];
		for (int i = 0; i < 3; i++) {
			place[i] = affine[i][3];
			for (int axis = 0; axis < 3; axis++)
				place[i] += (corner >> axis & 1) * (volume.size()[axis] - 1) * affine[i][axis];
		}
		return place;
	}

	private boolean isSameSpacing(final String id, final Geometry image, final Geometry labels) {
		if (!image.unit().equals(labels.unit())) return false; // nothing can be compared
		for (int d = 0; d < 3; d++) {
			final double a = image.spacing()[d], b = labels.spacing()[d];
			if (Math.abs(a - b) <= SPACING_TOLERANCE * Math.max(a, b)) continue;
			progress.warn(String.format(Locale.ROOT,
				"Image of case %s has a voxel size of %s %s, but its labels have %s; that of the image was used.",
				id, text(image.spacing()), image.unit(), text(labels.spacing())));
			return false;
		}
		return true;
	}

	private void checkValues(final String id, final Volume labels) throws FormatException {
		int last = -1;
		boolean annotated = false, foreground = false;
		for (final FloatType voxel : Views.flatIterable(labels.image())) {
			final int value = (int) voxel.get();
			if (value == last) continue;
			last = value;
			if (value == dataset.ignore()) continue;
			if (dataset.labels().indexOf(value) < 0) throw new FormatException("Labels of case " + id +
				" contain value " + value + ", but the data set names only " + classes() + (value == 255 ||
					value == 65535 ? ": if it marks voxels that nobody annotated, give ignore=" + value + "."
					: "."));
			annotated = true;
			foreground |= value != 0;
		}
		if (annotated && !foreground) progress.warn("Labels of case " + id + " contain only background.");
	}

	private String classes() {
		final LabelMap labels = dataset.labels();
		if (labels.isContiguous()) return "0.." + (labels.classes() - 1);
		final String all = labels.values().toString();
		return all.substring(1, all.length() - 1);
	}

	private static String text(final double[] spacing) {
		return String.format(Locale.ROOT, "%.4g × %.4g × %.4g", spacing[0], spacing[1], spacing[2]);
	}
}
