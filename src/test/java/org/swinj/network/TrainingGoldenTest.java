package org.swinj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.backend.Backend;
import org.swinj.progress.Progress;
import org.swinj.backend.Gradients;
import org.swinj.backend.TrainingOperators;
import org.swinj.training.AdamW;
import org.swinj.training.DiceCeLoss;

/**
 * Losses, gradients and optimiser steps against numbers measured by running MONAI.
 *
 * <p>
 * Single precision moves a few of the millions of leaky ReLU inputs across zero (MONAI on another
 * version of torch does so too), and each changes the gradient by far more than rounding. So
 * gradients are compared tightly in double precision, and in single precision by their direction.
 * </p>
 */
class TrainingGoldenTest {

	private static final double LOSS_TOLERANCE = 2e-6;

	private static Backend backend;
	private static Backend exact;
	private static TrainingOperators ops;

	@BeforeAll
	static void open() throws IOException {
		backend = Backend.open("cpu", "float32", Progress.silent());
		exact = Backend.open("cpu", "float64", Progress.silent());
		ops = new TrainingOperators(backend.operators());
	}

	@AfterAll
	static void close() {
		backend.close();
		exact.close();
	}

	static Stream<GoldenNetwork> files() throws IOException {
		return GoldenNetwork.all().stream();
	}

	static Stream<GoldenNetwork> withGradients() throws IOException {
		return files().filter(g -> g.values.contains("grad_l2"));
	}

	static Stream<GoldenNetwork> withTrajectory() throws IOException {
		return files().filter(g -> g.values.contains("adamw_losses"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void losses(final GoldenNetwork golden) {
		System.out.println("losses: " + golden);
		try (SwinUnetr network = golden.network(backend); NDManager scope = backend.newScope();
				Gradients off = backend.gradients(false))
		{
			final NDArray logits = network.forward(golden.input(scope), false);
			final NDArray labels = golden.labels(scope);
			final double ce = ops.crossEntropy(logits, labels).getFloat();
			final double dice = dice(logits, labels, false, false, true, false);
			check(golden, "loss_ce", ce);
			check(golden, "loss_dice", dice);
			check(golden, "loss_dicece", new DiceCeLoss().of(logits, labels, ops).getFloat());
			check(golden, "loss_dicece_squared", new DiceCeLoss(true, 0, 1e-6).of(logits, labels, ops)
				.getFloat());
			check(golden, "loss_dice_nobg", dice(logits, labels, false, false, false, false));
			check(golden, "loss_dice_batch", dice(logits, labels, false, false, true, true));
			check(golden, "loss_dice_sigmoid_squared", dice(logits, labels, true, true, true, false));
		}
	}

	private static double dice(final NDArray logits, final NDArray labels, final boolean sigmoid,
		final boolean squared, final boolean background, final boolean batch)
	{
		return ops.dice(logits, labels, sigmoid, squared, background, batch, 1e-5, 1e-5).getFloat();
	}

	private static void check(final GoldenNetwork golden, final String name, final double actual) {
		assertEquals(golden.expected(name)[0], actual, LOSS_TOLERANCE, name);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("withGradients")
	void gradients(final GoldenNetwork golden) {
		System.out.println("gradients: " + golden);
		final float[] norms = golden.expected("grad_l2");
		final float[] noise = golden.expected("grad_l2_f32noise");
		final List<float[]> gradients = gradients(golden, exact);
		final List<float[]> single = gradients(golden, backend);
		for (int i = 0; i < norms.length; i++) {
			final String key = golden.parameterKeys.get(i);
			final float[] g = gradients.get(i);
			final double tolerance = 10.0 * noise[i] + 1e-5 * norms[i];
			assertEquals(norms[i], norm(g, null), tolerance, "norm of the gradient of " + key);
			final float[] expected = golden.expected("grad." + key);
			if (expected != null) {
				final double difference = norm(g, expected);
				assertTrue(difference <= tolerance, "gradient of " + key + " differs by " + difference
					+ ", tolerance " + tolerance);
			}
			final double rounding = norm(g, single.get(i));
			assertTrue(rounding <= 10.0 * noise[i] + 5e-3 * norms[i], "float32 gradient of " + key
				+ " differs by " + rounding + " of " + norms[i]);
		}
	}

	private static List<float[]> gradients(final GoldenNetwork golden, final Backend on) {
		try (SwinUnetr network = golden.network(on); NDManager scope = on.newScope();
				Gradients recording = on.gradients(true))
		{
			final List<NDArray> parameters = trainable(network, golden);
			final NDArray loss = new DiceCeLoss().of(network.forward(golden.input(scope), true), golden
				.labels(scope), ops);
			return ops.gradients(loss, parameters).stream().map(NDArray::toFloatArray).toList();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("withTrajectory")
	void optimiserTrajectory(final GoldenNetwork golden) {
		System.out.println("AdamW trajectory: " + golden);
		final float[] losses = golden.expected("adamw_losses");
		final double[] ours = trajectory(golden, exact, losses.length);
		final double[] single = trajectory(golden, backend, losses.length);
		for (int i = 0; i < losses.length; i++) {
			final double tolerance = i == 0 ? 1e-6 : 10 * golden.adamwNoise(i) + 1e-5;
			assertEquals(losses[i], ours[i], tolerance, "loss of step " + i);
			assertEquals(losses[i], single[i], i == 0 ? tolerance : tolerance + 1e-3,
				"loss of step " + i + " in single precision");
		}
	}

	private static double[] trajectory(final GoldenNetwork golden, final Backend on,
		final int steps)
	{
		final double[] losses = new double[steps];
		try (SwinUnetr network = golden.network(on); NDManager memory = on.newScope();
				Gradients recording = on.gradients(true))
		{
			final List<NDArray> parameters = trainable(network, golden);
			final AdamW optimiser = new AdamW(parameters, List.of(), 1e-5, ops, memory);
			for (int i = 0; i < steps; i++)
				try (NDManager scope = on.newScope()) {
					final NDArray loss = new DiceCeLoss().of(network.forward(golden.input(scope), true), golden
						.labels(scope), ops);
					losses[i] = loss.toType(DataType.FLOAT64, false).getDouble();
					optimiser.step(ops.gradients(loss, parameters), 1e-3);
				}
		}
		return losses;
	}

	/** The parameters in the order of the golden file, recording gradients. */
	private static List<NDArray> trainable(final SwinUnetr network, final GoldenNetwork golden) {
		final List<NDArray> parameters = new ArrayList<>();
		for (final String key : golden.parameterKeys)
			for (final Pair<String, Parameter> p : network.getParameters())
				if (p.getKey().equals(key)) parameters.add(p.getValue().getArray());
		parameters.forEach(p -> p.setRequiresGradient(true));
		return parameters;
	}

	/** L2 norm of a vector, or of its difference from another. */
	private static double norm(final float[] a, final float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) {
			final double d = a[i] - (b == null ? 0.0 : b[i]);
			sum += d * d;
		}
		return Math.sqrt(sum);
	}
}
