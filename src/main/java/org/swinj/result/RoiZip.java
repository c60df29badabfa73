package org.swinj.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.swinj.data.AtomicFile;
import org.swinj.data.FormatException;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;

/**
 * ROI sets as ImageJ's ROI Manager saves them: a zip of one {@code .roi} entry per region. ImageJ
 * shows regions that it reads in the colour of their group, although the file holds their own.
 */
public final class RoiZip {

	private static final int LONGEST = 1 << 26; // bytes of a region

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

	/**
	 * Reads regions, also a single one that is not in a zip.
	 *
	 * @throws FormatException if there is none in the file
	 */
	public static List<Roi> read(final Path file) throws IOException {
		final List<Roi> rois = new ArrayList<>();
		if (file.toString().endsWith(".roi")) add(rois, Files.readAllBytes(file), file.getFileName()
			.toString());
		else try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
				if (entry.getName().endsWith(".roi")) add(rois, zip.readNBytes(LONGEST), entry.getName());
		}
		if (rois.isEmpty()) throw new FormatException("File \"" + file + "\" holds no ImageJ regions.");
		return rois;
	}

	private static void add(final List<Roi> rois, final byte[] bytes, final String entry)
		throws FormatException
	{
		try {
			final Roi roi = new RoiDecoder(bytes, entry.replaceFirst("\\.roi$", "")).getRoi();
			if (roi != null) rois.add(roi);
		}
		catch (final IOException | RuntimeException e) {
			throw new FormatException("Region \"" + entry + "\" cannot be read: " + e.getMessage(), e);
		}
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
