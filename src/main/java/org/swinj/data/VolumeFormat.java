package org.swinj.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** File formats of volumes that are read without help, told apart by extension. */
public enum VolumeFormat {

	NIFTI(".nii.gz", ".nii", ".hdr.gz", ".hdr", ".img.gz", ".img"),
	TIFF(".tiff", ".tif"),
	NRRD(".nrrd", ".nhdr"),
	METAIMAGE(".mha", ".mhd"),
	HDF5(".h5", ".hdf5", ".hdf"),

	/** One file for each slice; the folder is the volume. */
	DICOM(".dcm", ".dicom", ".ima");

	private final List<String> extensions;

	VolumeFormat(final String... extensions) {
		this.extensions = List.of(extensions);
	}

	/**
	 * The format that a file name announces, or {@code null} for any other name. A dataset in an HDF5
	 * file is named as {@code a.h5:/raw} or {@code a.h5/raw}.
	 */
	public static VolumeFormat of(final Path file) {
		for (final VolumeFormat format : values())
			if (!format.extension(file).isEmpty()) return format;
		return Hdf5Path.of(file) == null ? null : HDF5;
	}

	/** Whether a volume with this path is there: a file, a dataset in one, or a folder of slices. */
	public static boolean exists(final Path source) {
		if (Files.isDirectory(source)) return isVolume(source);
		final Hdf5Path hdf5 = Hdf5Path.of(source);
		return Files.isRegularFile(hdf5 == null ? source : hdf5.file());
	}

	/** As {@link #of}, or by content: DICOM files without extension and folders of DICOM slices. */
	public static VolumeFormat detect(final Path source) throws IOException {
		if (Files.isDirectory(source)) return DicomReader.isFolder(source) ? DICOM : null;
		final VolumeFormat format = of(source);
		if (format != null || !Files.isReadable(source)) return format;
		return DicomInput.isDicom(source) ? DICOM : null;
	}

	/**
	 * Whether this is a volume of its own: a file with the name of one, or a folder of DICOM slices;
	 * not a single slice, a hidden file or a macOS companion (._x).
	 *
	 * @throws UncheckedIOException if a folder cannot be looked into
	 */
	public static boolean isVolume(final Path source) {
		if (source.getFileName().toString().startsWith(".")) return false;
		try {
			if (Files.isDirectory(source)) return DicomReader.isFolder(source);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return of(source) != null && of(source) != DICOM;
	}

	/**
	 * The volumes of a folder by name: files, sub-folders of DICOM slices, and the folder itself if it
	 * holds slices. Of a .hdr and .img pair only the header.
	 */
	public static List<Path> volumes(final Path folder) throws IOException {
		final List<Path> entries;
		try (Stream<Path> all = Files.list(folder)) {
			entries = all.sorted().toList();
		}
		final List<Path> volumes = new ArrayList<>();
		if (DicomReader.isFolder(folder)) volumes.add(folder);
		for (final Path entry : entries)
			if (exists(entry) && isVolume(entry) && !isImageOfPair(entry)) volumes.add(entry);
		return volumes;
	}

	/** Name without folder and, for files, extension; {@code case_7} for {@code a/case_7.nii.gz}. */
	public static String baseName(final Path file) {
		final String name = file.getFileName().toString();
		if (Files.isDirectory(file)) return name;
		final Hdf5Path hdf5 = Hdf5Path.of(file);
		if (hdf5 != null && !hdf5.dataset().isEmpty()) return baseName(hdf5.file());
		for (final VolumeFormat format : values()) {
			final String extension = format.extension(file);
			if (!extension.isEmpty()) return name.substring(0, name.length() - extension.length());
		}
		final int dot = name.lastIndexOf('.');
		return dot > 0 ? name.substring(0, dot) : name;
	}

	private static boolean isImageOfPair(final Path file) {
		return NIFTI.extension(file).startsWith(".img") && (Files.exists(file.resolveSibling(baseName(
			file) + ".hdr")) || Files.exists(file.resolveSibling(baseName(file) + ".hdr.gz")));
	}

	/** The extension of this format that a file has, in lower case; empty if it has none of them. */
	String extension(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		for (final String extension : extensions)
			if (name.endsWith(extension) && name.length() > extension.length()) return extension;
		return "";
	}
}
