package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/** Weights that grew in a pretraining and are made small again. */
class WeightScaleTest {

	private static final String GROWN = "decoder3.conv_block.conv1.conv.weight";

	@Test
	void theNetworkComputesWhatItDid() throws IOException {
		final SwinConfig config = SwinConfig.monai(1, 2, 12).withWindow(4).withV2(true).withMerging(
			Merging.V2);
		try (Backend backend = seeded(); SwinUnetr network = new SwinUnetr(config, backend, 0);
				NDManager scope = backend.newScope();
				Gradients off = backend.gradients(false))
		{
			final StateDict grown = new StateDict();
			NetworkWeights.of(network).asMap().forEach((name, weight) -> grown.put(name, name.contains(
				"conv") && !name.startsWith("out.") ? times(3, weight) : weight));
			final StateDict renewed = WeightScale.renewed(grown);
			final NDArray image = scope.randomNormal(new Shape(1, 1, 64, 64, 64));
			NetworkWeights.load(grown, network);
			final float[] before = network.forward(image, false).toFloatArray();
			NetworkWeights.load(renewed, network);
			// not equal to the last digit, as the normalisation adds 1e-5 to each variance
			assertArrayEquals(before, network.forward(image, false).toFloatArray(), 0.02f * largest(before));
			final double random = 1 / Math.sqrt(3 * 48 * 27); // 24 channels come up, 24 across
			assertEquals(random, deviation(renewed.get(GROWN)), 1e-6);
			assertEquals(3, deviation(grown.get(GROWN)) / random, 0.1);
			for (final String other : new String[] { "out.conv.conv.weight",
				"decoder3.transp_conv.conv.weight", "swinViT.layers1.0.blocks.0.mlp.linear1.weight" })
				assertArrayEquals(grown.get(other).toFloats(), renewed.get(other).toFloats());
		}
	}

	private static Backend seeded() throws IOException {
		final Backend backend = Backend.open("cpu", "float32", Progress.silent());
		Engine.getEngine("PyTorch").setRandomSeed(1);
		return backend;
	}

	private static float largest(final float[] values) {
		float largest = 0;
		for (final float value : values)
			largest = Math.max(largest, Math.abs(value));
		return largest;
	}

	private static Weight times(final float factor, final Weight weight) {
		final float[] values = weight.toFloats();
		for (int i = 0; i < values.length; i++)
			values[i] *= factor;
		return Weight.of(values, weight.shape());
	}

	private static double deviation(final Weight weight) {
		double squares = 0;
		for (final float value : weight.toFloats())
			squares += value * value;
		return Math.sqrt(squares / weight.numel());
	}
}
