package org.swinj.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipException;

/** Reads the two files of a model from its {@link ModelStore}. */
final class ModelReader implements AutoCloseable {

	static final String CARD = "model.json";
	static final String WEIGHTS = "weights.safetensors";

	private static final long MAX_CARD = 16 << 20;

	private final ModelStore store;
	private final String name;

	private ModelReader(final ModelStore store, final String name) {
		this.store = store;
		this.name = name;
	}

	/** @throws ModelFormatException if there is no SwinJ model */
	static ModelReader open(final Path path) throws IOException {
		final Path file = path.toAbsolutePath().normalize();
		final String name = String.valueOf(file.getFileName());
		if (!Files.exists(file)) throw new ModelFormatException("Model \"" + path
			+ "\" does not exist.");
		final ModelStore store = Files.isDirectory(file) ? new ModelFolder(file) : ModelZip.open(file);
		final ModelReader reader = new ModelReader(store, name);
		for (final String part : new String[] { CARD, WEIGHTS })
			if (store.size(part) < 0) {
				store.close();
				throw new ModelFormatException("\"" + name + "\" is not a SwinJ model: it has no " + part
					+ ".");
			}
		return reader;
	}

	String name() {
		return name;
	}

	ModelCard readCard() throws IOException {
		final long size = store.size(CARD);
		if (size > MAX_CARD) throw new ModelFormatException("Model \"" + name
			+ "\" is damaged: its model.json has " + size + " bytes, more than " + MAX_CARD + ".");
		try (InputStream in = store.open(CARD)) {
			return CardJson.parse(new String(in.readNBytes((int) size), StandardCharsets.UTF_8), name);
		}
		catch (final ZipException | EOFException e) {
			throw unreadable(CARD, e);
		}
	}

	StateDict readWeights(final String sha256) throws IOException {
		final MessageDigest digest = ModelWriter.sha256();
		try (InputStream in = new BufferedInputStream(new DigestInputStream(store.open(WEIGHTS),
			digest), 1 << 16))
		{
			final StateDict weights = Safetensors.read(in, store.size(WEIGHTS), WEIGHTS + " of " + name);
			final String actual = HexFormat.of().formatHex(digest.digest());
			if (!actual.equalsIgnoreCase(sha256)) throw new ModelFormatException("Model \"" + name
				+ "\" is damaged: the SHA-256 of its weights is " + actual + ", but model.json says "
				+ sha256 + ".");
			return weights;
		}
		catch (final ZipException | EOFException e) {
			throw unreadable(WEIGHTS, e);
		}
	}

	private ModelFormatException unreadable(final String part, final IOException cause) {
		return new ModelFormatException("Model \"" + name + "\" is damaged: its " + part
			+ " cannot be unpacked.", cause);
	}

	@Override
	public void close() throws IOException {
		store.close();
	}
}
