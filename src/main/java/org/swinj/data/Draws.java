package org.swinj.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers of numbered examples: the same for the same seed and number, on any thread. */
public final class Draws {

	private static final long SPREAD = 0xD1342543DE82EF95L;
	private static final long MIX = 0xD6E8FEB86659FD93L;

	private Draws() {}

	/**
	 * A generator of its own for the n-th example. Seed and number are scrambled, because the
	 * sequences of plain consecutive seeds could be the same one, shifted.
	 *
	 * @param purpose what the numbers are for; those for different purposes have nothing in common
	 */
	public static RandomGenerator of(final long seed, final String purpose, final long n) {
		return new SplittableRandom(scramble(scramble(seed + purpose.hashCode() * MIX) + n * SPREAD));
	}

	private static long scramble(final long value) {
		long z = (value ^ value >>> 32) * MIX;
		z = (z ^ z >>> 32) * MIX;
		return z ^ z >>> 32;
	}
}
