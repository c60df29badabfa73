package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Several predictions of one window. */
class EnsembleTest {

	private static final int[] SIZE = { 4, 3, 2 };
	private static final int VOXELS = 24;

	private static float[][] window() {
		final float[] window = new float[2 * VOXELS];
		final Random random = new Random(3);
		for (int i = 0; i < window.length; i++)
			window[i] = random.nextInt(100);
		return new float[][] { window };
	}

	/** Each voxel weighted by its place: a network that is not the same in all directions. */
	private static float[][] weighted(final float[][] windows, final int byX, final int byY,
		final int byZ)
	{
		final float[][] out = { new float[2 * VOXELS] };
		for (int i = 0; i < out[0].length; i++)
			out[0][i] = windows[0][i] * (1 + byX * (i % 4) + byY * (i / 4 % 3) + byZ * (i / 12 % 2));
		return out;
	}

	@Test
	void mirrorsAlongEveryAxis() throws IOException {
		final float[][] window = window();
		final int[][] slopes = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
		final float[] middle = { 1 + 1.5f, 1 + 1f, 1 + 0.5f }; // mean weight of a voxel and its mirror image
		for (int axis = 0; axis < 3; axis++) {
			final int[] s = slopes[axis];
			final float[][] mean = new MirroredPredictor(w -> weighted(w, s[0], s[1], s[2]), SIZE,
				new boolean[] { true, true, true }).predict(window);
			for (int i = 0; i < mean[0].length; i++)
				assertEquals(window[0][i] * middle[axis], mean[0][i], 1e-4f, "axis " + axis + ", value " + i);
		}
	}

	@Test
	void mirrorsOnlyAlongTheAxesOfTheTraining() throws IOException {
		final float[][] window = window();
		final boolean[] along = { false, true, false };
		final int[] calls = { 0 };
		final float[][] mean = new MirroredPredictor(w -> {
			calls[0]++;
			return weighted(w, 1, 1, 0);
		}, SIZE, along).predict(window);
		assertEquals(2, calls[0]);
		assertEquals(2, MirroredPredictor.predictions(along));
		for (int i = 0; i < mean[0].length; i++)
			assertEquals(window[0][i] * (1 + i % 4 + 1), mean[0][i], 1e-4f); // Y is 0 … 2, 1 in the mean
	}

	@Test
	void averagesItsMembers() throws IOException {
		final float[][] window = window();
		final Ensemble two = new Ensemble(List.of(w -> weighted(w, 1, 0, 0), w -> weighted(w, 3, 0, 0)));
		assertArrayEquals(weighted(window, 2, 0, 0)[0], two.predict(window)[0], 1e-4f);
		assertThrows(IllegalArgumentException.class, () -> new Ensemble(List.of()));
	}
}
