package org.swinj.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.swinj.progress.Progress;

/** The slices of one DICOM series in their order in space, and where they lie. */
final class DicomSeries {

	/** Deviation of a distance of slices from the others that is worth a warning, and too much. */
	private static final double UNEVEN = 0.01, MOST_UNEVEN = 0.1;
	private static final double MOST_TILT = 0.5; // degrees
	private static final double EQUAL = 1e-3;

	private final String name;
	private final List<DicomSlice> slices;
	private final Progress progress;

	/**
	 * @param name of the folder, for messages
	 * @param slices at least one, in any order
	 * @throws FormatException if they do not make up one volume
	 */
	DicomSeries(final String name, final List<DicomSlice> slices, final Progress progress)
		throws FormatException
	{
		this.name = name;
		this.progress = progress;
		for (final DicomSlice slice : slices)
			checkAlike(slices.get(0), slice);
		this.slices = slices.stream().sorted(isPlaced(slices) ? Comparator.comparingDouble(
			DicomSeries::height) : Comparator.comparingLong(DicomSlice::number).thenComparing(
				DicomSlice::file)).toList();
	}

	/** From one end to the other, along the cross product of rows and columns. */
	List<DicomSlice> slices() {
		return slices;
	}

	/**
	 * Voxel size and affine. Without positions only the voxel size is known; steps that differ a
	 * little and a tilted gantry are warnings.
	 *
	 * @throws FormatException if slices are missing, twice there, unevenly spaced or not on a line
	 */
	Geometry geometry() throws FormatException {
		final DicomSlice first = slices.get(0);
		if (!isPlaced(slices)) return withoutPlaces(first.spacing());
		final double[] step = step();
		final double[][] affine = new double[4][4];
		affine[3][3] = 1;
		for (int i = 0; i < 3; i++) {
			final int sign = i < 2 ? -1 : 1; // DICOM's world is LPS
			affine[i][0] = sign * first.orientation()[i] * first.spacing()[0];
			affine[i][1] = sign * first.orientation()[i + 3] * first.spacing()[1];
			affine[i][2] = sign * step[i];
			affine[i][3] = sign * first.place()[i];
		}
		if (!Affine.isUsable(affine)) throw refused(
			"has image axes that do not span space: columns are " + first.spacing()[0] + " mm apart, rows " +
				first.spacing()[1] + " mm");
		return new Geometry(Affine.spacing(affine), LengthUnit.MILLIMETRE.symbol(), affine);
	}

	private void checkAlike(final DicomSlice a, final DicomSlice b) throws FormatException {
		if (a.width() != b.width() || a.height() != b.height()) throw refused("holds slices of " + a
			.width() + "×" + a.height() + " and of " + b.width() + "×" + b.height() + " voxels");
		if (differ(a.spacing(), b.spacing(), 2)) throw refused("holds slices with pixels of " + a
			.spacing()[0] + " × " + a.spacing()[1] + " mm and of " + b.spacing()[0] + " × " + b
				.spacing()[1] + " mm");
		if (a.orientation() != null && b.orientation() != null && differ(a.orientation(), b
			.orientation(), 6)) throw refused("holds slices of different orientation, " + Arrays.toString(a
				.orientation()) + " and " + Arrays.toString(b.orientation()));
	}

	private static boolean differ(final double[] a, final double[] b, final int count) {
		for (int i = 0; i < count; i++)
			if (Math.abs(a[i] - b[i]) > EQUAL) return true;
		return false;
	}

	/** Whether the place and the directions of all slices are known. */
	private static boolean isPlaced(final List<DicomSlice> slices) {
		return slices.stream().allMatch(s -> s.place() != null && s.orientation() != null && !Double
			.isNaN(s.spacing()[0]));
	}

	private Geometry withoutPlaces(final double[] spacing) {
		progress.warn("DICOM series \"" + name + "\" does not tell where its slices are: they were put " +
			"in the order of their instance numbers, and left and right are not known.");
		for (final double length : spacing)
			if (!(length > 0)) return Geometry.unknown();
		return Geometry.of(LengthUnit.MILLIMETRE.symbol(), spacing);
	}

	/** Position along the direction that rows and columns leave. */
	private static double height(final DicomSlice slice) {
		return dot(normal(slice), slice.place());
	}

	private static double[] normal(final DicomSlice slice) {
		final double[] o = slice.orientation();
		return new double[] { o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] *
			o[3] };
	}

	private static double dot(final double[] a, final double[] b) {
		return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
	}

	/** From one slice to the next in LPS millimetres. */
	private double[] step() throws FormatException {
		final double[] normal = normal(slices.get(0));
		if (slices.size() == 1) {
			final double thickness = slices.get(0).spacing()[2];
			return Arrays.stream(normal).map(n -> n * (thickness > 0 ? thickness : 1)).toArray();
		}
		final double[] heights = slices.stream().mapToDouble(DicomSeries::height).toArray();
		checkDistances(heights);
		final double[] from = slices.get(0).place(), to = slices.get(slices.size() - 1).place();
		final double[] step = new double[3];
		for (int i = 0; i < 3; i++)
			step[i] = (to[i] - from[i]) / (slices.size() - 1);
		checkLine(step);
		final double tilt = Math.toDegrees(Math.acos(Math.min(1, dot(step, normal) / Math.sqrt(dot(step,
			step) * dot(normal, normal)))));
		if (tilt > MOST_TILT) progress.warn(String.format(Locale.ROOT,
			"DICOM series \"%s\" was taken with a gantry tilted by %.1f°: its slices are shifted against " +
				"each other.", name, tilt));
		return step;
	}

	private void checkDistances(final double[] heights) throws FormatException {
		final double[] steps = new double[heights.length - 1];
		for (int i = 0; i < steps.length; i++)
			steps[i] = heights[i + 1] - heights[i];
		final double[] sorted = steps.clone();
		Arrays.sort(sorted);
		final double usual = sorted[steps.length / 2], least = sorted[0], most = sorted[steps.length - 1];
		if (least < EQUAL) throw refused("holds " + count(steps, EQUAL) +
			" slices more than once at the same place, as time points or echoes are: give each a folder " +
			"of its own");
		if (most > (2 - MOST_UNEVEN) * usual) {
			final long missing = Math.round(Arrays.stream(steps).map(s -> Math.rint(s / usual) - 1).sum());
			throw refused(String.format(Locale.ROOT,
				"lacks %d of %d slices: they are %.4g mm apart, but once %.4g mm", missing, missing +
					heights.length, usual, most));
		}
		final String range = String.format(Locale.ROOT, "from %.4g to %.4g mm", least, most);
		if (most - least > MOST_UNEVEN * usual) throw refused("has unevenly spaced slices, " + range +
			" apart");
		if (most - least > UNEVEN * usual) progress.warn("DICOM series \"" + name +
			"\" has slices that are " + range + " apart; the mean was used.");
	}

	private static long count(final double[] steps, final double below) {
		return Arrays.stream(steps).filter(s -> s < below).count();
	}

	private void checkLine(final double[] step) throws FormatException {
		final double[] from = slices.get(0).place();
		final double allowed = MOST_UNEVEN * Math.sqrt(dot(step, step));
		for (int s = 0; s < slices.size(); s++)
			for (int i = 0; i < 3; i++) {
				final double off = Math.abs(slices.get(s).place()[i] - from[i] - s * step[i]);
				if (off > Math.max(allowed, EQUAL)) throw refused(String.format(Locale.ROOT,
					"has slices that do not lie on a line: \"%s\" is %.4g mm beside it", slices.get(s).file()
						.getFileName(), off));
			}
	}

	private FormatException refused(final String reason) {
		return new FormatException("DICOM series \"" + name + "\" " + reason + ".");
	}

	/** The different series identifiers of slices, with how many slices each has. */
	static String describe(final List<DicomSlice> slices) {
		final Stream<String> ids = slices.stream().map(DicomSlice::series).distinct();
		return String.join(", ", ids.limit(4).map(id -> slices.stream().filter(s -> s.series().equals(id))
			.count() + " slices of " + (id.isEmpty() ? "an unnamed series" : id)).toList());
	}
}
