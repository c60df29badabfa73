package org.swinj.inference;

import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Keeps the probability of the most probable class of every voxel, in two bytes, however many classes
 * there are.
 */
public final class ConfidenceSink implements PlaneSink {

	private static final float ONE = 65535;

	private final PlanarImg<UnsignedShortType, ShortArray> largest;
	private final int width;
	private final int height;

	/** @param size of the volume, slowest axis first */
	public ConfidenceSink(final long... size) {
		largest = PlanarImgs.unsignedShorts(size[2], size[1], size[0]);
		width = Math.toIntExact(size[2]);
		height = Math.toIntExact(size[1]);
	}

	/** The probabilities with axes X, Y, Z, rounded to 1/65535. */
	public RandomAccessibleInterval<FloatType> confidence() {
		return Converters.convert((RandomAccessibleInterval<UnsignedShortType>) largest, (in, out) -> out
			.set(in.get() / ONE), new FloatType());
	}

	@Override
	public void accept(final long z, final float[][] logits) {
		final short[] plane = largest.getPlane((int) z).getCurrentStorageArray();
		IntStream.range(0, height).parallel().forEach(y -> {
			for (int i = y * width; i < (y + 1) * width; i++)
				plane[i] = (short) Math.round(ONE * confidence(logits, i));
		});
	}

	/** Softmax of the largest logit. */
	private static double confidence(final float[][] logits, final int i) {
		float best = logits[0][i];
		for (final float[] logit : logits)
			best = Math.max(best, logit[i]);
		double sum = 0;
		for (final float[] logit : logits)
			sum += Math.exp(logit[i] - best);
		return 1 / sum;
	}
}
