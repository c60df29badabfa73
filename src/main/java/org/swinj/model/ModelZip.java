package org.swinj.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A model as a zip, its files at the top or in one folder. Nothing is ever unpacked to the disk; an
 * archive with names that lead outside, or with entries that swell, is refused.
 */
final class ModelZip implements ModelStore {

	private static final int MAX_ENTRIES = 1000;

	private final ZipFile zip;
	private final String file;
	private final Map<String, ZipEntry> entries = new HashMap<>();

	private ModelZip(final ZipFile zip, final String file) {
		this.zip = zip;
		this.file = file;
	}

	static ModelZip open(final Path path) throws IOException {
		final String file = String.valueOf(path.getFileName());
		final ZipFile zip;
		try {
			zip = new ZipFile(path.toFile());
		}
		catch (final ZipException | EOFException e) {
			throw new ModelFormatException("\"" + file
				+ "\" is not a SwinJ model: it is neither a folder nor a complete zip.", e);
		}
		try {
			final ModelZip model = new ModelZip(zip, file);
			model.index();
			return model;
		}
		catch (final IOException | RuntimeException e) {
			zip.close();
			throw e;
		}
	}

	private void index() throws ModelFormatException {
		SafeZip.check(zip, file, MAX_ENTRIES);
		for (final ZipEntry entry : Collections.list(zip.entries())) {
			final String name = entry.getName();
			final String part = name.substring(name.lastIndexOf('/') + 1);
			if (!part.equals(ModelReader.CARD) && !part.equals(ModelReader.WEIGHTS)) continue;
			if (name.startsWith("__MACOSX/") || name.indexOf('/') != name.lastIndexOf('/')) continue;
			SafeZip.checkSize(entry, file);
			if (entries.put(part, entry) != null) throw new ModelFormatException("\"" + file
				+ "\" is refused: it holds " + part + " twice.");
		}
	}

	@Override
	public long size(final String name) {
		final ZipEntry entry = entries.get(name);
		return entry == null ? -1 : entry.getSize();
	}

	@Override
	public InputStream open(final String name) throws IOException {
		return zip.getInputStream(entries.get(name));
	}

	@Override
	public void close() throws IOException {
		zip.close();
	}
}
