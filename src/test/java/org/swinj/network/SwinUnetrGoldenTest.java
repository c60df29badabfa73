package org.swinj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.backend.Backend;
import org.swinj.progress.Progress;
import org.swinj.backend.Gradients;

/** The forward pass against numbers measured by running MONAI. */
class SwinUnetrGoldenTest {

	private static Backend backend;

	@BeforeAll
	static void open() throws IOException {
		backend = Backend.open("cpu", "float32", Progress.silent());
	}

	@AfterAll
	static void close() {
		backend.close();
	}

	static Stream<GoldenNetwork> files() throws IOException {
		return GoldenNetwork.all().stream();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void logitsAndHiddenStates(final GoldenNetwork golden) {
		System.out.println("network forward: " + golden);
		try (SwinUnetr network = golden.network(backend); NDManager scope = backend.newScope();
				Gradients off = backend.gradients(false))
		{
			final NDArray x = golden.input(scope);
			final NDArray logits = network.forward(x, false);
			compare(golden, "logits", logits.toFloatArray());
			final List<NDArray> hidden = network.hiddenStates(x);
			for (int i = 0; i < hidden.size(); i++)
				compare(golden, "hs" + i, hidden.get(i).toFloatArray());
			compareArgMax(golden, logits);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void parametersAreThoseOfMonai(final GoldenNetwork golden) {
		try (SwinUnetr network = golden.network(backend)) {
			final List<String> keys = network.getParameters().keys();
			assertEquals(golden.parameterKeys.stream().sorted().toList(), keys.stream().sorted().toList());
		}
	}

	private static void compare(final GoldenNetwork golden, final String quantity,
		final float[] actual)
	{
		final float[] expected = golden.expected(quantity);
		final int stride = golden.stride(quantity);
		assertEquals((actual.length + stride - 1) / stride, expected.length, quantity);
		double worst = 0;
		for (int i = 0; i < expected.length; i++)
			worst = Math.max(worst, Math.abs((double) actual[i * stride] - expected[i]));
		assertTrue(worst <= golden.tolerance(quantity), quantity + " differs by " + worst
			+ ", tolerance " + golden.tolerance(quantity));
	}

	/** Voxels per class; voxels whose two best logits nearly tie may fall to either side. */
	private static void compareArgMax(final GoldenNetwork golden, final NDArray logits) {
		final int classes = golden.config.outChannels();
		final float[] all = logits.toFloatArray();
		final int voxels = (int) (golden.inputShape[2] * golden.inputShape[3] * golden.inputShape[4]);
		final long[] count = new long[classes];
		long ties = 0;
		for (int b = 0; b < golden.inputShape[0]; b++)
			for (int v = 0; v < voxels; v++) {
				int best = 0;
				float second = Float.NEGATIVE_INFINITY;
				float first = all[b * classes * voxels + v];
				for (int c = 1; c < classes; c++) {
					final float value = all[(b * classes + c) * voxels + v];
					if (value > first) {
						second = first;
						first = value;
						best = c;
					}
					else second = Math.max(second, value);
				}
				count[best]++;
				if (first - second < 1e-4) ties++;
			}
		final float[] expected = golden.expected("argmax_count");
		for (int c = 0; c < classes; c++)
			assertEquals(expected[c], count[c], ties, "voxels of class " + c);
	}
}
