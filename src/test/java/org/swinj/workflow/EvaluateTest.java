package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.data.VolumeWriter;
import org.swinj.progress.CancelledException;
import org.swinj.progress.RecordingProgress;

class EvaluateTest {

	@TempDir
	private Path folder;
	private Path predictions;
	private Path labels;
	private Path table;
	private final RecordingProgress progress = new RecordingProgress();

	@BeforeEach
	void makeFolders() throws IOException {
		predictions = Files.createDirectory(folder.resolve("predictions"));
		labels = Files.createDirectory(folder.resolve("labels"));
		table = folder.resolve("results/scores.csv");
	}

	@Test
	void forgottenIgnoredLabelIsAWarning() throws IOException {
		for (final String name : List.of("a.nii", "b.nii")) {
			write(labels.resolve(name), 0, 1, 1, 2, 255, 255, 255, 255, 255, 255);
			write(predictions.resolve(name), 0, 1, 1, 2, 0, 0, 0, 0, 0, 0);
		}
		evaluate();
		assertEquals(1, progress.warnings.stream().filter(line -> line.startsWith(
			"Case \"a\": Labels have the value 255 in 60 % of all voxels")).count(), progress.warnings
				.toString());
		assertEquals(1, progress.warnings.size());
	}

	@Test
	void scoresOfTwoCasesAndTheirMeans() throws IOException {
		// class 1 is a bar of 4 voxels along X, predicted one voxel of 2 mm too far
		write(labels.resolve("a.nii.gz"), 0, 1, 1, 1, 1, 0, 0, 0, 0, 0);
		write(predictions.resolve("a.nii.gz"), 0, 0, 1, 1, 1, 1, 0, 0, 0, 0);
		write(labels.resolve("b, old.tif"), 0, 1, 1, 0, 0, 0, 0, 3, 3, 0);
		write(predictions.resolve("b, old.nii"), 0, 1, 1, 0, 0, 0, 0, 0, 0, 0);
		final EvaluateResult result = evaluate();

		assertEquals(2, result.cases());
		assertEquals(List.of(), result.failures());
		assertEquals(List.of(1, 3, 1, 3), result.scores().stream().map(ClassScore::label).toList());
		final ClassScore shifted = result.scores().get(0);
		assertEquals(0.75, shifted.dice());
		assertEquals(0.6, shifted.jaccard(), 1e-12);
		assertEquals(2 * 0.85, shifted.hd95(), 1e-6); // ranks 2.85 of the distances 0 0 0 2
		assertEquals(0.75, shifted.nsd(), 1e-12);
		assertEquals(0.5, shifted.assd(), 1e-12);
		assertEquals(4, shifted.referenceVoxels());
		assertEquals(Double.NaN, result.scores().get(1).dice());
		final ClassScore missed = result.scores().get(3);
		assertEquals(0, missed.dice());
		assertEquals(1, missed.falseNegativeError());
		assertEquals(Double.NaN, missed.hd95());
		assertEquals((0.75 + 1) / 2, result.means().get(0).dice());
		assertEquals(0, result.means().get(1).dice());
		assertEquals(0.4375, result.meanDice());

		final List<String> lines = Files.readAllLines(table);
		assertEquals(8, lines.size());
		assertTrue(lines.get(0).startsWith("Case,Class,Dice,Jaccard,HD95,NSD,ASSD,"), lines.get(0));
		assertEquals(
			"a,1,0.750000,0.600000,1.700000,0.750000,0.500000,0.000000,0.250000,0.250000,4,4,mm,class 1", lines.get(
				1));
		assertTrue(lines.get(2).startsWith("a,3,NaN,NaN,NaN,NaN"), lines.get(2));
		assertTrue(lines.get(3).startsWith("\"b, old\",1,1.000000"), lines.get(3));
		assertTrue(lines.get(5).startsWith("mean,1,0.875000"), lines.get(5));
		assertTrue(lines.get(7).startsWith("mean,all,0.437500"), lines.get(7));
	}

	@Test
	void ignoredVoxelsTakeNoPart() throws IOException {
		write(labels.resolve("a.nii"), 0, 1, 1, 255, 255, 0);
		write(predictions.resolve("a.nii"), 0, 1, 0, 1, 1, 0);
		final EvaluateResult result = new Evaluate(new EvaluateSettings(predictions, labels, table, 1,
			255, null), progress).run();
		assertEquals(List.of(1), result.scores().stream().map(ClassScore::label).toList());
		assertEquals(2.0 / 3, result.scores().get(0).dice(), 1e-12);
		assertTrue(Double.isNaN(result.scores().get(0).hd95()));
	}

	@Test
	void largerToleranceForgivesTheShift() throws IOException {
		write(labels.resolve("a.nii"), 0, 1, 1, 0, 0);
		write(predictions.resolve("a.nii"), 0, 0, 1, 1, 0);
		assertEquals(0.5, evaluate().scores().get(0).nsd());
		final EvaluateResult forgiving = new Evaluate(new EvaluateSettings(predictions, labels, table,
			2, -1, null), progress).run();
		assertEquals(1, forgiving.scores().get(0).nsd());
	}

	@Test
	void twoFilesAreComparedWhateverTheirNames() throws IOException {
		final Path reference = predictions.resolve("reference.nii");
		final Path prediction = predictions.resolve("prediction.nii");
		write(reference, 0, 1, 1);
		write(prediction, 0, 1, 1);
		final EvaluateResult result = new Evaluate(EvaluateSettings.of(prediction, reference, table),
			progress).run();
		assertEquals(1, result.meanDice());
		assertEquals("reference", result.scores().get(0).name());
	}

	@Test
	void sizesThatDifferLeaveTheCaseOut() throws IOException {
		write(labels.resolve("a.nii"), 0, 1, 1);
		write(predictions.resolve("a.nii"), 0, 1, 1);
		write(labels.resolve("b.nii"), 0, 1, 1);
		write(predictions.resolve("b.nii"), 0, 1, 1, 0);
		final EvaluateResult result = evaluate();
		assertEquals(1, result.cases());
		assertEquals(List.of("Case \"b\" is left out: The prediction has 4 × 1 × 1 voxels, its " +
			"reference has 3 × 1 × 1."), result.failures());
		assertEquals(result.failures(), progress.warnings);
	}

	@Test
	void nothingToCompareIsAFailureThatLeavesTheTableAlone() throws IOException {
		Files.createDirectories(table.getParent());
		Files.writeString(table, "old");
		write(labels.resolve("a.nii"), 0, 1, 1);
		assertMessage("found no prediction and 1 reference such as \"a.nii\"");
		write(predictions.resolve("a.nii"), 0, 1, 1, 0);
		assertMessage("4 × 1 × 1 voxels");
		Files.writeString(predictions.resolve("a.nii"), "broken");
		assertMessage("a.nii");
		assertEquals("old", Files.readString(table));
	}

	@Test
	void filesWithoutAPartnerAreNamed() throws IOException {
		for (final String name : List.of("a", "b", "c"))
			write(labels.resolve(name + ".nii"), 0, 1);
		write(predictions.resolve("a.nii"), 0, 1);
		write(predictions.resolve("a_probabilities.nii"), 0, 1);
		evaluate();
		assertEquals(List.of(
			"The prediction \"a_probabilities.nii\" has no reference and is left out.",
			"2 references such as \"b.nii\" have no prediction and are left out."), progress.warnings);
	}

	@Test
	void inputThatCannotBeMeantIsRefused() throws IOException {
		write(labels.resolve("a.nii"), 0, 1);
		write(predictions.resolve("a.nii"), 0, 1);
		write(predictions.resolve("a.tif"), 0, 1);
		assertMessage("\"a.nii\" and \"a.tif\"");
		predictions = folder.resolve("nowhere");
		assertMessage("There is no prediction at");
		table = folder;
		assertMessage("is a folder");
		assertThrows(IllegalArgumentException.class, () -> new EvaluateSettings(labels, labels, table,
			Double.NaN, -1, null));
		assertThrows(IllegalArgumentException.class, () -> EvaluateSettings.of(null, labels, table));
	}

	@Test
	void predictionElsewhereInSpaceIsReported() {
		final Volume here = volume("a", 1, 1);
		final Volume there = new Volume("a", here.image(), new Geometry(here.geometry().spacing(), "mm",
			new double[][] { { 2, 0, 0, 50 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } }));
		assertEquals(1, Evaluate.compare(there, here, 1, progress).get(0).dice());
		assertEquals(1, progress.warnings.size());
		assertTrue(progress.warnings.get(0).contains("elsewhere in space"));
	}

	@Test
	void cancelWritesNothing() throws IOException {
		write(labels.resolve("a.nii"), 0, 1);
		write(predictions.resolve("a.nii"), 0, 1);
		progress.cancelled = true;
		assertThrows(CancelledException.class, this::evaluate);
		assertFalse(Files.exists(table));
	}

	private EvaluateResult evaluate() throws IOException {
		return new Evaluate(EvaluateSettings.of(predictions, labels, table), progress).run();
	}

	private void assertMessage(final String part) {
		final String message = assertThrows(FormatException.class, this::evaluate).getMessage();
		assertTrue(message.contains(part), message);
	}

	private static void write(final Path file, final float... row) throws IOException {
		VolumeWriter.write(file, volume(file.getFileName().toString(), row));
	}

	/** A row of voxels along X, 2 mm long each. */
	private static Volume volume(final String name, final float... row) {
		return new Volume(name, ArrayImgs.floats(row, row.length, 1, 1, 1), new Geometry(
			new double[] { 2, 1, 1 }, "mm", new double[][] { { 2, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 },
				{ 0, 0, 0, 1 } }));
	}
}
