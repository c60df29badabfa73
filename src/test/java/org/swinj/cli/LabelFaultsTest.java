package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.IntFunction;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.data.VolumeWriter;
import org.swinj.model.SegmentationClass;
import org.swinj.model.SwinModel;

import ij.IJ;

/** Labels that are none, or not those of their image, given to the commands. */
class LabelFaultsTest {

	private static final String NAMED = "{\"labels\": {\"0\": \"background\", \"1\": \"ball\"%s}, "
		+ "\"training\": [{\"image\": \"images/a.nii.gz\", \"label\": \"labels/a.nii.gz\"}]}";

	@TempDir
	private Path folder;
	private FaultBench bench;

	@BeforeEach
	void prepare() throws IOException {
		bench = new FaultBench(folder);
	}

	private static float[] values(final IntFunction<Integer> value) {
		final float[] values = new float[32768];
		for (int i = 0; i < values.length; i++)
			values[i] = value.apply(i);
		return values;
	}

	private Path data(final float[] labels) throws IOException {
		return bench.data("d", TestData.image(1), labels);
	}

	@Test
	void sizesThatDifferAreExplained() throws IOException {
		final Path data = folder.resolve("d"), labels = data.resolve("labels/a.nii.gz");
		TestData.write(data.resolve("images/a.nii.gz"), new float[40 * 32 * 24], 40, 32, 24, 1);
		final int[][] sizes = { { 32, 40, 24 }, { 40, 32, 23 }, { 40, 32, 25 }, { 39, 32, 24 }, { 40, 32,
			12 } };
		final String[] reasons = { "32×40×24: their axes seem to be swapped.",
			"40×32×23: one slice along Z is missing.", "40×32×25: one slice along Z is too many.",
			"39×32×24: one row of voxels along X is missing.", "40×32×12." };
		for (int i = 0; i < sizes.length; i++) {
			TestData.write(labels, new float[sizes[i][0] * sizes[i][1] * sizes[i][2]], sizes[i][0],
				sizes[i][1], sizes[i][2], 1);
			bench.refusesToTrain(data, "Image of case a has 40×32×24 voxels, but its labels have "
				+ reasons[i]);
		}
	}

	@Test
	void valuesBeyondTheNamedClassesAreRefused() throws IOException {
		final Path data = data(values(i -> i % 3 == 0 ? 2 : 1));
		Files.writeString(data.resolve("dataset.json"), String.format(NAMED, ""));
		bench.refusesToTrain(data, "Labels of case a contain value 2, but the data set names only 0..1.");
		data(values(i -> i % 2 * 255));
		bench.refusesToTrain(data, "contain value 255, but the data set names only 0..1: if it marks "
			+ "voxels that nobody annotated, give ignore=255.");
	}

	@Test
	void gapsAndMasksAreClassesWithTheirOwnValues() throws IOException {
		FaultBench.assertDone(bench.fineTune(data(values(i -> i % 4 == 0 ? 5 : i % 4 == 1 ? 2 : 0))));
		assertClasses(0, 2, 5);
		FaultBench.assertDone(bench.fineTune(data(values(i -> i % 2 * 255))));
		assertClasses(0, 255);
		FaultBench.assertDone(bench.segment(folder.resolve("d/images/a.nii.gz"), "model="
			+ bench.trained));
		for (final float value : bench.written(32, 32, 32))
			assertTrue(value == 0 || value == 255, String.valueOf(value));
	}

	private void assertClasses(final Integer... values) throws IOException {
		assertEquals(Arrays.asList(values), SwinModel.readCard(bench.trained).classes().stream().map(
			SegmentationClass::value).toList());
	}

	@Test
	void labelsWithoutForegroundAreRefusedOrTold() throws IOException {
		bench.refusesToTrain(data(new float[32768]),
			"None of the 1 training cases has a voxel of any class besides the background.");
		final Path two = TestData.write(folder.resolve("two"), 2);
		TestData.write(two.resolve("labels/case_2.nii.gz"), new float[32768]);
		bench.refusesToTrain(two, "None of the 1 training cases has a voxel", "validation=case_1");
		final Shell shell = bench.fineTune(two, "validation=case_2");
		FaultBench.assertDone(shell, "Labels of case case_2 contain only background.");
		assertTrue(shell.json().get("best_dice").isJsonNull(), shell.out);
	}

	@Test
	void aSingleClassTeachesNothing() throws IOException {
		bench.refusesToTrain(data(values(i -> 3)), "All annotated voxels of the 1 training cases have the "
			+ "value 3: there is nothing to tell apart.");
	}

	@Test
	void classesThatNoTrainingCaseHasAreTold() throws IOException {
		final Path two = TestData.write(folder.resolve("two"), 2);
		final float[] labels = TestData.labels(2);
		labels[7] = 4;
		TestData.write(two.resolve("labels/case_2.nii.gz"), labels);
		FaultBench.assertDone(bench.fineTune(two, "validation=case_2"),
			"No training case has a voxel of class 4 (class 4): it will not be found.");
	}

	@Test
	void numberedObjectsAreOneClassOrTold() throws IOException {
		final IntFunction<Integer> blocks = i -> i % 4 == 0 || i / 32 % 4 == 0 || i / 1024 % 4 == 0 ? 0 : 1
			+ i % 32 / 4 + 8 * (i / 32 % 32 / 4) + 64 * (i / 1024 / 4);
		FaultBench.assertDone(bench.fineTune(data(values(blocks))),
			"Labels have 512 different values that number objects, so all of them are one class, \"object\", "
				+ "with a gap where they touch, so that Segment's objects=components numbers them.");
		FaultBench.assertDone(bench.fineTune(data(values(i -> (blocks.apply(i) + 7) / 8))),
			"Labels have 65 different values without names, and each is a class: if they number objects "
				+ "such as cells, make one class of them first.");
	}

	@Test
	void coloursFractionsAndSmoothedEdgesAreNoLabels() throws IOException {
		final Path data = folder.resolve("d"), labels = data.resolve("labels/a.tif");
		TestData.write(data.resolve("images/a.tif"), new float[8192], 32, 32, 8, 1);
		bench.tiff("d/labels/a.tif", IJ.createImage("c", "RGB ramp", 32, 32, 8));
		bench.refusesToTrain(data, "Volume \"a.tif\" holds RGB colours");
		final float[] values = new float[8192];
		values[5] = 0.99f;
		TestData.write(labels, values, 32, 32, 8, 1);
		bench.refusesToTrain(data,
			"Labels \"a.tif\" contain 0.99 at voxel (5, 0, 0): a value that is not a whole number.");
		Files.delete(labels);
		Files.delete(data.resolve("images/a.tif"));
		final Shell smooth = bench.fineTune(data(values(LabelFaultsTest::smoothed)));
		FaultBench.assertDone(smooth, "Labels have 0, 255 and 9 values between them that form no regions, "
			+ "as the smoothed edges of a mask do: each is a class now. Threshold the mask first.");
	}

	/** A ball of 255 with an edge of two voxels. */
	private static int smoothed(final int i) {
		final double r = Math.sqrt(Math.pow(i % 32 - 16, 2) + Math.pow(i / 32 % 32 - 15.3, 2) + Math.pow(i
			/ 1024 - 15.7, 2));
		return (int) (255 * Math.round(10 * Math.max(0, Math.min(1, (11 - r) / 2))) / 10);
	}

	@Test
	void nothingButIgnoredVoxelsIsRefusedOrLeftOut() throws IOException {
		final Shell refused = bench.fineTune(data(values(i -> 255)), "ignore=255");
		FaultBench.assertRefused(refused, "None of the 1 training cases has an annotated voxel: all have "
			+ "the ignored label 255.");
		assertFalse(refused.err.contains("only background"), refused.err);
		bench.refusesToTrain(folder.resolve("d"), "have the value 255: there is nothing to tell apart.");
		final Path two = TestData.write(folder.resolve("two"), 2);
		TestData.write(two.resolve("labels/case_2.nii.gz"), values(i -> 255));
		FaultBench.assertDone(bench.fineTune(two, "ignore=255", "validation=case_2"),
			"Case case_2 has no annotated voxel and is left out.");
		final Path table = Files.writeString(folder.resolve("scores.csv"), "earlier");
		FaultBench.assertRefused(Shell.run("evaluate", "predictions=" + folder.resolve("d/labels"),
			"labels=" + folder.resolve("d/labels"), "output=" + table, "ignore=255"),
			"No class besides the background occurs in any case: there is nothing to compare.");
		assertEquals("earlier", Files.readString(table));
	}

	@Test
	void labelsThatLieElsewhereAreTold() throws IOException {
		final Path data = data(TestData.labels(1));
		write(data, 1, 1, 1);
		FaultBench.assertDone(bench.fineTune(data), "Image of case a has a voxel size of 0.8000 × 0.8000 "
			+ "× 1.200 mm, but its labels have 1.000 × 1.000 × 1.000; that of the image was used.");
		write(data, 0.8, 0.8, 1.2);
		FaultBench.assertDone(bench.fineTune(data), "Labels of case a lie up to 53.6 mm away from their "
			+ "image, or are turned or mirrored, by what the files say of their place; they were taken voxel "
			+ "by voxel.");
	}

	/** Labels with other axes than their image has. */
	private static void write(final Path data, final double x, final double y, final double z)
		throws IOException
	{
		final double[][] affine = { { x, 0, 0, 0 }, { 0, y, 0, 0 }, { 0, 0, z, 0 }, { 0, 0, 0, 1 } };
		VolumeWriter.write(data.resolve("labels/a.nii.gz"), new Volume("l", ArrayImgs.floats(TestData
			.labels(1), 32, 32, 32, 1), new Geometry(new double[] { x, y, z }, "mm", affine)));
	}

	@Test
	void anImageThatIsHeldBackAndTrainedOnIsTold() throws IOException {
		final Path two = TestData.write(folder.resolve("two"), 2);
		FaultBench.assertDone(bench.fineTune(two, "validation=case_2"));
		Files.copy(two.resolve("images/case_1.nii.gz"), two.resolve("images/case_2.nii.gz"),
			StandardCopyOption.REPLACE_EXISTING);
		FaultBench.assertDone(bench.fineTune(two, "validation=case_2"),
			"Case case_2, which is held back, has the same image as case case_1, which is trained on");
	}
}
