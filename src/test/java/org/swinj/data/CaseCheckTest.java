package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.swinj.progress.RecordingProgress;

class CaseCheckTest {

	private static final Geometry PIXELS = Geometry.unknown();

	private final RecordingProgress progress = new RecordingProgress();
	private final Dataset dataset = new Dataset(Path.of("d"), List.of(), new LabelMap(List.of(0, 1, 2),
		List.of("background", "a", "b")), List.of("T1"), 9);
	private final Volume image = TestVolumes.random(1, 50, PIXELS, 4, 5, 6, 1);
	private final Volume labels = TestVolumes.random(2, 3, PIXELS, 4, 5, 6, 1);

	private void check(final Volume anImage, final Volume someLabels) throws FormatException {
		new CaseCheck(dataset, 0, progress).check("c7", anImage, someLabels);
	}

	private String refusal(final Volume anImage, final Volume someLabels) {
		return assertThrows(FormatException.class, () -> check(anImage, someLabels)).getMessage();
	}

	@Test
	void goodCasePassesWithoutAWord() throws FormatException {
		check(image, labels);
		check(image, TestVolumes.of("ignored", PIXELS, i -> i % 2 == 0 ? 9f : 1f, 4, 5, 6, 1));
		assertEquals(List.of(), progress.warnings);
	}

	@Test
	void sizesMustAgree() {
		assertEquals("Image of case c7 has 4×5×6 voxels, but its labels have 4×5×5: one slice along Z "
			+ "is missing.", refusal(image,
			TestVolumes.random(2, 3, PIXELS, 4, 5, 5, 1)));
		assertEquals(
			"Image of case c7 has 4×5×6 voxels, but its labels have 5×4×6: their axes seem to be swapped.",
			refusal(image, TestVolumes.random(2, 3, PIXELS, 5, 4, 6, 1)));
	}

	@Test
	void unknownLabelsAreNamed() {
		assertEquals("Labels of case c7 contain value 7, but the data set names only 0..2.", refusal(
			image, TestVolumes.of("l", PIXELS, i -> i == 100 ? 7f : 0f, 4, 5, 6, 1)));
		final Dataset gaps = new Dataset(Path.of("d"), List.of(), new LabelMap(List.of(0, 255), List.of(
			"background", "a")), List.of(), -1);
		assertTrue(assertThrows(FormatException.class, () -> new CaseCheck(gaps, 0, progress).check("c7",
			image, labels)).getMessage().endsWith("names only 0, 255."));
	}

	@Test
	void channelsMustAgree() {
		assertTrue(refusal(TestVolumes.random(1, 50, PIXELS, 4, 5, 6, 3), labels).contains("3 channels"));
		assertTrue(assertThrows(FormatException.class, () -> new CaseCheck(dataset, 2, progress).check(
			"c7", image, labels)).getMessage().contains("has 2"));
	}

	@Test
	void labelsWithoutForegroundAreAWarning() throws FormatException {
		check(image, TestVolumes.of("l", PIXELS, i -> 0f, 4, 5, 6, 1));
		assertEquals(List.of("Labels of case c7 contain only background."), progress.warnings);
	}

	@Test
	void voxelSizesMayDifferByOnePercent() throws FormatException {
		final Volume millimetres = new Volume("i", image.image(), Geometry.of("mm", 1, 1, 2));
		check(millimetres, new Volume("l", labels.image(), Geometry.of("mm", 1, 1.005, 2)));
		assertEquals(0, progress.warnings.size());
		check(millimetres, new Volume("l", labels.image(), Geometry.of("mm", 1, 1, 2.05)));
		assertTrue(progress.warnings.get(0).contains("2.05"), progress.warnings.get(0));
		check(millimetres, labels);
		assertEquals(1, progress.warnings.size());
	}
}
