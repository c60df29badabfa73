package org.swinj.model;

import java.io.File;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Refuses archives that would lead outside or swell. */
final class SafeZip {

	private static final long MAX_RATIO = 200;
	private static final long SMALL = 1 << 20; // bytes that no ratio makes dangerous

	private SafeZip() {}

	/**
	 * Checks the number and the names of all entries, and that they do not overlap.
	 *
	 * @param file name for messages
	 */
	static void check(final ZipFile zip, final String file, final int maxEntries)
		throws ModelFormatException
	{
		if (zip.size() > maxEntries) throw refused(file, "it has " + zip.size()
			+ " entries, more than " + maxEntries);
		long packed = 0;
		for (final ZipEntry entry : Collections.list(zip.entries())) {
			if (leadsOutside(entry.getName())) throw refused(file, "the name of its entry \"" + entry
				.getName() + "\" leads outside the archive");
			packed += Math.max(0, entry.getCompressedSize());
		}
		final long length = new File(zip.getName()).length();
		if (packed > length) throw refused(file, "its entries claim " + packed
			+ " packed bytes, but it has only " + length);
	}

	private static boolean leadsOutside(final String name) {
		if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') == 1) return true;
		for (final String part : name.split("/"))
			if (part.equals("..")) return true;
		return false;
	}

	/** Checks one entry that is going to be read. */
	static void checkSize(final ZipEntry entry, final String file) throws ModelFormatException {
		final long size = entry.getSize();
		final long packed = entry.getCompressedSize();
		if (size < 0 || packed < 0 || size > SMALL && size / MAX_RATIO > packed) throw refused(file,
			"its entry \"" + entry.getName() + "\" swells from " + packed + " to " + size + " bytes");
	}

	private static ModelFormatException refused(final String file, final String reason) {
		return new ModelFormatException("\"" + file + "\" is refused: " + reason + ".");
	}
}
