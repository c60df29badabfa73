package org.swinj.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the file of voxels that the header of a volume names. */
final class DataFile {

	private DataFile() {}

	/**
	 * @param header file with the header
	 * @param name as it stands there, relative to the folder of the header
	 * @throws FormatException if it names several files, or one that does not exist
	 */
	static Path of(final Path header, final String name) throws FormatException {
		final String begin = "Volume \"" + header.getFileName() + "\" keeps its voxels in ";
		if (name.matches("(?i)LIST\\b.*") || name.contains("%")) throw new FormatException(begin +
			"several files (" + name + "): join them to one first.");
		try {
			final Path data = header.resolveSibling(name);
			if (Files.isRegularFile(data)) return data;
		}
		catch (final InvalidPathException e) {
			throw new FormatException(begin + "\"" + name + "\", which is no name of a file.", e);
		}
		throw new FormatException(begin + "\"" + name + "\", which is missing.");
	}
}
