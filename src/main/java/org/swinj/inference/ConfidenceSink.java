package org.swinj.inference;

import java.io.IOException;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.real.FloatType;

import org.swinj.data.ShortPlanes;

/**
 * Keeps the probability of the most probable class of every voxel, in two bytes, however many classes
 * there are.
 */
public final class ConfidenceSink implements PlaneSink {

	private static final float ONE = 65535;

	private final ShortPlanes largest;
	private final int width;
	private final int height;

	/** @param planes to write, as large as the volume */
	public ConfidenceSink(final ShortPlanes planes) {
		largest = planes;
		width = planes.width();
		height = planes.height();
	}

	/** The probabilities with axes X, Y, Z, rounded to 1/65535, when all planes are there. */
	public RandomAccessibleInterval<FloatType> confidence() {
		return Converters.convert(largest.image(), (in, out) -> out.set(in.get() / ONE), new FloatType());
	}

	@Override
	public void accept(final long z, final float[][] logits) throws IOException {
		final short[] plane = new short[width * height];
		IntStream.range(0, height).parallel().forEach(y -> {
			for (int i = y * width; i < (y + 1) * width; i++)
				plane[i] = (short) Math.round(ONE * confidence(logits, i));
		});
		largest.put((int) z, plane);
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
