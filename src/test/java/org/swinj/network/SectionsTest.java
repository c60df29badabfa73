package org.swinj.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.progress.Progress;

/** Gradients that are computed section by section are those of libtorch. */
class SectionsTest {

	private static Backend backend;

	@BeforeAll
	static void open() throws IOException {
		backend = Backend.open("cpu", "float64", Progress.silent());
	}

	@AfterAll
	static void close() {
		backend.close();
	}

	private static SwinConfig config(final boolean v2) {
		return new SwinConfig(2, 3, 12, List.of(2, 1, 1, 1), List.of(3, 3, 6, 6), 4, v2, true, Merging.V2);
	}

	@ParameterizedTest
	@CsvSource({ "false", "true" })
	void lossAndGradientsOfASegmentationAreTheSame(final boolean v2) {
		Engine.getEngine("PyTorch").setRandomSeed(3);
		try (SwinUnetr network = new SwinUnetr(config(v2), backend, 0)) {
			compare(x -> network.forward(x, true).square().mean(), network, network.sections());
		}
	}

	@ParameterizedTest
	@CsvSource({ "UNETR", "VAE" })
	void soAreThoseOfPretraining(final PretextDecoder decoder) {
		Engine.getEngine("PyTorch").setRandomSeed(4);
		try (PretextNetwork network = new PretextNetwork(config(true), decoder, true, backend)) {
			compare(x -> {
				final PretextOutput output = network.run(x, true, true);
				return output.reconstruction().square().mean().add(output.contrast().square().mean()).add(
					output.rotation().square().mean());
			}, network, network.sections());
		}
	}

	@Test
	void aLossWithoutGradientsIsForgotten() {
		Engine.getEngine("PyTorch").setRandomSeed(5);
		try (SwinUnetr network = new SwinUnetr(config(true), backend, 0)) {
			network.sections().set(Sections.Mode.RECOMPUTE);
			try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
				network.forward(scope.ones(new Shape(1, 2, 32, 32, 32)), true);
			}
			compare(x -> network.forward(x, true).square().mean(), network, network.sections());
		}
	}

	private static void compare(final Function<NDArray, NDArray> loss, final NetworkBlock network,
		final Sections sections)
	{
		final List<NDArray> parameters = network.getParameters().values().stream().map(
			Parameter::getArray).toList();
		parameters.forEach(p -> p.setRequiresGradient(true));
		try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
			final NDArray x = scope.randomNormal(new Shape(1, 2, 64, 32, 32));
			sections.set(Sections.Mode.PLAIN);
			final NDArray kept = loss.apply(x);
			final List<NDArray> expected = sections.gradients(kept, parameters);
			for (final Sections.Mode mode : List.of(Sections.Mode.KEEP, Sections.Mode.RECOMPUTE,
				Sections.Mode.KEEP))
			{
				sections.set(mode);
				final NDArray twice = loss.apply(x);
				assertEquals(value(kept), value(twice), 1e-6 * value(kept));
				final List<NDArray> found = sections.gradients(twice, parameters);
				double largest = 0;
				for (int i = 0; i < parameters.size(); i++) {
					assertNotNull(found.get(i));
					final double norm = value(expected.get(i).norm());
					largest = Math.max(largest, norm);
					assertEquals(0, value(found.get(i).sub(expected.get(i)).norm()), 1e-6 * norm + 1e-12, network
						.getParameters().keys().get(i));
				}
				assertTrue(largest > 1e-3);
			}
		}
	}

	private static double value(final NDArray scalar) {
		return scalar.toType(DataType.FLOAT64, false).getDouble();
	}
}
