package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.swinj.backend.Backend;
import org.swinj.network.Merging;
import org.swinj.network.PretextDecoder;
import org.swinj.network.PretextNetwork;
import org.swinj.network.SwinConfig;
import org.swinj.pretext.Places;
import org.swinj.pretext.PretextSampler;
import org.swinj.pretext.PretextSettings;
import org.swinj.pretext.Unlabelled;
import org.swinj.progress.Progress;

/** Self-supervised training of tiny networks. */
class PretextObjectiveTest {

	private static final int[] PATCH = { 32, 32, 64 };
	private static final SwinConfig TINY = new SwinConfig(1, 1, 12, List.of(1, 1, 1, 1), List.of(3, 3,
		6, 6), 2, true, true, Merging.V2);

	private static Backend backend;

	@BeforeAll
	static void open() throws IOException {
		backend = Backend.open("cpu", "float32", Progress.silent());
	}

	@AfterAll
	static void close() {
		backend.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNETR", "VAE" })
	void lossesFall(final PretextDecoder decoder) throws IOException {
		final Run run = train(PretextSettings.recommended().withTasks(1, 0.2, 0.2).withDecoder(decoder)
			.withMemory(0).withCrops(2), 20, 3e-3, backend);
		final double before = mean(run.losses.subList(0, 4));
		final double after = mean(run.losses.subList(16, 20));
		assertTrue(after < 0.9 * before, "from " + before + " to " + after);
		assertTrue(run.tasks.inpainting() > 0 && run.tasks.contrast() > 0 && run.tasks.rotation() > 0);
		assertEquals(32, run.preview.size()[0]);
		assertEquals(Arrays.stream(run.preview.size()).reduce(1, (a, b) -> a * b), run.preview
			.rebuilt().length);
		assertFalse(Arrays.equals(run.preview.image(), run.preview.masked()));
		assertFalse(Arrays.equals(run.preview.image(), run.preview.rebuilt()));
	}

	@Test
	void thePublishedTasksTrain() throws IOException {
		final Run run = train(new PretextSettings(1, 1, 0, 0, PretextDecoder.DECONVOLUTION, PretextSettings
			.paper().masking(), 0.3, 16, PretextSettings.paper().fill(), 1, 0, PretextSettings.paper()
				.plane(), false, 0.5, 0, 0, 0, PretextSettings.paper().choice(), 2), 12, 2e-3, backend);
		assertTrue(mean(run.losses.subList(9, 12)) < 0.95 * mean(run.losses.subList(0, 3)), run.losses
			.toString());
	}

	@Test
	void placesAreLearned() throws IOException {
		final Run run = train(PretextSettings.recommended().withPosition(2).withTasks(0, 0, 0), 20, 3e-3,
			backend);
		assertTrue(mean(run.losses.subList(16, 20)) < 0.9 * mean(run.losses.subList(0, 3)), run.losses
			.toString());
		assertEquals(mean(run.losses) / 2, run.tasks.position(), 1e-5, "half of the weighted loss");
		assertTrue(Double.isNaN(run.tasks.inpainting()) && run.preview == null);
		final Run both = train(PretextSettings.recommended().withTasks(1, 0, 0).withPosition(1), 2, 3e-3,
			backend);
		assertEquals(both.tasks.inpainting() + both.tasks.position(), mean(both.losses), 1e-5);
		assertTrue(both.preview != null);
	}

	@Test
	void everyTaskCanBeTheOnlyOne() throws IOException {
		final PretextSettings all = PretextSettings.recommended();
		final TaskLosses inpainting = train(all.withTasks(1, 0, 0), 2, 1e-3, backend).tasks;
		assertTrue(inpainting.inpainting() > 0);
		assertTrue(Double.isNaN(inpainting.contrast()) && Double.isNaN(inpainting.rotation()));
		final Run contrast = train(all.withTasks(0, 1, 0).withCrops(2), 2, 1e-3, backend);
		assertTrue(contrast.tasks.contrast() > 0);
		assertTrue(Double.isNaN(contrast.tasks.inpainting()) && Double.isNaN(contrast.tasks
			.rotation()));
		assertNull(contrast.preview);
		final TaskLosses rotation = train(all.withTasks(0, 0, 1), 2, 1e-3, backend).tasks;
		assertTrue(rotation.rotation() > 0);
		assertThrows(IllegalArgumentException.class, () -> all.withTasks(0, 0, 0));
	}

	/** One crop in a step has no others to be told from, but for those of earlier steps. */
	@Test
	void pastEmbeddingsAreNegatives() throws IOException {
		final PretextSettings alone = PretextSettings.recommended().withTasks(0, 1, 0).withCrops(1);
		final Run forgetful = train(alone.withMemory(0), 3, 1e-9, backend);
		assertEquals(List.of(0.0, 0.0, 0.0), forgetful.losses);
		final Run mindful = train(alone.withMemory(3), 4, 1e-9, backend);
		assertEquals(0, mindful.losses.get(0));
		assertEquals(Math.log(3), mindful.losses.get(1), 0.5);
		assertEquals(Math.log(4), mindful.losses.get(2), 0.5);
		assertEquals(Math.log(4), mindful.losses.get(3), 0.5);
	}

	/** To the last bit, whatever ran before. */
	@Test
	void theSeedDecides() throws IOException {
		final PretextSettings settings = PretextSettings.recommended();
		final Run first = train(settings, 3, 1e-3, backend);
		final Run second = train(settings, 3, 1e-3, backend);
		for (int step = 0; step < 3; step++)
			assertEquals(first.losses.get(step), second.losses.get(step));
		assertArrayEquals(first.preview.rebuilt(), second.preview.rebuilt());
		assertNotEquals(first.losses.get(0), first.losses.get(1));
	}

	@Test
	void runsInBfloat16() throws IOException {
		try (Backend half = Backend.open("cpu", "bfloat16", Progress.silent())) {
			for (final PretextDecoder decoder : PretextDecoder.values()) {
				final Run run = train(PretextSettings.recommended().withDecoder(decoder), 2, 1e-3, half);
				for (final double loss : run.losses)
					assertTrue(loss > 0 && loss < 20, decoder + ": " + loss);
			}
		}
	}

	/** Heads that read the second token need one. */
	@Test
	void singleTokensNeedRoomForTwo() {
		try (PretextNetwork network = new PretextNetwork(TINY, PretextDecoder.VAE, false, backend)) {
			final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> network
				.run(backend.newScope().zeros(new Shape(1, 1, 32, 32, 32)), false,
					false));
			assertTrue(e.getMessage().contains("second token"), e.getMessage());
		}
	}

	private record Run(List<Double> losses, TaskLosses tasks, PretextPreview preview) {}

	private static Run train(final PretextSettings settings, final int steps, final double rate,
		final Backend on) throws IOException
	{
		Engine.getEngine("PyTorch").setRandomSeed(1);
		final PretextSampler sampler = new PretextSampler(Unlabelled.sampler(PATCH, 1, Unlabelled.blobs(1,
			Unlabelled.cubic(), 40, 40, 70), Unlabelled.blobs(2, Unlabelled.cubic(), 40, 33, 70)),
			settings, 1);
		final List<Double> losses = new ArrayList<>();
		try (PretextNetwork network = new PretextNetwork(TINY, settings.decoder(), settings.pooled(),
			settings.position() > 0 ? Places.AXES : 0, on);
				PretextObjective objective = new PretextObjective(network, sampler, settings, on))
		{
			new Trainer(objective, new TrainerSettings(steps, Double.POSITIVE_INFINITY, 1, rate, 1e-5, 1,
				0.03, 1), on, new TrainingListener() {

					@Override
					public void stepDone(final int step, final double loss, final double used) {
						losses.add(loss);
					}
				}, Progress.silent()).run();
			return new Run(losses, objective.takeLosses(), objective.preview());
		}
	}

	private static double mean(final List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}
}
