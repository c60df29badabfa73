package org.swinj.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle; never allocates more than what is left of it. */
final class PickleInput {

	private static final int MAX_LINE = 1000;
	private static final int MAX_BYTES = 64 << 20;

	private final InputStream in;
	private final long length;
	private final String file;
	private long position;

	/**
	 * @param length bytes that may be read
	 * @param file name for messages
	 */
	PickleInput(final InputStream in, final long length, final String file) {
		this.in = in;
		this.length = length;
		this.file = file;
	}

	long position() {
		return position;
	}

	int u1() throws IOException {
		final int value = position < length ? in.read() : -1;
		if (value < 0) throw fail("it ends inside its pickle");
		position++;
		return value;
	}

	int u2() throws IOException {
		return u1() | u1() << 8;
	}

	int i4() throws IOException {
		return u2() | u2() << 16;
	}

	long u4() throws IOException {
		return i4() & 0xFFFFFFFFL;
	}

	long i8() throws IOException {
		return u4() | (long) i4() << 32;
	}

	/** A big-endian double, the one number of a pickle in that order. */
	double f8() throws IOException {
		return ByteBuffer.wrap(bytes(8)).order(ByteOrder.BIG_ENDIAN).getDouble();
	}

	byte[] bytes(final long count) throws IOException {
		if (count < 0 || count > MAX_BYTES || count > length - position) throw fail("it claims " + Long.toUnsignedString(
			count) + " bytes of which " + (length - position) + " are there");
		final byte[] bytes = in.readNBytes((int) count);
		position += bytes.length;
		if (bytes.length < count) throw fail("it ends inside its pickle");
		return bytes;
	}

	String utf8(final long count) throws IOException {
		return new String(bytes(count), StandardCharsets.UTF_8);
	}

	String latin1(final long count) throws IOException {
		return new String(bytes(count), StandardCharsets.ISO_8859_1);
	}

	/** Text up to the next line feed. */
	String line() throws IOException {
		final StringBuilder line = new StringBuilder();
		for (int c = u1(); c != '\n'; c = u1()) {
			if (line.length() == MAX_LINE) throw fail("it has a name of more than " + MAX_LINE
				+ " characters");
			line.append((char) c);
		}
		return line.toString();
	}

	/** The sentence for a pickle that cannot be accepted. */
	ModelFormatException fail(final String reason) {
		return new ModelFormatException("Weights file \"" + file + "\" is refused: " + reason + " (byte "
			+ position + ").");
	}
}
