package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.Operators;
import org.swinj.backend.Precision;
import org.swinj.backend.TrainingOperators;
import org.swinj.progress.Progress;

class AdamWTest {

	private static final double RATE = 1e-2, DECAY = 1e-1;

	/**
	 * The gradient of a convolution in channels-last memory is laid out like that too, its kernel is
	 * not: every element must be moved by its own gradient. That is so from about this size on.
	 */
	@Test
	void convolutionsAreMovedElementByElement() throws IOException {
		try (Backend backend = Backend.open("cpu", "float32", Progress.silent()); NDManager scope = backend
			.newScope(); Gradients on = backend.gradients(true))
		{
			final Operators ops = backend.operators();
			final TrainingOperators training = new TrainingOperators(ops);
			final NDArray kernel = scope.randomNormal(new Shape(24, 24, 3, 3, 3));
			kernel.setRequiresGradient(true);
			final float[] expected = kernel.toFloatArray();
			final double[] mean = new double[expected.length], square = new double[expected.length];
			final AdamW optimiser = new AdamW(List.of(kernel), List.of(), DECAY, training, scope);
			for (int step = 1; step <= 3; step++) {
				final NDArray x = ops.enter(scope.randomNormal(new Shape(1, 24, 32, 32, 32)), 1, Precision.FLOAT32);
				final NDArray y = ops.conv3d(x, kernel, 1, 1);
				final List<NDArray> gradients = training.gradients(y.mul(y).mean(), List.of(kernel));
				final float[] gradient = gradients.get(0).toFloatArray();
				optimiser.step(gradients, RATE);
				for (int i = 0; i < expected.length; i++) {
					mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
					square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
					final double m = mean[i] / (1 - Math.pow(0.9, step));
					final double v = square[i] / (1 - Math.pow(0.999, step));
					expected[i] = (float) (expected[i] * (1 - RATE * DECAY) - RATE * m / (Math.sqrt(v) + 1e-8));
				}
				assertArrayEquals(expected, kernel.toFloatArray(), 1e-5f, "step " + step);
			}
		}
	}

	/** A step moves every weight by about its own rate. */
	@Test
	void parametersLearnAtTheirOwnRates() throws IOException {
		try (Backend backend = Backend.open("cpu", "float32", Progress.silent()); NDManager scope = backend
			.newScope(); Gradients off = backend.gradients(false))
		{
			final List<NDArray> weights = List.of(scope.ones(new Shape(2)), scope.ones(new Shape(3)), scope
				.ones(new Shape(4)));
			final AdamW optimiser = new AdamW(weights, List.of(1.0, 0.5, 1.0), 0, new TrainingOperators(
				backend.operators()), scope);
			optimiser.step(List.of(scope.full(new Shape(2), 3f), scope.full(new Shape(3), -7f), scope.full(
				new Shape(4), 5f)), RATE);
			assertArrayEquals(new float[] { 0.99f, 0.99f }, weights.get(0).toFloatArray(), 1e-6f);
			assertArrayEquals(new float[] { 1.005f, 1.005f, 1.005f }, weights.get(1).toFloatArray(), 1e-6f);
			assertArrayEquals(new float[] { 0.99f, 0.99f, 0.99f, 0.99f }, weights.get(2).toFloatArray(),
				1e-6f);
		}
	}

	@Test
	void stagesCloserToTheImageLearnMoreSlowly() {
		final LayerDecay decay = new LayerDecay(0.5);
		assertEquals(1, decay.of("decoder1.transp_conv.conv.weight"));
		assertEquals(0.5, decay.of("swinViT.layers4.0.blocks.0.norm1.weight"));
		assertEquals(0.0625, decay.of("swinViT.layers1c.0.layer.conv1.conv.weight"));
		assertEquals(0.03125, decay.of("swinViT.patch_embed.proj.weight"));
	}
}
