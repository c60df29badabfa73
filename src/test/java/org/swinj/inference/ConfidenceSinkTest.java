package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Random;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.swinj.data.ShortPlanes;

class ConfidenceSinkTest {

	private static final int WIDTH = 4, HEIGHT = 3, DEPTH = 2, CLASSES = 5;

	@Test
	void confidenceIsTheLargestProbability() throws IOException {
		final Random random = new Random(3);
		final ConfidenceSink sure = new ConfidenceSink(new ShortPlanes(WIDTH, HEIGHT, DEPTH));
		final ProbabilitySink all = new ProbabilitySink(CLASSES, DEPTH, HEIGHT, WIDTH);
		for (int z = 0; z < DEPTH; z++) {
			final float[][] logits = new float[CLASSES][WIDTH * HEIGHT];
			for (final float[] plane : logits)
				for (int i = 0; i < plane.length; i++)
					plane[i] = (float) (20 * random.nextGaussian());
			sure.accept(z, logits);
			all.accept(z, logits);
		}
		for (int z = 0; z < DEPTH; z++)
			for (int y = 0; y < HEIGHT; y++)
				for (int x = 0; x < WIDTH; x++) {
					double largest = 0;
					for (int c = 0; c < CLASSES; c++)
						largest = Math.max(largest, at(all.probabilities(), x, y, z, c));
					assertEquals(largest, at(sure.confidence(), x, y, z), 1 / 65535.0);
				}
	}

	/** Voxels that no window touched are of class 0 for sure. */
	@Test
	void certaintyIsOneAndDoubtAHalf() throws IOException {
		final ConfidenceSink sure = new ConfidenceSink(new ShortPlanes(2, 1, 1));
		sure.accept(0, new float[][] { { 0, 7 }, { Float.NEGATIVE_INFINITY, 7 } });
		assertEquals(1, at(sure.confidence(), 0, 0, 0));
		assertEquals(0.5, at(sure.confidence(), 1, 0, 0), 1 / 65535.0);
	}

	private static double at(final RandomAccessibleInterval<FloatType> image, final long... position) {
		return image.randomAccess().setPositionAndGet(position).get();
	}
}
