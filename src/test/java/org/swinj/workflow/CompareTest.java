package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.cli.TestData;
import org.swinj.data.FormatException;
import org.swinj.model.SwinModel;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/** Training with and without pretraining, on balls. */
class CompareTest {

	@TempDir
	Path folder;

	private CompareSettings settings(final Path data, final List<String> experiments,
		final int seeds, final int steps)
	{
		return new CompareSettings(List.of(data), data, folder.resolve("report"), List.of(), experiments,
			List.of(34.0, 100.0), seeds, steps, 0, 2, "0.4", "", 12, "32", 0, 0.75, -1, "cpu", "float32");
	}

	@Test
	void comparesAndGoesOnWhereItEnded() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 5);
		final CompareResult first = new Compare(settings(data, List.of("labels"), 1, 2), Progress
			.silent()).run();
		assertEquals(4, first.runs());
		assertTrue(first.verdict().startsWith("With one seed nothing can be said for sure: Dice "), first
			.verdict());
		final Path report = folder.resolve("report");
		final List<String> rows = Files.readAllLines(report.resolve("runs.csv"));
		assertTrue(rows.get(1).startsWith("labels,scratch,1,1,"), rows.get(1));
		assertTrue(rows.get(4).startsWith("labels,pretrained,3,1,"), rows.get(4));
		assertTrue(ImageIO.read(report.resolve("labels.png").toFile()).getWidth() > 300);

		final CompareResult more = new Compare(settings(data, List.of("labels", "tasks"), 1, 2), Progress
			.silent()).run();
		assertEquals(4 + 8, more.runs());
		assertEquals(rows, Files.readAllLines(report.resolve("runs.csv")).subList(0, 5), "not run again");
		final String page = Files.readString(report.resolve("report.html"));
		assertTrue(page.contains("inpainting+rotation") && !page.contains("pretrained/rotation")
			&& page.contains("pretrained/inpainting/preview.png"), page);

		final Compare other = new Compare(settings(data, List.of("labels"), 1, 3), Progress.silent());
		final String sentence = assertThrows(FormatException.class, other::run).getMessage();
		assertTrue(sentence.contains("holds a comparison with other settings"), sentence);
	}

	@Test
	void scratchGetsTheTimeOfThePretraining() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 3);
		new Compare(settings(data, List.of("time"), 1, 1), Progress.silent()).run();
		final Path model = folder.resolve("report/pretrained/pretrained");
		final double pretraining = PretrainCurve.seconds(model);
		final List<CompareRun> runs = new CompareRuns(folder.resolve("report/runs.csv")).all();
		assertEquals(List.of("pretrained", CompareRun.SCRATCH), runs.stream().map(CompareRun::start)
			.toList());
		assertTrue(pretraining > 0 && runs.get(1).steps() >= 1);
		assertTrue(PretrainCurve.seconds(data) == 0, "no model there");
	}

	@Test
	void stoppedPretrainingIsDoneAgain() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 3);
		final PretrainTest.Recorder impatient = new PretrainTest.Recorder();
		impatient.cancelAtStep = 1;
		final CompareSettings settings = settings(data, List.of("labels"), 1, 1);
		assertThrows(CancelledException.class, () -> new Compare(settings, impatient).run());
		final Path model = folder.resolve("report/pretrained/pretrained");
		assertTrue(Files.exists(folder.resolve("report/unfinished/pretrained/model.json")));
		assertFalse(Files.exists(model), "one of two steps");
		new Compare(settings, Progress.silent()).run();
		assertEquals(2, SwinModel.readCard(model).training().steps());
	}

	@Test
	void modelsAreToldApart() {
		final List<Path> models = List.of(Path.of("/a/one"), Path.of("/b/one"), Path.of("/b/two, late"),
			Path.of("/b/scratch"));
		assertEquals(List.of("a/one", "b/one", "two  late", "b/scratch"), models.stream().map(m -> Compare
			.name(m, models)).toList());
	}

	@Test
	void verdictsNeedMoreThanChance() throws IOException {
		final Path file = folder.resolve("runs.csv");
		final CompareRuns runs = new CompareRuns(file);
		final double[][] dice = { { 0.70, 0.78 }, { 0.72, 0.79 }, { 0.71, 0.78 } };
		for (int seed = 1; seed <= 3; seed++) {
			runs.add(new CompareRun("labels", "scratch", 8, seed, dice[seed - 1][0], 9, 1));
			runs.add(new CompareRun("labels", "pretrained", 8, seed, dice[seed - 1][1], 9, 1));
			runs.add(new CompareRun("tasks", "scratch", 8, seed, dice[seed - 1][1], 9, 1));
			runs.add(new CompareRun("tasks", "rotation", 8, seed, dice[seed - 1][0], 9, 1));
			runs.add(new CompareRun("tasks", "contrastive", 8, seed, 0.7 + 0.1 * (seed % 2), 9, 1));
		}
		runs.add(new CompareRun("labels", "scratch", 8, 4, 0.1, 9, 1)); // has no partner yet
		assertEquals(
			"Pretraining helped: Dice 0.710 → 0.783 with 8 labelled volumes (3 seeds, +0.073 ± 0.006)", runs
				.verdict("labels", "pretrained", 8));
		assertTrue(runs.verdict("tasks", "rotation", 8).startsWith("Pretraining harmed: Dice 0.783 → 0.710"));
		assertTrue(runs.verdict("tasks", "contrastive", 8).startsWith(
			"Pretraining made no difference beyond chance"));
		assertEquals("", runs.verdict("labels", "pretrained", 9));
		assertEquals(runs.all(), new CompareRuns(file).all());
	}

	@Test
	void wrongSettingsAreNamed() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 1);
		final Compare single = new Compare(settings(data, List.of("labels"), 1, 2), Progress.silent());
		final String sentence = assertThrows(FormatException.class, single::run).getMessage();
		assertTrue(sentence.contains("validation must hold back at least one of 1"), sentence);
		assertFalse(Files.exists(folder.resolve("report")));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> settings(data, List.of("labels",
			"speed"), 1, 2)).getMessage().contains("not \"labels,speed\""));
	}
}
