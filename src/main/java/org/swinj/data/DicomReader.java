package org.swinj.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.swinj.progress.Progress;

/**
 * Reads the slices of a DICOM series, which are the files of one folder, as a volume: sorted by
 * their place, scaled, with the affine in RAS. Voxels must be uncompressed grey levels of 8, 16 or
 * 32 bits, one slice a file.
 */
public final class DicomReader {

	private static final int TRIES = 16;

	private final Progress progress;

	public DicomReader(final Progress progress) {
		this.progress = progress;
	}

	/** Whether any file directly in a folder is DICOM; looks into a few that no extension explains. */
	public static boolean isFolder(final Path folder) throws IOException {
		if (!Files.isDirectory(folder) || !Files.isReadable(folder)) return false;
		int tries = TRIES;
		for (final Path file : files(folder)) {
			if (VolumeFormat.of(file) == VolumeFormat.DICOM) return true;
			if (VolumeFormat.of(file) == null && Files.isReadable(file) && tries-- > 0 && DicomInput.isDicom(
				file)) return true;
		}
		return false;
	}

	/** Voxels along X, Y, Z and channels, from the headers. */
	long[] size(final Path source) throws IOException {
		final DicomSeries series = series(source);
		final DicomSlice first = series.slices().get(0);
		return new long[] { first.width(), first.height(), series.slices().size(), 1 };
	}

	/**
	 * Reads a series into memory.
	 *
	 * @param source a folder that holds one series, or a file of any series of its folder
	 * @throws FormatException if the folder holds several series, or the slices do not make up a
	 *           volume: slices are missing, damaged, compressed, unevenly spaced or of different kind
	 */
	public Volume read(final Path source) throws IOException {
		final DicomSeries series = series(source);
		final DicomSlice first = series.slices().get(0);
		final Geometry geometry = series.geometry();
		final FloatPlanes planes = new FloatPlanes(name(source), first.width(), first.height(), series
			.slices().size(), 1);
		for (final DicomSlice slice : series.slices()) {
			progress.checkCancelled();
			planes.add(slice.read());
		}
		return new Volume(name(source), planes.image(), geometry);
	}

	private DicomSeries series(final Path source) throws IOException {
		if (Files.isDirectory(source)) {
			final List<DicomSlice> slices = slices(source);
			if (slices.isEmpty()) throw new FormatException("Folder \"" + source +
				"\" holds no DICOM image.");
			if (slices.stream().anyMatch(s -> !s.series().equals(slices.get(0).series())))
				throw new FormatException("Folder \"" + source + "\" holds " + slices.stream().map(
					DicomSlice::series).distinct().count() + " DICOM series (" + DicomSeries.describe(slices) +
					"): give each a folder of its own, or name one file.");
			return new DicomSeries(name(source), slices, progress);
		}
		if (!DicomInput.isDicom(source)) throw new FormatException("File \"" + source.getFileName() +
			"\" is not DICOM: it lacks the letters DICM at byte 128.");
		final DicomSlice one = DicomHeader.read(source);
		if (one == null) throw new FormatException("DICOM file \"" + source.getFileName() +
			"\" holds no image.");
		final List<DicomSlice> same = slices(source.toAbsolutePath().getParent()).stream().filter(s -> s
			.series().equals(one.series())).toList();
		return new DicomSeries(name(source), same, progress);
	}

	private List<DicomSlice> slices(final Path folder) throws IOException {
		final List<DicomSlice> slices = new ArrayList<>();
		for (final Path file : files(folder)) {
			progress.checkCancelled();
			final DicomSlice slice = DicomInput.isDicom(file) ? DicomHeader.read(file) : null;
			if (slice != null) slices.add(slice);
			else if (VolumeFormat.of(file) == VolumeFormat.DICOM) progress.warn("DICOM file \"" + file
				.getFileName() + "\" holds no image and was left out.");
		}
		return slices;
	}

	private static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> entries = Files.list(folder)) {
			return entries.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString()
				.startsWith(".")).filter(file -> !file.getFileName().toString().toUpperCase(Locale.ROOT).equals(
					"DICOMDIR")).sorted().toList();
		}
	}

	/** The name of the folder, which stands for the whole series. */
	private static String name(final Path source) {
		final Path absolute = source.toAbsolutePath().normalize();
		final Path folder = Files.isDirectory(absolute) ? absolute : absolute.getParent();
		return folder.getFileName() == null ? "series" : folder.getFileName().toString();
	}
}
