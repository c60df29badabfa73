package org.swinj.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.swinj.data.AtomicFile;

/**
 * The safetensors format: an 8-byte little-endian header length, a JSON header, and the tensors'
 * raw bytes. Files may exceed 2 GB; a single tensor may not.
 */
public final class Safetensors {

	/** The format's own limit on the header. */
	private static final long MAX_HEADER = 100_000_000;

	private Safetensors() {}

	/**
	 * Reads all tensors.
	 *
	 * @throws ModelFormatException if the file is damaged or not of this format
	 */
	public static StateDict read(final Path file) throws IOException {
		try (InputStream in = open(file)) {
			return read(in, Files.size(file), file.getFileName().toString());
		}
	}

	/**
	 * Reads the strings that accompany the tensors.
	 *
	 * @throws ModelFormatException if the file is damaged or not of this format
	 */
	public static Map<String, String> readMetadata(final Path file) throws IOException {
		try (InputStream in = open(file)) {
			return readHeader(in, Files.size(file), file.getFileName().toString()).metadata();
		}
	}

	private static InputStream open(final Path file) throws IOException {
		return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
	}

	/**
	 * Reads all tensors in one pass; nothing is allocated that the length does not cover.
	 *
	 * @param length bytes that the stream holds
	 * @param name file name for messages
	 */
	static StateDict read(final InputStream in, final long length, final String name)
		throws IOException
	{
		final SafetensorsHeader header = readHeader(in, length, name);
		final Map<String, Weight> read = new HashMap<>();
		for (final SafetensorsHeader.Entry entry : header.inFileOrder()) {
			final byte[] data = readFully(in, (int) (entry.end() - entry.begin()), name);
			read.put(entry.name(), new Weight(entry.type(), entry.shape(), ByteBuffer.wrap(data)));
		}
		final StateDict weights = new StateDict();
		for (final SafetensorsHeader.Entry entry : header.entries())
			weights.put(entry.name(), read.get(entry.name()));
		return weights;
	}

	private static SafetensorsHeader readHeader(final InputStream in, final long length,
		final String name) throws IOException
	{
		if (length < 8) throw new ModelFormatException("Weights file \"" + name
			+ "\" is not a safetensors file: it has only " + length + " bytes.");
		final long bytes = ByteBuffer.wrap(readFully(in, 8, name)).order(ByteOrder.LITTLE_ENDIAN)
			.getLong();
		if (bytes < 2 || bytes > MAX_HEADER || bytes > length - 8) throw new ModelFormatException(
			"Weights file \"" + name + "\" is not a safetensors file or truncated: a header of " + Long
				.toUnsignedString(bytes) + " bytes does not fit into " + length + " bytes.");
		return SafetensorsHeader.parse(readFully(in, (int) bytes, name), length - 8 - bytes, name);
	}

	private static byte[] readFully(final InputStream in, final int count, final String name)
		throws IOException
	{
		final byte[] bytes = new byte[count];
		final int read;
		try {
			read = in.readNBytes(bytes, 0, count);
		}
		catch (final EOFException e) { // a compressed entry that breaks off
			throw truncated(name, e);
		}
		if (read < count) throw truncated(name, null);
		return bytes;
	}

	private static ModelFormatException truncated(final String name, final Throwable cause) {
		return new ModelFormatException("Weights file \"" + name
			+ "\" is truncated: it ends inside a tensor.", cause);
	}

	/** Writes all tensors and strings; a file of this name is replaced only by a complete one. */
	public static void write(final Path file, final StateDict weights,
		final Map<String, String> metadata) throws IOException
	{
		AtomicFile.write(file, out -> write(Channels.newChannel(out), weights, metadata));
	}

	static void write(final WritableByteChannel out, final StateDict weights,
		final Map<String, String> metadata) throws IOException
	{
		final byte[] header = SafetensorsHeader.of(weights, metadata);
		final ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
		writeFully(out, length.putLong(header.length).flip());
		writeFully(out, ByteBuffer.wrap(header));
		for (final Weight weight : weights.asMap().values())
			writeFully(out, weight.data());
	}

	private static void writeFully(final WritableByteChannel out, final ByteBuffer data)
		throws IOException
	{
		while (data.hasRemaining())
			out.write(data);
	}
}
