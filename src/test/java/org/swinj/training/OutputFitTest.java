package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.HostTensor;
import org.swinj.data.AugmentationSettings;
import org.swinj.data.Crop;
import org.swinj.data.CropSampler;
import org.swinj.data.Geometry;
import org.swinj.data.TrainingVolume;
import org.swinj.model.MonaiKeys;
import org.swinj.model.NetworkWeights;
import org.swinj.model.StateDict;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.RecordingProgress;

class OutputFitTest {

	private static final SwinConfig TINY = new SwinConfig(1, 2, 12, List.of(1, 1, 1, 1), List.of(3, 3, 6,
		6), 2, true, true, Merging.V2);
	private static final int[] SIZE = { 32, 64, 32 };

	private static Backend backend;

	@BeforeAll
	static void open() throws IOException {
		backend = Backend.open("cpu", "float32", Progress.silent());
	}

	@AfterAll
	static void close() {
		backend.close();
	}

	/** Bright boxes at random places, which are the class, on noise. */
	private static CropSampler boxes() {
		final Random random = new Random(3);
		final short[] labels = new short[SIZE[0] * SIZE[1] * SIZE[2]];
		for (int box = 0; box < 6; box++) {
			final int x = random.nextInt(24), y = random.nextInt(56), z = random.nextInt(24);
			for (int i = 0; i < 512; i++)
				labels[x + i % 8 + SIZE[0] * (y + i / 8 % 8 + SIZE[1] * (z + i / 64))] = 1;
		}
		final float[] image = new float[labels.length];
		for (int i = 0; i < image.length; i++)
			image[i] = (float) (3 * Math.max(0, labels[i]) + 0.2 * random.nextGaussian());
		return new CropSampler(List.of(new TrainingVolume("boxes", SIZE, Geometry.unknown(), new float[][] {
			image }, labels, 2, new SplittableRandom(1))), SIZE, 2, 0.5, AugmentationSettings.none(), 1);
	}

	private static StateDict fitted(final SwinUnetr network) {
		new OutputFit(boxes(), new DiceCeLoss(), backend, Progress.silent()).fit(network);
		return NetworkWeights.of(network);
	}

	/** Dice of the class in the volume. */
	private static double dice(final SwinUnetr network) {
		final Crop crop = boxes().draw(0);
		try (NDManager scope = backend.newScope(); Gradients off = backend.gradients(false)) {
			final NDArray logits = network.forward(new HostTensor().images(scope, new float[][] { crop
				.image() }, 1, crop.size()), false);
			final float[] values = HostTensor.toArrays(logits)[0];
			int both = 0, sum = 0;
			for (int i = 0; i < crop.labels().length; i++) {
				final boolean found = values[i + crop.labels().length] > values[i];
				final boolean isClass = crop.labels()[i] == 1;
				both += found && isClass ? 1 : 0;
				sum += (found ? 1 : 0) + (isClass ? 1 : 0);
			}
			return 2.0 * both / sum;
		}
	}

	@Test
	void whatTheFeaturesTellIsToldByTheOutputLayer() {
		try (SwinUnetr network = new SwinUnetr(TINY, backend, 0)) {
			fitted(network);
			final double dice = dice(network);
			assertTrue(dice > 0.8, "Dice " + dice);
		}
	}

	@Test
	void allOtherWeightsStayAsTheyWere() {
		try (SwinUnetr network = new SwinUnetr(TINY, backend, 0)) {
			final StateDict before = NetworkWeights.of(network);
			final StateDict after = fitted(network);
			int changed = 0;
			for (final String name : before.names())
				if (!Arrays.equals(before.get(name).toFloats(), after.get(name).toFloats())) {
					assertTrue(MonaiKeys.OUTPUT_LAYER.contains(name), name);
					changed++;
				}
			assertEquals(2, changed);
		}
	}

	@Test
	void aSecondFitIsTheFirst() {
		try (SwinUnetr network = new SwinUnetr(TINY, backend, 0)) {
			final String weight = MonaiKeys.OUTPUT_LAYER.get(0);
			final float[] once = fitted(network).get(weight).toFloats();
			assertArrayEquals(once, fitted(network).get(weight).toFloats());
		}
	}

	@Test
	void theSameWeightsAreFittedAlike() throws IOException {
		try (SwinUnetr network = new SwinUnetr(TINY, backend, 0);
				SwinUnetr twin = new SwinUnetr(TINY, backend, 0))
		{
			NetworkWeights.load(NetworkWeights.of(network), twin);
			final String weight = MonaiKeys.OUTPUT_LAYER.get(0);
			assertArrayEquals(fitted(network).get(weight).toFloats(), fitted(twin).get(weight)
				.toFloats());
		}
	}

	@Test
	void cancellingStopsTheFit() {
		final RecordingProgress cancelled = new RecordingProgress();
		cancelled.cancelled = true;
		try (SwinUnetr network = new SwinUnetr(TINY, backend, 0)) {
			final OutputFit fit = new OutputFit(boxes(), new DiceCeLoss(), backend, cancelled);
			assertThrows(CancelledException.class, () -> fit.fit(network));
		}
	}
}
