package org.swinj.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.swinj.data.AtomicFile;

import ij.gui.Roi;
import ij.io.RoiEncoder;

/**
 * ROI sets as ImageJ's ROI Manager saves them: a zip of one {@code .roi} entry per region. ImageJ
 * shows regions that it reads in the colour of their group, although the file holds their own.
 */
public final class RoiZip {

	private RoiZip() {}

	/** Writes regions in their order; a file of this name is replaced only by a complete one. */
	public static void write(final Path file, final List<Roi> rois) throws IOException {
		AtomicFile.write(file, out -> {
			final ZipOutputStream zip = new ZipOutputStream(out);
			final Set<String> used = new HashSet<>();
			for (final Roi roi : rois) {
				zip.putNextEntry(new ZipEntry(entry(roi.getName(), used)));
				final BufferedOutputStream buffer = new BufferedOutputStream(zip);
				new RoiEncoder(buffer).write(roi);
				buffer.flush();
				zip.closeEntry();
			}
			zip.finish();
		});
	}

	/** A name for the entry that no other has and that is no path. */
	private static String entry(final String name, final Set<String> used) {
		final String base = name == null ? "region" : name.replaceAll("[/\\\\\\p{Cntrl}]", "_");
		String unique = base;
		for (int i = 2; !used.add(unique.toLowerCase(Locale.ROOT)); i++)
			unique = base + "-" + i;
		return unique + ".roi";
	}
}
