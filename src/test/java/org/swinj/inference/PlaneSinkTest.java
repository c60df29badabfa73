package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Random;

import org.junit.jupiter.api.Test;

class PlaneSinkTest {

	private static final int CLASSES = 4;
	private static final int WIDTH = 5;
	private static final int HEIGHT = 3;
	private static final int DEPTH = 2;

	@Test
	void labelsAndProbabilitiesOfTheSamePlanes() throws IOException {
		final float[][][] planes = planes();
		final ArgMaxSink labels = new ArgMaxSink(DEPTH, HEIGHT, WIDTH);
		final ProbabilitySink probabilities = new ProbabilitySink(CLASSES, DEPTH, HEIGHT, WIDTH);
		final PlaneSink both = labels.andThen(probabilities);
		for (int z = 0; z < DEPTH; z++)
			both.accept(z, planes[z]);
		for (int z = 0; z < DEPTH; z++)
			for (int y = 0; y < HEIGHT; y++)
				for (int x = 0; x < WIDTH; x++) {
					double sum = 0;
					int best = 0;
					for (int c = 0; c < CLASSES; c++) {
						final float logit = planes[z][c][y * WIDTH + x];
						sum += Math.exp(logit);
						if (logit > planes[z][best][y * WIDTH + x]) best = c;
					}
					assertEquals(best, labels.labels().getAt(x, y, z).get());
					for (int c = 0; c < CLASSES; c++)
						assertEquals(Math.exp(planes[z][c][y * WIDTH + x]) / sum, probabilities.probabilities()
							.getAt(x, y, z, c).get(), 1e-6);
				}
	}

	@Test
	void largeLogitsDoNotOverflow() throws IOException {
		final ProbabilitySink sink = new ProbabilitySink(2, 1, 1, 1);
		sink.accept(0, new float[][] { { 1000 }, { 999 } });
		assertEquals(1 / (1 + Math.exp(-1)), sink.probabilities().getAt(0, 0, 0, 0).get(), 1e-6);
	}

	@Test
	void smallerClassWinsATie() throws IOException {
		final ArgMaxSink sink = new ArgMaxSink(1, 1, 1);
		sink.accept(0, new float[][] { { -1 }, { 2 }, { 2 } });
		assertEquals(1, sink.labels().getAt(0, 0, 0).get());
	}

	private static float[][][] planes() {
		final Random random = new Random(51);
		final float[][][] planes = new float[DEPTH][CLASSES][WIDTH * HEIGHT];
		for (final float[][] plane : planes)
			for (final float[] logits : plane)
				for (int i = 0; i < logits.length; i++)
					logits[i] = (float) random.nextGaussian() * 3;
		return planes;
	}
}
