package org.swinj.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Damages files as accidents and attackers do: bits, whole numbers, blocks, and the digits and
 * words of texts. Everything follows from one generator.
 */
public final class Mutations {

	private static final int MOST_AT_ONCE = 4;
	private static final int KINDS = 10, GENTLE_KINDS = 6;

	/** Numbers at which signs, widths and sums of sizes turn over. */
	private static final long[] NUMBERS = { 0, 1, 2, 7, -1, -2, 127, 128, 255, 256, 32767, 32768,
		65535, 65536, 1 << 20, 1 << 30, Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1, 1L << 32, 1L << 33,
		1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, Float.floatToIntBits(Float.NaN), Float.floatToIntBits(
			1e30f), Double.doubleToLongBits(1e300), Double.doubleToLongBits(-1) };

	private static final String[] DIGITS = { "0", "1", "2", "9", "10", "255", "65536", "2147483647",
		"2147483648", "4294967296", "999999999999999999", "9223372036854775807",
		"99999999999999999999999", "1e9", "1e400", "1e-400", "1e999999999", "0x10", "NaN" };

	private static final String[] WORDS = { "", " ", "-", "nan", "none", "null", "true", "{}", "[]",
		"()", "(,)", "\"", "\\", "/", "..", "%", ":", "=", "\0", "\n", "ü", "\ud83d\ude00", "LIST",
		"[[[[" };

	private final RandomGenerator random;

	public Mutations(final RandomGenerator random) {
		this.random = random;
	}

	/** True so often as the fraction says. */
	public boolean chance(final double fraction) {
		return random.nextDouble() < fraction;
	}

	/** A whole number from 0 to below the limit. */
	public int below(final int limit) {
		return random.nextInt(limit);
	}

	/**
	 * A damaged copy; the larger half of the damage is near the beginning, where headers are, and half
	 * of the copies keep their structure.
	 */
	public byte[] damaged(final byte[] valid) {
		final int kinds = chance(0.5) ? KINDS : GENTLE_KINDS;
		byte[] bytes = valid;
		for (int n = 1 + random.nextInt(MOST_AT_ONCE); n > 0 && bytes.length > 0; n--)
			bytes = once(bytes.clone(), random.nextInt(kinds));
		return bytes;
	}

	private byte[] once(final byte[] bytes, final int kind) {
		final int at = position(bytes.length);
		return switch (kind) {
			case 0 -> flipped(bytes, at);
			case 1, 2 -> withNumber(bytes, at);
			case 3, 4 -> withWord(bytes, at, c -> c >= '0' && c <= '9', DIGITS);
			case 5 -> chance(0.5) ? withWord(bytes, at, Mutations::isLetter, WORDS) : swapped(bytes, at);
			case 6 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
			case 7 -> replaced(bytes, at, at, block(bytes));
			case 8 -> replaced(bytes, at, at + blockLength(bytes.length - at), new byte[0]);
			default -> overwritten(bytes, at, block(bytes));
		};
	}

	private int position(final int length) {
		final double uniform = random.nextDouble();
		return (int) (length * (chance(0.6) ? uniform * uniform * uniform : uniform));
	}

	private byte[] flipped(final byte[] bytes, final int at) {
		bytes[at] ^= (byte) (1 << random.nextInt(8));
		return bytes;
	}

	private byte[] withNumber(final byte[] bytes, final int at) {
		final int width = 1 << random.nextInt(4);
		final int start = chance(0.7) ? at / width * width : at;
		final boolean big = chance(0.5);
		final byte[] number = ByteBuffer.allocate(8).order(big ? ByteOrder.BIG_ENDIAN
			: ByteOrder.LITTLE_ENDIAN).putLong(NUMBERS[random.nextInt(NUMBERS.length)]).array();
		return overwritten(bytes, start, big ? Arrays.copyOfRange(number, 8 - width, 8) : Arrays.copyOf(
			number, width));
	}

	private byte[] block(final byte[] bytes) {
		final int from = position(bytes.length);
		return Arrays.copyOfRange(bytes, from, from + blockLength(bytes.length - from));
	}

	private int blockLength(final int most) {
		return 1 + random.nextInt(Math.min(most, chance(0.8) ? 32 : 4096));
	}

	private static byte[] overwritten(final byte[] bytes, final int at, final byte[] with) {
		System.arraycopy(with, 0, bytes, at, Math.min(with.length, bytes.length - at));
		return bytes;
	}

	private static byte[] replaced(final byte[] bytes, final int from, final int to,
		final byte[] with)
	{
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(bytes, 0, from);
		out.writeBytes(with);
		out.write(bytes, to, bytes.length - to);
		return out.toByteArray();
	}

	/** Puts another word where the next one of such characters is. */
	private byte[] withWord(final byte[] bytes, final int at, final IntPredicate kind,
		final String[] others)
	{
		final int from = next(bytes, at, kind);
		return replaced(bytes, from, end(bytes, from, kind), others[random.nextInt(others.length)]
			.getBytes(StandardCharsets.UTF_8));
	}

	/** Exchanges two words. */
	private byte[] swapped(final byte[] bytes, final int at) {
		final int first = next(bytes, at, Mutations::isLetter);
		final int firstEnd = end(bytes, first, Mutations::isLetter);
		final int second = next(bytes, firstEnd + random.nextInt(200), Mutations::isLetter);
		final int secondEnd = end(bytes, second, Mutations::isLetter);
		if (second <= firstEnd) return bytes;
		final byte[] a = Arrays.copyOfRange(bytes, first, firstEnd);
		final byte[] b = Arrays.copyOfRange(bytes, second, secondEnd);
		return replaced(replaced(bytes, second, secondEnd, a), first, firstEnd, b);
	}

	private static boolean isLetter(final int c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
	}

	private static int next(final byte[] bytes, final int from, final IntPredicate kind) {
		int at = Math.min(from, bytes.length);
		while (at < bytes.length && !kind.test(bytes[at]))
			at++;
		return at;
	}

	private static int end(final byte[] bytes, final int from, final IntPredicate kind) {
		int at = from;
		while (at < bytes.length && kind.test(bytes[at]))
			at++;
		return at;
	}
}
