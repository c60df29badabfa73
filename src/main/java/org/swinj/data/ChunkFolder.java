package org.swinj.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Recognises Zarr and N5, folders of chunks, which are not read, in order to say so. */
public final class ChunkFolder {

	private static final List<String> ZARR = List.of(".zgroup", ".zarray", ".zattrs", "zarr.json");
	private static final String N5 = "attributes.json";
	private static final int LEVELS = 2; // a folder of images in a data set

	private ChunkFolder() {}

	/**
	 * Says what a folder without volumes is, if it or a folder in it is Zarr or N5.
	 *
	 * @throws FormatException in that case
	 */
	public static void refuse(final Path folder) throws IOException {
		refuse(folder, LEVELS);
	}

	private static void refuse(final Path folder, final int levels) throws IOException {
		final String format = format(folder);
		if (format == null && levels > 0 && Files.isReadable(folder)) {
			final List<Path> inside;
			try (Stream<Path> entries = Files.list(folder)) {
				inside = entries.filter(Files::isDirectory).sorted().toList();
			}
			for (final Path entry : inside)
				refuse(entry, levels - 1);
		}
		if (format != null) throw new FormatException("\"" + folder + "\" is " + format +
			", which is not supported: open it in Fiji and save it as TIFF, or convert it to NIfTI or HDF5.");
	}

	private static String format(final Path folder) {
		final String name = folder.getFileName() == null ? "" : folder.getFileName().toString()
			.toLowerCase(Locale.ROOT);
		if (name.endsWith(".zarr") || ZARR.stream().anyMatch(file -> Files.exists(folder.resolve(file))))
			return "Zarr";
		return name.endsWith(".n5") || Files.exists(folder.resolve(N5)) ? "N5" : null;
	}
}
