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
import org.swinj.backend.Gradients;
import org.swinj.backend.TrainingOperators;
import org.swinj.progress.Progress;
import org.swinj.training.AdamW;
import org.swinj.training.PretextLoss;

/**
 * The encoder with its pretext heads against numbers measured by running the published code:
 * outputs, losses, gradients and optimiser steps. Gradients are compared tightly in double precision, see
 * {@link TrainingGoldenTest}.
 */
class PretextGoldenTest {

	private static final double RATE = 4e-4;
	private static final double DECAY = 0.1;

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

	static Stream<GoldenPretext> files() throws IOException {
		final List<GoldenPretext> all = GoldenPretext.all();
		System.out.println("pretext networks: " + all);
		return all.stream();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void outputs(final GoldenPretext golden) {
		try (PretextNetwork network = golden.network(backend, golden.decoder, golden.seed);
				NDManager scope = backend.newScope(); Gradients off = backend.gradients(false))
		{
			assertEquals(golden.parameterKeys.stream().sorted().toList(), network.getParameters().keys()
				.stream().sorted().toList());
			for (int view = 1; view <= 2; view++) {
				compare(golden, "x" + view, golden.target(view, scope), 0);
				compare(golden, "", view, network.run(golden.input(view, scope), false, true));
			}
		}
		for (final PretextDecoder variant : golden.variants())
			try (PretextNetwork network = golden.network(backend, variant, golden.variantSeed);
					NDManager scope = backend.newScope(); Gradients off = backend.gradients(false))
			{
				for (int view = 1; view <= 2; view++)
					compare(golden, variant.id() + ".", view, network.run(golden.input(view, scope), false,
						true));
			}
	}

	private static void compare(final GoldenPretext golden, final String prefix, final int view,
		final PretextOutput output)
	{
		compare(golden, prefix + "rot" + view, output.rotation(), golden.tolerance("rot" + view));
		compare(golden, prefix + "contrast" + view, output.contrast(), golden.tolerance("contrast"
			+ view));
		compare(golden, prefix + "rec" + view, output.reconstruction(), golden.tolerance("rec"
			+ view));
	}

	/** Compares what the file has of a quantity, which may be nothing. */
	private static void compare(final GoldenPretext golden, final String quantity,
		final NDArray actual, final double tolerance)
	{
		final String key = golden.key(quantity);
		if (key == null) return;
		final float[] expected = golden.values.get(key).toFloats();
		final float[] all = actual.toFloatArray();
		final int stride = key.equals(quantity) ? 1 : Integer.parseInt(key.substring(quantity.length()
			+ "_stride".length()));
		assertEquals((all.length + stride - 1) / stride, expected.length, key);
		double worst = 0;
		for (int i = 0; i < expected.length; i++)
			worst = Math.max(worst, Math.abs((double) all[i * stride] - expected[i]));
		System.out.printf("  %s: %s differs by %.2g, allowed %.2g%n", golden, key, worst, tolerance);
		assertTrue(worst <= tolerance, key + " differs by " + worst + ", tolerance " + tolerance);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void losses(final GoldenPretext golden) {
		try (PretextNetwork network = golden.network(backend, golden.decoder, golden.seed);
				NDManager scope = backend.newScope(); Gradients off = backend.gradients(false))
		{
			final PretextLoss.Terms terms = loss(golden, network, scope);
			check(golden, "loss_total", terms.total());
			check(golden, "loss_rot", terms.rotation());
			check(golden, "loss_contrast", terms.contrast());
			check(golden, "loss_recon", terms.inpainting());
		}
	}

	private static void check(final GoldenPretext golden, final String name, final NDArray actual) {
		assertEquals(golden.values.get(name).toFloats()[0], actual.getFloat(), 2e-6, name);
	}

	private static PretextLoss.Terms loss(final GoldenPretext golden, final PretextNetwork network,
		final NDManager scope)
	{
		final NDArray x = golden.input(1, scope).concat(golden.input(2, scope));
		final NDArray target = golden.target(1, scope).concat(golden.target(2, scope));
		final NDArray turns = scope.create(golden.turns(1)).concat(scope.create(golden.turns(2)));
		return PretextLoss.paper().of(network.run(x, true, true), target, null, turns, null, ops);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void gradients(final GoldenPretext golden) {
		final float[] norms = golden.values.get("grad_l2").toFloats();
		final float[] noise = golden.values.get("grad_l2_f32noise").toFloats();
		final List<float[]> gradients = gradients(golden, exact);
		final List<float[]> single = gradients(golden, backend);
		for (int i = 0; i < norms.length; i++) {
			final String key = golden.parameterKeys.get(i);
			final float[] g = gradients.get(i);
			final double tolerance = 10.0 * noise[i] + 1e-5 * norms[i];
			assertEquals(norms[i], norm(g, null), tolerance, "norm of the gradient of " + key);
			if (golden.values.contains("grad." + key)) {
				final double difference = norm(g, golden.values.get("grad." + key).toFloats());
				assertTrue(difference <= tolerance, "gradient of " + key + " differs by " + difference
					+ ", tolerance " + tolerance);
			}
			final double rounding = norm(g, single.get(i));
			assertTrue(rounding <= 10.0 * noise[i] + 5e-3 * norms[i], "float32 gradient of " + key
				+ " differs by " + rounding + " of " + norms[i]);
		}
	}

	private static List<float[]> gradients(final GoldenPretext golden, final Backend on) {
		try (PretextNetwork network = golden.network(on, golden.decoder, golden.seed);
				NDManager scope = on.newScope(); Gradients recording = on.gradients(true))
		{
			final List<NDArray> parameters = trainable(network, golden);
			return ops.gradients(loss(golden, network, scope).total(), parameters).stream().map(
				NDArray::toFloatArray).toList();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	void optimiserTrajectory(final GoldenPretext golden) {
		// rows of total, rotation, contrast, reconstruction
		final float[] losses = golden.values.get("adamw_losses").toFloats();
		final double[][] ours = trajectory(golden, exact, losses.length / 4);
		final double[][] single = trajectory(golden, backend, losses.length / 4);
		for (int i = 0; i < losses.length; i++) {
			final int step = i / 4;
			final double tolerance = step == 0 ? 1e-6 : 10 * golden.adamwNoise(step) + 1e-5;
			assertEquals(losses[i], ours[step][i % 4], tolerance, "loss " + i % 4 + " of step " + step);
			assertEquals(losses[i], single[step][i % 4], step == 0 ? 2e-6 : tolerance, "loss " + i
				% 4 + " of step " + step + " in single precision");
		}
	}

	private static double[][] trajectory(final GoldenPretext golden, final Backend on,
		final int steps)
	{
		final double[][] losses = new double[steps][];
		try (PretextNetwork network = golden.network(on, golden.decoder, golden.seed);
				NDManager memory = on.newScope(); Gradients recording = on.gradients(true))
		{
			final List<NDArray> parameters = trainable(network, golden);
			final AdamW optimiser = new AdamW(parameters, List.of(), DECAY, ops, memory);
			for (int i = 0; i < steps; i++)
				try (NDManager scope = on.newScope()) {
					final PretextLoss.Terms terms = loss(golden, network, scope);
					losses[i] = Stream.of(terms.total(), terms.rotation(), terms.contrast(), terms
						.inpainting()).mapToDouble(t -> t.toType(DataType.FLOAT64, false).getDouble())
						.toArray();
					optimiser.step(ops.gradients(terms.total(), parameters), RATE);
				}
		}
		return losses;
	}

	/** The parameters in the order of the golden file, recording gradients. */
	private static List<NDArray> trainable(final PretextNetwork network,
		final GoldenPretext golden)
	{
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
