package org.swinj.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Walks over the elements of a DICOM file (standard, part 5, section 7). Elements come one after
 * the other: tag, in explicit syntaxes a type of two letters, length, value.
 */
final class DicomInput implements AutoCloseable {

	/** Length of values that end at a delimiter. */
	static final long UNDEFINED = 0xffffffffL;

	private static final int ITEM = 0xfffee000, ITEM_END = 0xfffee00d, SEQUENCE_END = 0xfffee0dd;
	private static final String LONG_TYPES = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";
	private static final int DEEPEST = 64;

	private final String file;
	private final InputStream in;
	private final byte[] bytes = new byte[4];
	private boolean explicit = true;
	private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
	private long position;
	private int tag;
	private String type;
	private long length;

	/** Opens a file that begins with {@link #isDicom}. */
	DicomInput(final Path path) throws IOException {
		file = path.getFileName().toString();
		in = new BufferedInputStream(Files.newInputStream(path), 1 << 14);
		skip(132);
	}

	/** Whether a file has the mark of DICOM behind its first 128 bytes. */
	static boolean isDicom(final Path path) throws IOException {
		try (InputStream in = Files.newInputStream(path)) {
			final byte[] start = in.readNBytes(132);
			return start.length == 132 && new String(start, 128, 4, StandardCharsets.US_ASCII).equals(
				"DICM");
		}
	}

	/** How the elements from here on are coded. */
	void syntax(final boolean withTypes, final ByteOrder byteOrder) {
		explicit = withTypes;
		order = byteOrder;
	}

	/** Whether the next element belongs to group 2, which describes the file. */
	boolean isMetaNext() throws IOException {
		in.mark(2);
		final byte[] group = in.readNBytes(2);
		in.reset();
		return group.length == 2 && group[0] == 2 && group[1] == 0;
	}

	/** Goes to the next element; false at the end of the file. */
	boolean next() throws IOException {
		in.mark(1);
		if (in.read() < 0) return false;
		in.reset();
		tag = unsigned16() << 16 | unsigned16();
		final boolean bare = tag >>> 16 == 0xfffe; // delimiters have no type
		type = "";
		if (!explicit || bare) length = unsigned32();
		else {
			read(2);
			type = new String(bytes, 0, 2, StandardCharsets.US_ASCII);
			length = unsigned16();
			if (LONG_TYPES.contains(type)) length = unsigned32();
		}
		return true;
	}

	/** Group and element number. */
	int tag() {
		return tag;
	}

	/** Bytes of the value, or {@link #UNDEFINED}. */
	long length() {
		return length;
	}

	/** Byte of the file that comes next. */
	long position() {
		return position;
	}

	ByteOrder order() {
		return order;
	}

	/** The value of the current element as text. */
	String text() throws IOException {
		if (length > 1 << 16) throw new FormatException("File \"" + file + "\" claims " + length +
			" bytes for its DICOM entry " + text(tag) + ".");
		final byte[] value = in.readNBytes((int) length);
		if (value.length < length) throw new EOFException();
		position += length;
		return new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').trim();
	}

	/** The value of the current element as a whole number of 16 bits. */
	int number() throws IOException {
		if (length != 2) throw new FormatException("File \"" + file + "\" has " + length +
			" bytes where its DICOM entry " + text(tag) + " has 2.");
		return unsigned16();
	}

	/** Passes the value of the current element, also one that ends at a delimiter. */
	void skipValue() throws IOException {
		skipValue(0);
	}

	private void skipValue(final int depth) throws IOException {
		if (length != UNDEFINED) {
			skip(length);
			return;
		}
		if (depth > DEEPEST) throw new FormatException("File \"" + file + "\" nests DICOM sequences " +
			depth + " deep.");
		// a sequence of unknown type is coded without types
		final boolean withTypes = explicit;
		if (type.equals("UN")) explicit = false;
		while (next() && tag != SEQUENCE_END) {
			if (tag != ITEM) throw new FormatException("File \"" + file +
				"\" has the DICOM entry " + text(tag) + " where an item of a sequence is needed.");
			skipItem(depth);
		}
		explicit = withTypes;
	}

	private void skipItem(final int depth) throws IOException {
		if (length != UNDEFINED) {
			skip(length);
			return;
		}
		while (next() && tag != ITEM_END)
			skipValue(depth + 1);
	}

	/** A tag as people write it. */
	static String text(final int tag) {
		return String.format(Locale.ROOT, "(%04x,%04x)", tag >>> 16, tag & 0xffff);
	}

	private int unsigned16() throws IOException {
		read(2);
		return ByteBuffer.wrap(bytes).order(order).getShort() & 0xffff;
	}

	private long unsigned32() throws IOException {
		read(4);
		return ByteBuffer.wrap(bytes).order(order).getInt() & 0xffffffffL;
	}

	private void read(final int count) throws IOException {
		if (in.readNBytes(bytes, 0, count) < count) throw new EOFException();
		position += count;
	}

	private void skip(final long count) throws IOException {
		in.skipNBytes(count);
		position += count;
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
