package org.swinj.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Unpacks and packs archives, so that damage inside them carries a valid checksum. */
public final class Archives {

	private Archives() {}

	/** The contents of a zip by name. */
	public static Map<String, byte[]> unzip(final byte[] bytes) throws IOException {
		final Map<String, byte[]> entries = new LinkedHashMap<>();
		final Path file = Files.createTempFile("seed", ".zip");
		Files.write(file, bytes);
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry entry : Collections.list(zip.entries()))
				entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
		}
		finally {
			Files.delete(file);
		}
		return entries;
	}

	public static byte[] zip(final Map<String, byte[]> entries) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream out = new ZipOutputStream(bytes)) {
			for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
				out.putNextEntry(new ZipEntry(entry.getKey()));
				out.write(entry.getValue());
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	public static byte[] gunzip(final byte[] gzip) throws IOException {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
			return in.readAllBytes();
		}
	}

	public static byte[] gzip(final byte[] plain) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(plain);
		}
		return bytes.toByteArray();
	}

	static byte[] damagedGzip(final byte[] valid, final Mutations mutations) throws IOException {
		return mutations.chance(0.3) ? mutations.damaged(valid) : gzip(mutations.damaged(gunzip(valid)));
	}

	static byte[] damagedZip(final byte[] valid, final Map<String, byte[]> contents,
		final Mutations mutations)
	{
		if (mutations.chance(0.3)) return mutations.damaged(valid);
		final Map<String, byte[]> entries = new LinkedHashMap<>(contents);
		final List<String> names = new ArrayList<>(entries.keySet());
		entries.computeIfPresent(names.get(mutations.below(names.size())), (name, bytes) -> mutations
			.damaged(bytes));
		return zip(entries);
	}
}
