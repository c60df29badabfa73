package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.progress.RecordingProgress;

class LabelContentTest {

	private static final Geometry PIXELS = Geometry.unknown();
	private static final Path COLIN = Path.of("test-data/colin27");
	private static final int EDGE = 40;

	@TempDir
	private Path folder;
	private final RecordingProgress progress = new RecordingProgress();

	@Test
	void atlasesOfManySmallRegionsAreLabels() {
		assertFalse(content(i -> (float) region(i)).isScattered());
		assertFalse(content(i -> i % EDGE % 5 == 0 ? (float) region(i) : 999f).isScattered());
	}

	/** 512 regions of 5 × 5 × 5 voxels. */
	private static int region(final int i) {
		return i % EDGE / 5 + i / EDGE % EDGE / 5 * 8 + i / EDGE / EDGE / 5 * 64;
	}

	@Test
	void intensitiesAreScatteredOnAnyBackground() throws IOException {
		final Volume image = new VolumeReader(progress).read(COLIN.resolve("images/colin27.nii.gz"));
		final LabelContent content = new LabelContent();
		content.add(image);
		assertTrue(content.isScattered());
		final Volume noise = TestVolumes.random(3, 100, PIXELS, EDGE, EDGE, EDGE, 1);
		final float[] values = TestVolumes.voxels(noise);
		assertTrue(content(i -> values[i]).isScattered());
		assertTrue(content(i -> i < values.length / 2 ? 255 : values[i]).isScattered());
	}

	@Test
	void imageAsLabelsIsRefusedByNameAndNumber() throws IOException {
		final Path labels = Files.createDirectories(folder.resolve("labels")).resolve("a.nii");
		write(folder.resolve("images/a.nii"), i -> (float) (i % 3));
		final Volume noise = TestVolumes.random(3, 100, PIXELS, EDGE, EDGE, EDGE, 1);
		VolumeWriter.write(labels, noise);
		final String sentence = assertThrows(FormatException.class, () -> Dataset.open(folder, progress))
			.getMessage();
		assertTrue(sentence.contains("\"a.nii\"") && sentence.contains(" 100,"), sentence);
		assertTrue(sentence.endsWith("image and labels may be swapped."), sentence);
	}

	@Test
	void largestValueAboveFewSmallOnesIsAWarning() throws IOException {
		write(folder.resolve("images/a.nii"), i -> (float) (i % 7));
		write(folder.resolve("labels/a.nii"), i -> i % 4 > 0 ? 255f : (float) (i % 3));
		Dataset.open(folder, 255, progress);
		assertEquals(List.of(), progress.warnings);
		Dataset.open(folder, progress);
		assertEquals(1, progress.warnings.size());
		final String warning = progress.warnings.get(0);
		assertTrue(warning.startsWith("Labels have the value 255 in 75 % of all voxels and otherwise "
			+ "only 0..2."), warning);
		assertTrue(warning.contains("ignore=255 (field \"Ignored label\")"), warning);
	}

	@Test
	void otherLargestValuesAreClasses() {
		for (final int largest : new int[] { 3, 254, 256 })
			assertNull(content(i -> i % 2 == 0 ? largest : (float) (i % 3)).warning(-1));
		assertNull(content(i -> i % 2 == 0 ? 255 : 0f).warning(-1), "a mask");
		assertNull(content(i -> i % 2 == 0 ? 255 : 7f).warning(-1), "grey");
		assertNull(content(i -> (float) (i % 256)).warning(-1), "all of a byte");
		assertTrue(content(i -> i % 2 == 0 ? 65535 : (float) (i % 3)).warning(-1).contains("65535"));
	}

	private static LabelContent content(final IntFunction<Float> value) {
		final LabelContent content = new LabelContent();
		content.add(TestVolumes.of("l", PIXELS, value, EDGE, EDGE, EDGE, 1));
		return content;
	}

	private static void write(final Path file, final IntFunction<Float> value) throws IOException {
		Files.createDirectories(file.getParent());
		VolumeWriter.write(file, TestVolumes.of("v", PIXELS, value, EDGE, EDGE, EDGE, 1));
	}
}
