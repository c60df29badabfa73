package org.swinj.data;

import java.util.Locale;

/** Makes one array of floats from the nested arrays that the HDF5 library returns. */
final class Hdf5Values {

	private final float[] values;
	private int at;

	/** @param count how many numbers there are */
	Hdf5Values(final int count) {
		values = new float[count];
	}

	/** @param nested arrays of arrays of numbers, the last axis innermost; booleans come as words */
	float[] flat(final Object nested) {
		add(nested);
		return values;
	}

	private void add(final Object nested) {
		if (nested instanceof float[] floats) for (final float v : floats)
			values[at++] = v;
		else if (nested instanceof double[] doubles) for (final double v : doubles)
			values[at++] = (float) v;
		else if (nested instanceof byte[] bytes) for (final byte v : bytes)
			values[at++] = v;
		else if (nested instanceof short[] shorts) for (final short v : shorts)
			values[at++] = v;
		else if (nested instanceof int[] ints) for (final int v : ints)
			values[at++] = v;
		else if (nested instanceof long[] longs) for (final long v : longs)
			values[at++] = v;
		else if (nested instanceof Object[] objects) for (final Object v : objects)
			add(v);
		else values[at++] = single(nested);
	}

	private static float single(final Object value) {
		if (value instanceof Number number) return number.floatValue();
		final String word = String.valueOf(value).toUpperCase(Locale.ROOT);
		if (word.equals("TRUE") || word.equals("FALSE")) return word.equals("TRUE") ? 1 : 0;
		throw new IllegalArgumentException("a voxel is \"" + value + "\", which is no number");
	}
}
