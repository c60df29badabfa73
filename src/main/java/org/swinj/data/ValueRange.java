package org.swinj.data;

import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * What a file format must be able to hold.
 *
 * @param min smallest value
 * @param max largest value
 * @param whole whether all values are whole numbers
 */
record ValueRange(float min, float max, boolean whole) {

	static ValueRange of(final Volume volume) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		boolean whole = true;
		for (final FloatType voxel : Views.flatIterable(volume.image())) {
			final float v = voxel.get();
			min = Math.min(min, v);
			max = Math.max(max, v);
			whole &= v == Math.rint(v);
		}
		return new ValueRange(min, max, whole);
	}

	/** Whether all values are whole numbers between these two. */
	boolean fits(final long smallest, final long largest) {
		return whole && min >= smallest && max <= largest;
	}
}
