package org.swinj.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An HDF5 file and possibly a dataset in it, written as one path: {@code a.h5}, {@code a.h5:/raw},
 * or {@code a.h5/raw} where a colon is not allowed in names.
 *
 * @param file the HDF5 file
 * @param dataset path of the dataset from the root, empty if none is named
 */
record Hdf5Path(Path file, String dataset) {

	/** Splits a path; {@code null} if no part of it has the name of an HDF5 file. */
	static Hdf5Path of(final Path path) {
		if (isHdf5(path)) return new Hdf5Path(path, "");
		String dataset = "";
		for (Path at = path; at.getParent() != null; at = at.getParent()) {
			dataset = "/" + at.getFileName() + dataset;
			final Path file = withoutColon(at.getParent());
			if (file != null && isHdf5(file) && !Files.isDirectory(file)) return new Hdf5Path(file,
				dataset);
		}
		return null;
	}

	private static Path withoutColon(final Path path) {
		if (path.getFileName() == null) return null;
		final String name = path.getFileName().toString();
		return name.endsWith(":") && name.length() > 1 ? path.resolveSibling(name.substring(0, name
			.length() - 1)) : path;
	}

	private static boolean isHdf5(final Path file) {
		final String name = file.getFileName() == null ? "" : file.getFileName().toString();
		return name.toLowerCase(Locale.ROOT).matches(".+\\.(h5|hdf5|hdf)");
	}
}
