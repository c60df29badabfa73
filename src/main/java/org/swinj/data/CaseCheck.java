package org.swinj.data;

import java.util.Arrays;
import java.util.Locale;

import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/** Finds out whether image and labels of a case fit each other and the data set. */
public final class CaseCheck {

	private static final double SPACING_TOLERANCE = 0.01;

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
	 * Checks one case. Labels without any foreground and voxel sizes that differ by more than 1 % are
	 * warnings.
	 *
	 * @throws FormatException if sizes or channels differ, or a label is no class of the data set
	 */
	public void check(final String id, final Volume image, final Volume labels)
		throws FormatException
	{
		checkSize(id, image.size(), labels.size());
		if (channels > 0 && image.channels() != channels) throw new FormatException("Image of case " + id +
			" has " + image.channels() + " channels, but the data set has " + channels + ".");
		checkSpacing(id, image.geometry(), labels.geometry());
		checkValues(id, labels);
	}

	private static void checkSize(final String id, final long[] image, final long[] labels)
		throws FormatException
	{
		if (Arrays.equals(image, labels)) return;
		final long[] a = image.clone(), b = labels.clone();
		Arrays.sort(a);
		Arrays.sort(b);
		throw new FormatException("Image of case " + id + " has " + FloatPlanes.text(image) +
			" voxels, but its labels have " + FloatPlanes.text(labels) + (Arrays.equals(a, b)
				? ": their axes seem to be swapped." : "."));
	}

	private void checkSpacing(final String id, final Geometry image, final Geometry labels) {
		if (!image.unit().equals(labels.unit())) return; // nothing can be compared
		for (int d = 0; d < 3; d++) {
			final double a = image.spacing()[d], b = labels.spacing()[d];
			if (Math.abs(a - b) <= SPACING_TOLERANCE * Math.max(a, b)) continue;
			progress.warn(String.format(Locale.ROOT,
				"Image of case %s has a voxel size of %s %s, but its labels have %s; that of the image was used.",
				id, text(image.spacing()), image.unit(), text(labels.spacing())));
			return;
		}
	}

	private void checkValues(final String id, final Volume labels) throws FormatException {
		int last = -1;
		boolean foreground = false;
		for (final FloatType voxel : Views.flatIterable(labels.image())) {
			final int value = (int) voxel.get();
			if (value == last) continue;
			last = value;
			if (value == dataset.ignore()) continue;
			if (dataset.labels().indexOf(value) < 0) throw new FormatException("Labels of case " + id +
				" contain value " + value + ", but the data set names only " + classes() + ".");
			foreground |= value != 0;
		}
		if (!foreground) progress.warn("Labels of case " + id + " contain only background.");
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
