package org.swinj.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The entries of one TIFF image file directory (TIFF 6.0, section 2). Every length is compared with
 * the file before anything of it is read.
 */
final class TiffDirectory {

	static final int SUBFILE_TYPE = 254, WIDTH = 256, HEIGHT = 257, BITS = 258, COMPRESSION = 259,
			PHOTOMETRIC = 262, DESCRIPTION = 270, STRIP_OFFSETS = 273, SAMPLES = 277, ROWS_PER_STRIP = 278,
			STRIP_LENGTHS = 279, X_RESOLUTION = 282, Y_RESOLUTION = 283, RESOLUTION_UNIT = 296,
			PREDICTOR = 317, TILE_WIDTH = 322, SAMPLE_FORMAT = 339;

	/** Bytes of a value of type 1 (byte), 2 (ASCII), 3 (short), 4 (long), 5 (rational) … 12. */
	private static final int[] BYTES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 };

	private static final int FLOAT = 11;

	private record Entry(int type, long count, long position) {}

	private final FileChannel channel;
	private final ByteOrder order;
	private final String file;
	private final Map<Integer, Entry> entries = new HashMap<>();
	private final long length;
	private final long next;

	/**
	 * @param offset where the directory begins
	 * @throws FormatException if the directory reaches beyond the file
	 */
	TiffDirectory(final FileChannel channel, final ByteOrder order, final long offset,
		final String file) throws IOException
	{
		this.channel = channel;
		this.order = order;
		this.file = file;
		final int count = bytes(offset, 2).getShort() & 0xffff;
		length = 2 + 12L * count + 4;
		final ByteBuffer table = bytes(offset + 2, length - 2);
		for (int i = 0; i < count; i++) {
			final int at = 12 * i;
			final int tag = table.getShort(at) & 0xffff;
			final int type = table.getShort(at + 2) & 0xffff;
			final long values = table.getInt(at + 4) & 0xffffffffL;
			if (type == 0 || type >= BYTES.length) continue;
			final boolean inside = values * BYTES[type] <= 4;
			entries.put(tag, new Entry(type, values, inside ? offset + 2 + at + 8
				: table.getInt(at + 8) & 0xffffffffL));
		}
		next = table.getInt(12 * count) & 0xffffffffL;
	}

	/** Bytes of the table of entries. */
	long length() {
		return length;
	}

	/** Offset of the directory that follows, 0 for the last. */
	long next() {
		return next;
	}

	boolean has(final int tag) {
		return entries.containsKey(tag);
	}

	/** First value of a whole-number entry. */
	long number(final int tag, final long fallback) throws IOException {
		final Entry entry = entries.get(tag);
		return entry == null || entry.count == 0 ? fallback : numbers(tag)[0];
	}

	/** All values of a whole-number entry. */
	long[] numbers(final int tag) throws IOException {
		final Entry entry = entries.get(tag);
		if (entry == null) return new long[0];
		final int size = BYTES[entry.type];
		if (size > 4 || entry.type == FLOAT) throw new FormatException("Volume \"" + file +
			"\" has entry " + tag + " of type " + entry.type + " where a whole number is needed.");
		final ByteBuffer values = bytes(entry.position, entry.count * size);
		final long[] numbers = new long[(int) entry.count];
		for (int i = 0; i < numbers.length; i++)
			numbers[i] = switch (size) {
				case 1 -> values.get() & 0xff;
				case 2 -> values.getShort() & 0xffff;
				default -> values.getInt() & 0xffffffffL;
			};
		return numbers;
	}

	/** First value of a rational entry; NaN if it is absent or divides by zero. */
	double rational(final int tag) throws IOException {
		final Entry entry = entries.get(tag);
		if (entry == null || entry.count == 0 || entry.type != 5) return Double.NaN;
		final ByteBuffer value = bytes(entry.position, 8);
		final double numerator = value.getInt() & 0xffffffffL;
		final double denominator = value.getInt() & 0xffffffffL;
		return denominator == 0 ? Double.NaN : numerator / denominator;
	}

	/** A text entry, empty if absent. */
	String text(final int tag) throws IOException {
		final Entry entry = entries.get(tag);
		if (entry == null) return "";
		final ByteBuffer value = bytes(entry.position, entry.count * BYTES[entry.type]);
		final String text = new String(value.array(), StandardCharsets.UTF_8);
		final int end = text.indexOf(0);
		return end < 0 ? text : text.substring(0, end);
	}

	private ByteBuffer bytes(final long position, final long length) throws IOException {
		if (position + length > channel.size()) throw new FormatException("Volume \"" + file +
			"\" is truncated: its directory needs the bytes up to " + (position + length) +
			", but the file has " + channel.size() + ".");
		return TiffFile.read(channel, position, (int) Math.min(length, Integer.MAX_VALUE - 8)).order(
			order);
	}
}
