package org.swinj.inference;

import java.util.stream.IntStream;

import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

/** Keeps the probability of every class (softmax of the logits) of every voxel. */
public final class ProbabilitySink implements PlaneSink {

	private final PlanarImg<FloatType, FloatArray> probabilities;
	private final int width;
	private final int height;
	private final int depth;

	/**
	 * @param classes number of classes
	 * @param size of the volume, slowest axis first
	 */
	public ProbabilitySink(final int classes, final long... size) {
		probabilities = PlanarImgs.floats(size[2], size[1], size[0], classes);
		width = Math.toIntExact(size[2]);
		height = Math.toIntExact(size[1]);
		depth = Math.toIntExact(size[0]);
	}

	/** The probabilities with axes X, Y, Z and class; they add up to 1 over the classes. */
	public PlanarImg<FloatType, FloatArray> probabilities() {
		return probabilities;
	}

	@Override
	public void accept(final long z, final float[][] logits) {
		final float[][] planes = new float[logits.length][];
		for (int c = 0; c < planes.length; c++)
			planes[c] = probabilities.getPlane((int) z + c * depth).getCurrentStorageArray();
		IntStream.range(0, height).parallel().forEach(y -> softmax(logits, planes, y * width, (y + 1) *
			width));
	}

	private static void softmax(final float[][] logits, final float[][] planes, final int begin,
		final int end)
	{
		for (int i = begin; i < end; i++) {
			float largest = logits[0][i];
			for (final float[] logit : logits)
				largest = Math.max(largest, logit[i]);
			double sum = 0;
			for (int c = 0; c < logits.length; c++) {
				final double exponential = Math.exp(logits[c][i] - largest);
				planes[c][i] = (float) exponential;
				sum += exponential;
			}
			for (final float[] plane : planes)
				plane[i] /= (float) sum;
		}
	}
}
