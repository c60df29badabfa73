package org.swinj.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/**
 * Reads volumes of any supported format into memory. Images come back finite; labels come back as
 * one channel of whole numbers that are not negative.
 */
public final class VolumeReader {

	/** Largest whole number up to which 32-bit floats hold every one. */
	private static final float LARGEST_LABEL = 1 << 24;

	private final Progress progress;
	private final Function<Path, RandomAccessibleInterval<?>> fallback;
	private final boolean strict;

	/** Reads the formats of {@link VolumeFormat}. */
	public VolumeReader(final Progress progress) {
		this(progress, null);
	}

	/**
	 * @param fallback opens files of all other formats, for instance through Fiji; its first three
	 *          axes that are longer than 1 are taken as X, Y, Z. Returns {@code null} for files that
	 *          it cannot open, and throws {@link UncheckedIOException} for damaged ones. May be {@code null}
	 *          itself.
	 */
	public VolumeReader(final Progress progress,
		final Function<Path, RandomAccessibleInterval<?>> fallback)
	{
		this(progress, fallback, false);
	}

	private VolumeReader(final Progress progress,
		final Function<Path, RandomAccessibleInterval<?>> fallback, final boolean strict)
	{
		this.progress = progress;
		this.fallback = fallback;
		this.strict = strict;
	}

	/** A reader that refuses images with NaN or infinite voxels instead of replacing them. */
	public VolumeReader strict() {
		return new VolumeReader(progress, fallback, true);
	}

	/**
	 * Reads an image. NaN and infinite voxels are replaced by the smallest finite value, with a
	 * warning.
	 *
	 * @throws FormatException if the file is missing, damaged or not a volume of real numbers
	 */
	public Volume read(final Path file) throws IOException {
		final Volume volume = open(file, false);
		makeFinite(volume);
		return volume;
	}

	/** Reads the time points of an image, one volume each; a single one for most files. */
	public List<Volume> readFrames(final Path file) throws IOException {
		check(file);
		if (VolumeFormat.of(file) != VolumeFormat.TIFF) return List.of(read(file));
		final List<Volume> frames = new TiffReader(progress).readFrames(file);
		for (final Volume frame : frames)
			makeFinite(frame);
		return frames;
	}

	private void makeFinite(final Volume volume) throws IOException {
		try {
			if (strict) Finite.require(volume, progress);
			else Finite.repair(volume, progress);
		}
		catch (final UncheckedIOException e) { // of planes that are read when they are touched
			throw e.getCause();
		}
	}

	/**
	 * Reads labels: one channel of whole numbers from 0 to 16777216.
	 *
	 * @throws FormatException as for {@link #read}, or if a voxel is no label
	 */
	public Volume readLabels(final Path file) throws IOException {
		final Volume volume = open(file, true);
		if (volume.channels() != 1) throw new FormatException("Labels \"" + file.getFileName() +
			"\" have " + volume.channels() + " channels instead of 1.");
		try {
			checkLabels(volume, file);
		}
		catch (final UncheckedIOException e) { // of planes that are read when they are touched
			throw e.getCause();
		}
		return volume;
	}

	private void checkLabels(final Volume volume, final Path file) throws FormatException {
		long n = 0;
		final Cursor<FloatType> cursor = Views.flatIterable(volume.image()).cursor();
		while (cursor.hasNext()) {
			final float v = cursor.next().get();
			if (!(v >= 0 && v <= LARGEST_LABEL && v == (int) v)) throw new FormatException(notALabel(file, v,
				cursor));
			if ((++n & 0x3fffff) == 0) progress.checkCancelled();
		}
	}

	/**
	 * Voxels along X, Y, Z and channels of a file, from its header.
	 *
	 * @throws FormatException if the file is missing, damaged or of another format
	 */
	public long[] size(final Path file) throws IOException {
		check(file);
		final VolumeFormat format = VolumeFormat.detect(file);
		if (format == null) throw unsupported(file);
		return switch (format) {
			case NIFTI -> new NiftiReader(progress).readHeader(file).size();
			case TIFF -> new TiffReader(progress).size(file);
			case NRRD -> new NrrdReader(progress).size(file);
			case METAIMAGE -> new MetaImageReader(progress).size(file);
			case DICOM -> new DicomReader(progress).size(file);
			case HDF5 -> new Hdf5Reader(progress).size(file);
		};
	}

	private Volume open(final Path file, final boolean labels) throws IOException {
		check(file);
		final VolumeFormat format = VolumeFormat.detect(file);
		if (format == null) return openOther(file);
		return switch (format) {
			case NIFTI -> new NiftiReader(progress).read(file);
			case TIFF -> new TiffReader(progress).read(file);
			case NRRD -> new NrrdReader(progress).read(file);
			case METAIMAGE -> new MetaImageReader(progress).read(file);
			case DICOM -> new DicomReader(progress).read(file);
			case HDF5 -> labels ? new Hdf5Reader(progress).readLabels(file) : new Hdf5Reader(progress).read(
				file);
		};
	}

	private Volume openOther(final Path file) throws FormatException {
		final RandomAccessibleInterval<?> image = openElsewhere(file);
		if (image == null) throw unsupported(file);
		progress.warn("Volume \"" + file.getFileName() +
			"\" was read without its voxel size; 1 pixel was used.");
		return copy(file, image);
	}

	private RandomAccessibleInterval<?> openElsewhere(final Path file) throws FormatException {
		try {
			return fallback == null ? null : fallback.apply(file);
		}
		catch (final UncheckedIOException e) {
			throw new FormatException("File \"" + file.getFileName() + "\" cannot be read: " + e.getCause()
				.getMessage() + ".", e);
		}
	}

	private static void check(final Path source) throws IOException {
		if (Files.isDirectory(source)) {
			if (DicomReader.isFolder(source)) return;
			ChunkFolder.refuse(source);
			throw new FormatException("\"" + source + "\" is a folder where a volume is needed.");
		}
		final Hdf5Path hdf5 = Hdf5Path.of(source);
		final Path file = hdf5 == null ? source : hdf5.file();
		if (!Files.exists(file)) throw new FormatException("File \"" + file + "\" does not exist.");
		if (!Files.isReadable(file)) throw new FormatException("File \"" + file +
			"\" cannot be read: permission is missing.");
	}

	private static FormatException unsupported(final Path file) {
		final String name = file.getFileName().toString();
		final int dot = name.lastIndexOf('.');
		return new FormatException("File \"" + name + "\" cannot be read: " + (dot < 0
			? "it has no extension" : "the format \"" + name.substring(dot).toLowerCase(Locale.ROOT) +
				"\" is not known") + ". Volumes are read from .nii, .nii.gz, .hdr with .img, .tif, .tiff, " +
			".nrrd, .nhdr, .mha, .mhd, .h5 and folders of DICOM slices.");
	}

	private Volume copy(final Path file, final RandomAccessibleInterval<?> image)
		throws FormatException
	{
		final String name = file.getFileName().toString();
		final RandomAccessibleInterval<?> volume = Views.dropSingletonDimensions(image);
		final int axes = volume.numDimensions();
		if (axes < 2 || axes > 3) throw new FormatException("Volume \"" + name + "\" has " + axes +
			" axes where X, Y and Z are needed.");
		final FloatPlanes planes = new FloatPlanes(name, volume.dimension(0), volume.dimension(1), axes ==
			3 ? volume.dimension(2) : 1, 1);
		final Cursor<?> cursor = Views.flatIterable(volume).cursor();
		for (int p = 0; p < planes.planeCount(); p++) {
			progress.checkCancelled();
			final float[] plane = new float[planes.planeSize()];
			for (int i = 0; i < plane.length; i++) {
				if (!(cursor.next() instanceof RealType<?> real)) throw new FormatException("Volume \"" + name +
					"\" holds colours or other voxels that are not one real number each.");
				plane[i] = real.getRealFloat();
			}
			planes.add(plane);
		}
		return new Volume(VolumeFormat.baseName(file), planes.image(), Geometry.unknown());
	}

	private static String notALabel(final Path file, final float value, final Cursor<?> at) {
		final String what = Float.isNaN(value) ? "NaN, which is no label" : value < 0
			? "a negative value, which is no label" : value > LARGEST_LABEL
				? "a value above 16777216, which is too large for a label"
				: "a value that is not a whole number";
		return String.format(Locale.ROOT, "Labels \"%s\" contain %s at voxel (%d, %d, %d): %s.", file
			.getFileName(), value, at.getLongPosition(0), at.getLongPosition(1), at.getLongPosition(2), what);
	}
}
