package org.swinj.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.data.FormatException;
import org.swinj.data.Volume;
import org.swinj.data.VolumeFormat;
import org.swinj.data.VolumeWriter;
import org.swinj.progress.Progress;

/** Writes what was found in one file: the label volume; beside it regions, table and picture. */
public final class ResultFiles {

	/** Endings of the files beside a label volume. */
	public static final String ROIS = "-rois.zip", TABLE = "-measurements.csv",
			OVERLAY = "-overlay.png", OBJECTS = "-objects.csv";

	private final LabelImage labels;
	private final LabelClasses classes;
	private final List<SegmentedFrame> frames;
	private final Path target;
	private final Progress progress;

	/**
	 * @param labels of all time points
	 * @param frames source and confidence at each time point
	 * @param target label volume to write, .tif or .nii or .nii.gz
	 */
	public ResultFiles(final LabelImage labels, final LabelClasses classes,
		final List<SegmentedFrame> frames,		final Path target, final Progress progress)
	{
		this.labels = labels;
		this.classes = classes;
		this.frames = frames;
		this.target = target;
		this.progress = progress;
	}

	/**
	 * Looks whether a format holds all time points.
	 *
	 * @param source what people call the image
	 * @throws FormatException if it does not
	 */
	public static void checkTimePoints(final Path target, final String source, final int count)
		throws FormatException
	{
		if (count > 1 && VolumeFormat.of(target) != VolumeFormat.TIFF) throw new FormatException("\"" + source
			+ "\" has " + count + " time points, but \"" + target.getFileName()
			+ "\" can hold one: choose a name that ends in .tif.");
	}

	/**
	 * The label volume: TIFF with colours and voxel size, NIfTI with the affine of the source.
	 *
	 * @throws IOException if the file cannot be written
	 */
	public void writeLabels() throws IOException {
		if (VolumeFormat.of(target) == VolumeFormat.TIFF) LabelTiff.write(target, labels.toImagePlus(
			classes));
		else VolumeWriter.write(target, source().withImage(asFloats()));
	}

	/**
	 * {@code <name>-rois.zip}: a region per class or object, slice and time point.
	 *
	 * @param objects {@code null} for regions of classes
	 */
	public void writeRois(final ObjectLabels objects) throws IOException {
		final boolean hyperstack = source().channels() > 1;
		RoiZip.write(beside(ROIS), objects == null ? RoiExport.rois(labels, classes, hyperstack, progress)
			: RoiExport.rois(objects, classes, hyperstack, progress));
	}

	/** {@code <name>-measurements.csv}: a row per class and time point. */
	public void writeTable() throws IOException {
		final List<Measurement> rows = new ArrayList<>();
		for (int t = 0; t < frames.size(); t++)
			rows.addAll(Measurements.of(labels, t + 1, classes, frames.get(t), progress));
		new MeasurementTable(rows).writeCsv(beside(TABLE));
	}

	/**
	 * {@code <name>-objects.tif} with a number for each object, and {@code <name>-objects.csv} with its
	 * measurements.
	 */
	public void writeObjects(final ObjectLabels objects) throws IOException {
		LabelTiff.write(beside("-objects.tif"), objects.toImagePlus(classes));
		new MeasurementTable(objects.measure(classes, frames)).writeCsv(beside(OBJECTS));
	}

	/** {@code <name>-overlay.png}: slices of the source with the labels over them. */
	public void writeOverlay() throws IOException {
		OverlayPicture.write(beside(OVERLAY), source(), labels, classes);
	}

	/**
	 * {@code <name>-probabilities}: a channel per class, in the format of the labels.
	 *
	 * @param probabilities of the first time point, the only one that is saved
	 */
	public void writeProbabilities(final RandomAccessibleInterval<FloatType> probabilities)
		throws IOException
	{
		if (frames.size() > 1) progress.warn("Probabilities are saved for the first of " + frames.size()
			+ " time points only.");
		VolumeWriter.write(beside("-probabilities" + extension()), source().withImage(
			probabilities));
	}

	private Volume source() {
		return frames.get(0).image();
	}

	private String extension() {
		return target.getFileName().toString().substring(VolumeFormat.baseName(target).length());
	}

	private Path beside(final String ending) {
		return beside(target, ending);
	}

	/** The file beside a label volume that is called after it. */
	public static Path beside(final Path labels, final String ending) {
		return labels.resolveSibling(VolumeFormat.baseName(labels) + ending);
	}

	private RandomAccessibleInterval<FloatType> asFloats() {
		return Converters.convert((RandomAccessibleInterval<UnsignedShortType>) Views.addDimension(labels
			.volume(0), 0, 0), (in, out) -> out.set(in.get()), new FloatType());
	}
}
