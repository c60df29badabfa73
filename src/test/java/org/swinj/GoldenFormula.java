package org.swinj;

import java.nio.charset.StandardCharsets;

/** The integer formula from which the golden files' parameters, images and labels were made. */
public final class GoldenFormula {

	private GoldenFormula() {}

	/** Value of a parameter by its MONAI state-dict key, row-major. */
	public static float[] parameter(final String key, final long[] shape, final long seed) {
		final float[] values = new float[count(shape)];
		final float scale = scale(key, shape);
		final float offset = shape.length < 2 && key.endsWith("weight") && !isBiasTable(key) ? 1 : 0;
		final long base = base(key, seed);
		for (int i = 0; i < values.length; i++)
			values[i] = offset + ((random(base, i) >>> 33) % 65 - 32) * scale;
		return values;
	}

	private static float scale(final String key, final long[] shape) {
		if (isBiasTable(key)) return 0x1p-6f;
		if (shape.length < 2) return key.endsWith("weight") ? 0x1p-7f : 0x1p-8f;
		final long fan = count(shape) / shape[0];
		int m = 0;
		while (1L << 2 * m < fan)
			m++;
		return Math.scalb(1f, -(4 + m));
	}

	private static boolean isBiasTable(final String key) {
		return key.endsWith("relative_position_bias_table");
	}

	/** The first {@code count} values of an image, in [0, 1), row-major. */
	public static float[] image(final long seed, final String key, final int count) {
		final float[] values = new float[count];
		final long base = base(key, seed);
		for (int i = 0; i < count; i++)
			values[i] = (random(base, i) >>> 40 & 255) * 0x1p-8f;
		return values;
	}

	/** The first {@code count} labels, 0 to {@code classes - 1}, row-major. */
	public static int[] label(final long seed, final String key, final int count,
		final int classes)
	{
		final int[] values = new int[count];
		final long base = base(key, seed);
		for (int i = 0; i < count; i++)
			values[i] = (int) ((random(base, i) >>> 33) % classes);
		return values;
	}

	private static long base(final String key, final long seed) {
		return splitMix(fnv1a(key) ^ seed);
	}

	private static long random(final long base, final long i) {
		return splitMix(base + i * 0xD1342543DE82EF95L);
	}

	private static long splitMix(final long state) {
		long z = state + 0x9E3779B97F4A7C15L;
		z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
		z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
		return z ^ z >>> 31;
	}

	private static long fnv1a(final String key) {
		long hash = 0xCBF29CE484222325L;
		for (final byte b : key.getBytes(StandardCharsets.UTF_8))
			hash = (hash ^ b & 0xFF) * 0x100000001B3L;
		return hash;
	}

	private static int count(final long... shape) {
		long count = 1;
		for (final long size : shape)
			count = Math.multiplyExact(count, size);
		return Math.toIntExact(count);
	}
}
