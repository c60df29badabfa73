package org.swinj.data;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/** Computes planes of a resampled channel from the original one. Not for several threads. */
interface PlaneSampler {

	/**
	 * @param channel axes X, Y, Z
	 * @param z plane of the new grid
	 * @return its values, X fastest
	 */
	float[] plane(RandomAccessibleInterval<? extends RealType<?>> channel, long z);
}
