package org.swinj.model;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The layout that torch.save has written since 1.6: a zip with {@code stem/data.pkl} and one entry
 * {@code stem/data/key} for each storage.
 */
final class TorchZip extends TorchStorages {

	private static final int MAX_ENTRIES = 200_000;
	private static final long MAX_PICKLE = 64 << 20;
	private static final long LONGEST_ORDER = 100;
	private static final String PICKLE = "data.pkl";

	private final ZipFile zip;
	private final String stem;

	private TorchZip(final ZipFile zip, final String stem, final String file, final long length) {
		super(file, length);
		this.zip = zip;
		this.stem = stem;
	}

	static TorchZip open(final Path path) throws IOException {
		final String file = path.getFileName().toString();
		final ZipFile zip;
		try {
			zip = new ZipFile(path.toFile());
		}
		catch (final ZipException | EOFException e) {
			throw new ModelFormatException("Weights file \"" + file
				+ "\" is truncated or damaged: its list of contents cannot be read.", e);
		}
		try {
			SafeZip.check(zip, file, MAX_ENTRIES);
			final TorchZip checkpoint = new TorchZip(zip, stem(zip, file), file, Files.size(path));
			checkpoint.checkByteOrder();
			return checkpoint;
		}
		catch (final IOException | RuntimeException e) {
			zip.close();
			throw e;
		}
	}

	private static String stem(final ZipFile zip, final String file) throws ModelFormatException {
		String stem = null;
		for (final ZipEntry entry : Collections.list(zip.entries())) {
			final String name = entry.getName();
			if (name.endsWith("/constants.pkl")) throw new ModelFormatException("Weights file \"" + file
				+ "\" is a TorchScript program, which is never run: save the state dict instead.");
			if (name.endsWith(".pt") || name.endsWith(".pth")) throw new ModelFormatException("\"" + file
				+ "\" is a zip around \"" + name + "\": unpack it first.");
			if (!name.equals(PICKLE) && !name.endsWith("/" + PICKLE)) continue;
			if (stem != null) throw new ModelFormatException("Weights file \"" + file
				+ "\" is refused: it holds two checkpoints.");
			stem = name.substring(0, name.length() - PICKLE.length());
		}
		if (stem == null) throw new ModelFormatException("\"" + file
			+ "\" is a zip, but not a PyTorch checkpoint: it has no data.pkl.");
		return stem;
	}

	private void checkByteOrder() throws IOException {
		final ZipEntry entry = zip.getEntry(stem + "byteorder");
		if (entry == null) return;
		if (entry.getSize() > LONGEST_ORDER) throw new ModelFormatException("Weights file \"" + file()
			+ "\" is refused: the name of its byte order has " + entry.getSize() + " bytes.");
		final String order = new String(bytes(entry), StandardCharsets.US_ASCII).trim();
		if (!order.equals("little")) throw new ModelFormatException("Weights file \"" + file()
			+ "\" has byte order \"" + order + "\"; only little is supported.");
	}

	@Override
	Object readRoot(final TorchObjects objects) throws IOException {
		final ZipEntry entry = zip.getEntry(stem + PICKLE);
		SafeZip.checkSize(entry, file());
		if (entry.getSize() > MAX_PICKLE) throw new ModelFormatException("Weights file \"" + file()
			+ "\" is refused: its pickle has " + entry.getSize() + " bytes, more than " + MAX_PICKLE + ".");
		final byte[] pickle = bytes(entry);
		return new PickleReader(new PickleInput(new ByteArrayInputStream(pickle), pickle.length,
			file()), objects).read();
	}

	@Override
	long size(final String key) {
		final ZipEntry entry = zip.getEntry(stem + "data/" + key);
		return entry == null ? -1 : entry.getSize();
	}

	@Override
	byte[] read(final String key) throws IOException {
		final ZipEntry entry = zip.getEntry(stem + "data/" + key);
		SafeZip.checkSize(entry, file());
		return bytes(entry);
	}

	private byte[] bytes(final ZipEntry entry) throws IOException {
		try (InputStream in = zip.getInputStream(entry)) {
			return in.readNBytes((int) entry.getSize());
		}
		catch (final ZipException | EOFException e) {
			throw new ModelFormatException("Weights file \"" + file() + "\" is damaged: its entry \""
				+ entry.getName() + "\" cannot be read.", e);
		}
	}

	@Override
	public void close() throws IOException {
		zip.close();
	}
}
