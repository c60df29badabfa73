package org.swinj.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** File formats of volumes that are read without help, told apart by extension. */
public enum VolumeFormat {

	NIFTI(".nii.gz", ".nii", ".hdr.gz", ".hdr", ".img.gz", ".img"),
	TIFF(".tiff", ".tif"),
	NRRD(".nrrd", ".nhdr"),
	METAIMAGE(".mha", ".mhd");

	private final List<String> extensions;

	VolumeFormat(final String... extensions) {
		this.extensions = List.of(extensions);
	}

	/** The format that a file name announces, or {@code null} for any other name. */
	public static VolumeFormat of(final Path file) {
		for (final VolumeFormat format : values())
			if (!format.extension(file).isEmpty()) return format;
		return null;
	}

	/** Whether this is the name of a volume, and not of a hidden file or a macOS companion (._x). */
	public static boolean isVolume(final Path file) {
		return !file.getFileName().toString().startsWith(".") && of(file) != null;
	}

	/** File name without folder and extension; {@code case_7} for {@code a/case_7.nii.gz}. */
	public static String baseName(final Path file) {
		final String name = file.getFileName().toString();
		for (final VolumeFormat format : values()) {
			final String extension = format.extension(file);
			if (!extension.isEmpty()) return name.substring(0, name.length() - extension.length());
		}
		final int dot = name.lastIndexOf('.');
		return dot > 0 ? name.substring(0, dot) : name;
	}

	/** The extension of this format that a file has, in lower case; empty if it has none of them. */
	String extension(final Path file) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		for (final String extension : extensions)
			if (name.endsWith(extension) && name.length() > extension.length()) return extension;
		return "";
	}
}
