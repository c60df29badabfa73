package org.swinj.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.macro.Interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.swinj.data.Case;
import org.swinj.data.Dataset;
import org.swinj.data.FormatException;
import org.swinj.progress.Progress;
import org.swinj.result.LabelImage;

/** Which of the open images a dialog begins with; the one opened last is active. */
class OpenPairTest {

	private static final int EDGE = 8;

	@BeforeEach
	void start() {
		Interpreter.batchMode = true;
	}

	@AfterEach
	void closeImages() {
		for (final int id : Interpreter.getBatchModeImageIDs())
			Interpreter.removeBatchModeImage(Interpreter.getBatchModeImage(id));
		Interpreter.batchMode = false;
	}

	@Test
	void imageAndLabelsAreToldApartInAnyOrder() {
		open("a.tif", 200, EDGE);
		open("b.tif", 3, EDGE);
		assertEquals(new OpenPair("a.tif", "b.tif"), OpenPair.suggest());
		closeImages();
		start();
		open("b.tif", 3, EDGE);
		open("a.tif", 200, EDGE);
		assertEquals(new OpenPair("a.tif", "b.tif"), OpenPair.suggest());
	}

	@Test
	void nameDecidesWhereValuesDoNot() {
		open("phantom-mask.tif", 2, EDGE);
		open("phantom.tif", 2, EDGE);
		assertEquals(new OpenPair("phantom.tif", "phantom-mask.tif"), OpenPair.suggest());
	}

	@Test
	void labelsOfAnotherSizeAndOtherImagesAreNoPartner() {
		assertEquals(new OpenPair("", ""), OpenPair.suggest());
		open("other labels", 3, EDGE + 1);
		open("first", 200, EDGE);
		open("second", 200, EDGE);
		assertEquals(new OpenPair("second", ""), OpenPair.suggest());
	}

	@Test
	void picturesOfSwinJAreNotMeant() {
		open("picture", 200, EDGE).setProp(OpenImage.PICTURE, "true");
		assertEquals("", OpenImage.activeTitle());
		open("result", 3, EDGE).setProp(LabelImage.CLASSES_PROPERTY, "1 = a");
		assertEquals("result", OpenImage.activeTitle());
		open("first", 200, EDGE);
		open("source", 200, EDGE);
		open("new picture", 200, EDGE).setProp(OpenImage.PICTURE, "true");
		assertEquals("source", OpenImage.activeTitle());
	}

	@Test
	void savedPairKeepsItsTitles() throws IOException {
		open("mine.nii.gz", 200, EDGE);
		open("my: labels", 3, EDGE);
		open("small", 3, EDGE - 1);
		try (SavedImages saved = SavedImages.of("mine.nii.gz", "my: labels")) {
			final List<Case> cases = Dataset.open(saved.folder(), Progress.silent()).cases();
			assertEquals("mine.tif", cases.get(0).image().getFileName().toString());
			assertEquals("my_ labels.tif", cases.get(0).labels().getFileName().toString());
			assertTrue(Files.exists(cases.get(0).labels()));
		}
		assertEquals("Image \"mine.nii.gz\" has 8×8×4 voxels, but label image \"small\" has 7×7×4.",
			assertThrows(FormatException.class, () -> SavedImages.of("mine.nii.gz", "small"))
				.getMessage());
	}

	@Test
	void namesOfLabelsAreSavedWithThem() throws IOException {
		open("mine", 200, EDGE);
		final ImagePlus labels = open("my labels", 3, EDGE);
		labels.setProp(LabelImage.CLASSES_PROPERTY, "1 = a, b, 2 = c = d, 255 = ignore");
		try (SavedImages saved = SavedImages.of("mine", "my labels")) {
			final Dataset data = Dataset.open(saved.folder(), Progress.silent());
			assertEquals(List.of("background", "a, b", "c = d"), data.labels().names());
			assertEquals(255, data.ignore());
		}
		labels.getStack().getProcessor(3).set(5, 200); // somebody painted another class
		try (SavedImages saved = SavedImages.of("mine", "my labels")) {
			final Dataset data = Dataset.open(saved.folder(), Progress.silent());
			assertEquals(List.of(0, 1, 2, 200), data.labels().values());
			assertEquals(255, data.ignore());
		}
	}

	private static ImagePlus open(final String title, final int values, final int edge) {
		final Random random = new Random(title.hashCode());
		final ImageStack stack = new ImageStack(edge, edge);
		for (int z = 0; z < 4; z++) {
			final byte[] plane = new byte[edge * edge];
			for (int i = 0; i < plane.length; i++)
				plane[i] = (byte) random.nextInt(values);
			stack.addSlice(null, plane);
		}
		final ImagePlus image = new ImagePlus(title, stack);
		Interpreter.addBatchModeImage(image);
		return image;
	}
}
