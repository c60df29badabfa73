package org.swinj.data;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks the strips of a TIFF plane (TIFF 6.0, sections 9, 13 and 14; deflate by Adobe). */
final class TiffStrips {

	private static final int NONE = 1, LZW = 5, DEFLATE = 8, OLD_DEFLATE = 32946, PACK_BITS = 32773;

	private TiffStrips() {}

	static boolean isSupported(final int compression) {
		return switch (compression) {
			case 0, NONE, LZW, DEFLATE, OLD_DEFLATE, PACK_BITS -> true;
			default -> false;
		};
	}

	/**
	 * Unpacks one strip.
	 *
	 * @param to receives the bytes between {@code start} and {@code end}
	 * @return bytes that came out, fewer than asked for if the strip is damaged
	 */
	static int unpack(final int compression, final byte[] strip, final byte[] to, final int start,
		final int end)
	{
		return switch (compression) {
			case LZW -> lzw(strip, to, start, end);
			case DEFLATE, OLD_DEFLATE -> inflate(strip, to, start, end);
			case PACK_BITS -> packBits(strip, to, start, end);
			default -> {
				final int count = Math.min(strip.length, end - start);
				System.arraycopy(strip, 0, to, start, count);
				yield count;
			}
		};
	}

	private static int inflate(final byte[] strip, final byte[] to, final int start, final int end) {
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(strip);
			int at = start;
			while (at < end) {
				final int n = inflater.inflate(to, at, end - at);
				if (n == 0) break;
				at += n;
			}
			return at - start;
		}
		catch (final DataFormatException e) {
			return (int) Math.min(inflater.getBytesWritten(), end - start - 1);
		}
		finally {
			inflater.end();
		}
	}

	private static int packBits(final byte[] strip, final byte[] to, final int start,
		final int end)
	{
		int at = start;
		for (int i = 0; i + 1 < strip.length && at < end;) {
			final int n = strip[i++];
			if (n >= 0) {
				final int count = Math.min(n + 1, Math.min(strip.length - i, end - at));
				System.arraycopy(strip, i, to, at, count);
				i += n + 1;
				at += count;
			}
			else if (n != -128) {
				final int count = Math.min(1 - n, end - at);
				Arrays.fill(to, at, at + count, strip[i++]);
				at += count;
			}
		}
		return at - start;
	}

	private static int lzw(final byte[] strip, final byte[] to, final int start, final int end) {
		final int clear = 256, stop = 257;
		// a string of the table is where it was written last: its end and its length
		final int[] from = new int[4097];
		final int[] length = new int[4097];
		int next = 258, width = 9, at = start, previous = -1;
		long bits = 0;
		int have = 0, in = 0;
		while (at < end) {
			while (have < width && in < strip.length) {
				bits = bits << 8 | strip[in++] & 0xff;
				have += 8;
			}
			if (have < width) break;
			have -= width;
			final int code = (int) (bits >>> have) & (1 << width) - 1;
			if (code == stop) break;
			if (code == clear) {
				next = 258;
				width = 9;
				previous = -1;
				continue;
			}
			if (code > next || code == next && previous < 0 || next > 4096) break;
			if (previous >= 0) {
				// the new string is the previous one and the byte that follows it in the output
				length[next] = (previous < 256 ? 1 : length[previous]) + 1;
				from[next] = at - length[next] + 1;
				next++;
			}
			final int n = Math.min(code < 256 ? 1 : length[code], end - at);
			if (code < 256) to[at] = (byte) code;
			else for (int i = 0; i < n; i++)
				to[at + i] = to[from[code] + i];
			at += n;
			previous = code;
			if (next == (1 << width) - 1 && width < 12) width++;
		}
		return at - start;
	}

	/** Adds up differences between neighbours along each row (predictor 2). */
	static void integrate(final byte[] plane, final TiffPage page) {
		final int bytes = page.bits() / 8;
		final boolean little = page.order() == ByteOrder.LITTLE_ENDIAN;
		final int row = page.width() * bytes;
		for (int start = 0; start < plane.length; start += row)
			for (int at = start + bytes; at < start + row; at += bytes) {
				int carry = 0;
				for (int b = 0; b < bytes; b++) {
					final int i = at + (little ? b : bytes - 1 - b);
					carry += (plane[i] & 0xff) + (plane[i - bytes] & 0xff);
					plane[i] = (byte) carry;
					carry >>= 8;
				}
			}
	}
}
