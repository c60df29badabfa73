package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.cli.TestData;
import org.swinj.data.Blocks;
import org.swinj.data.Case;
import org.swinj.data.Dataset;
import org.swinj.data.Folds;
import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.Split;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.data.VolumeWriter;
import org.swinj.model.ModelFormatException;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;
import org.swinj.progress.RecordingProgress;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Models trained on all but one part, judged by that part. */
class CrossValidationTest {

	@TempDir
	Path folder;

	private FineTuneSettings settings(final Path data, final Path output) {
		return new FineTuneSettings(data, output, null, 0, 1, "0.2", 0, "", null, "", 12, "32", null, 1, 0,
			0, -1, false, 0, 0, false, 0, 1, "cpu", "float32");
	}

	@Test
	void subjectsStayTogether() {
		final List<Case> cases = java.util.stream.IntStream.rangeClosed(1, 10).mapToObj(i -> new Case("c_"
			+ i, Path.of("i" + i), Path.of("l" + i))).toList();
		final Folds folds = Folds.of(cases, 3, "2", 7);
		final Set<Case> held = new HashSet<>();
		for (final Split split : folds.splits()) {
			assertEquals(10, split.training().size() + split.validation().size());
			assertTrue(split.validation().size() >= 2, "parts of about the same size");
			for (final Case c : split.validation()) {
				assertTrue(held.add(c), c.id() + " is held back once");
				final int number = Integer.parseInt(c.id().substring(2));
				final String twin = "c_" + (number % 2 == 0 ? number - 1 : number + 1);
				assertTrue(split.validation().stream().anyMatch(o -> o.id().equals(twin)), c.id());
			}
		}
		assertEquals(10, held.size());
		assertEquals(null, Folds.of(cases, 6, "2", 7), "five subjects");
	}

	@Test
	void trainsJudgesAndSegmentsTogether() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 3);
		final Path output = folder.resolve("folds");
		final CrossValidationResult result = new CrossValidation(settings(data, output), 3, "balls", Progress
			.silent()).run();
		assertEquals(3, result.cases());
		final Set<String> plans = new HashSet<>();
		for (int i = 1; i <= 3; i++)
			plans.add(String.valueOf(SwinModel.readCard(output.resolve("fold-" + i)).intensity()) + SwinModel
				.readCard(output.resolve("fold-" + i)).plan().get("patch"));
		assertEquals(1, plans.size(), "all folds follow one plan");
		final VerifyResult verified = new Verify(new VerifySettings(output.resolve("fold-1"), null, 5), Progress
			.silent()).run();
		assertTrue(verified.changed().isEmpty() && verified.missing().isEmpty(), verified.verdict());
		assertTrue(verified.verdict().contains("6 input files are unchanged, but the model has no first losses"),
			verified.verdict());
		final List<String> rows = Files.readAllLines(output.resolve("scores.csv"));
		assertEquals(1 + 3 + 1 + 1, rows.size(), String.join("\n", rows));
		final String page = Files.readString(output.resolve("report.html"));
		assertTrue(page.contains("3 cases of 3 folds") && page.contains("pictures/case_2-truth.png"), page);
		assertTrue(Files.size(output.resolve("pictures/case_2-truth.png")) > 1000);

		final Path image = data.resolve("images/case_1.nii.gz");
		final Path labels = folder.resolve("labels.nii.gz");
		new Segment(SegmentSettings.of(image, output, labels), Progress.silent()).run();
		final float[] together = probabilities(output, image);
		final float[][] alone = { probabilities(output.resolve("fold-1"), image), probabilities(output
			.resolve("fold-2"), image), probabilities(output.resolve("fold-3"), image) };
		assertFalse(java.util.Arrays.equals(alone[0], alone[1]), "the models differ");
		for (int i = 0; i < together.length; i += 97) {
			final double logit = (logit(alone[0][i]) + logit(alone[1][i]) + logit(alone[2][i])) / 3;
			assertEquals(1 / (1 + Math.exp(-logit)), together[i], 2e-3, "two classes: mean of the logits");
		}
	}

	private static double logit(final double p) {
		return Math.log(p / (1 - p));
	}

	/** Probability of the ball. */
	private static float[] probabilities(final Path model, final Path image) throws IOException {
		try (Segmenter segmenter = Segmenter.open(model, "cpu", "float32", Progress.silent())) {
			final var found = segmenter.segment(new VolumeReader(Progress.silent()).read(image), 0.5, false,
				true).probabilities();
			final float[] values = new float[32 * 32 * 32];
			int i = 0;
			for (final FloatType value : Views.flatIterable(Views.hyperSlice(found, 3, 1)))
				values[i++] = value.get();
			return values;
		}
	}

	@Test
	void oneVolumeIsCutIntoBlocks() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 1);
		final Dataset dataset = Dataset.open(data, Progress.silent());
		final Blocks blocks = Blocks.of(dataset, 2);
		assertEquals(2, blocks.hidden(), "above the classes 0 and 1");
		final Split split = blocks.write(1, folder, Progress.silent());
		final float[] training = labels(split.training().get(0).labels());
		final float[] judged = labels(split.validation().get(0).labels());
		final float[] all = TestData.labels(1);
		for (int i = 0; i < all.length; i++) {
			final boolean held = i % 32 >= 16; // of three equal axes the first
			assertEquals(held ? 2 : all[i], training[i], "training, voxel " + i);
			assertEquals(held ? all[i] : 2, judged[i], "judgement, voxel " + i);
		}

		final RecordingProgress progress = new RecordingProgress();
		final CrossValidationResult result = new CrossValidation(settings(data, folder.resolve("folds")), 2,
			"balls", progress).run();
		assertEquals(2, result.cases());
		final List<String> rows = Files.readAllLines(folder.resolve("folds/scores.csv"));
		assertTrue(rows.get(1).startsWith("case_1-block-1,1,"), rows.get(1));
		assertEquals(1, progress.warnings.size(), "none of images in both: " + progress.warnings);
	}

	/** X is longest, but one of two classes lies to its left and the other to its right; Y separates neither. */
	@Test
	void blocksLeaveNoClassToOneSideIfTheyCan() throws IOException {
		final int[] size = { 40, 24, 20 };
		final float[] image = new float[size[0] * size[1] * size[2]];
		final float[] labels = new float[image.length];
		for (int i = 0; i < image.length; i++) {
			image[i] = i % 7;
			labels[i] = i / size[0] % 4 == 0 ? i % size[0] < 20 ? 1 : 2 : 0;
		}
		final Path data = folder.resolve("sides");
		for (final String part : new String[] { "images", "labels" }) {
			Files.createDirectories(data.resolve(part));
			VolumeWriter.write(data.resolve(part).resolve("a.nii.gz"), new Volume("a", ArrayImgs.floats(part
				.equals("images") ? image : labels, size[0], size[1], size[2], 1), Geometry.of("mm", 1, 1, 1)));
		}
		final Split split = Blocks.of(Dataset.open(data, Progress.silent()), 2).write(0, folder, Progress
			.silent());
		final float[] training = values(split.training().get(0).labels(), image.length);
		for (int i = 0; i < training.length; i++)
			assertEquals(i / size[0] % size[1] < 12 ? 3 : labels[i], training[i], "voxel " + i);
	}

	private static float[] labels(final Path file) throws IOException {
		return values(file, 32 * 32 * 32);
	}

	private static float[] values(final Path file, final int count) throws IOException {
		final float[] values = new float[count];
		int i = 0;
		for (final FloatType value : Views.flatIterable(new VolumeReader(Progress.silent()).readLabels(file)
			.image()))
			values[i++] = value.get();
		assertArrayEquals(new int[] { values.length }, new int[] { i });
		return values;
	}

	@Test
	void whatCannotBeFoldsIsRefused() throws IOException {
		final Path data = TestData.write(folder.resolve("data"), 2);
		final Path model = folder.resolve("model");
		final FineTuneSettings settings = settings(data, model);
		new FineTune(settings, Progress.silent()).run();
		assertEquals("folds must be between 2 and 20, not 1.", assertThrows(IllegalArgumentException.class,
			() -> new CrossValidation(settings, 1, "", Progress.silent())).getMessage());
		assertTrue(assertThrows(FormatException.class, () -> new CrossValidation(settings, 2, "", Progress
			.silent()).run()).getMessage().contains("holds a model"));
		final Path mixed = folder.resolve("mixed");
		Files.createDirectories(mixed);
		Files.move(model, mixed.resolve("fold-1"));
		final FineTuneSettings other = new FineTuneSettings(data, mixed.resolve("fold-2"), null, 0, 1, "0.2",
			0, "", null, "", 24, "32", null, 1, 0, 0, -1, false, 0, 0, false, 0, 1, "cpu", "float32");
		new FineTune(other, Progress.silent()).run();
		final String sentence = assertThrows(ModelFormatException.class, () -> ModelFolds.of(mixed))
			.getMessage();
		assertTrue(sentence.endsWith("cannot be averaged: they differ in their networks."), sentence);
	}
}
