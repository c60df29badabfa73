package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.progress.RecordingProgress;

class TrainingVolumeReaderTest {

	private static final Intensity RAW = Intensity.window(0, 1);

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();

	/** Half label 7, half background, one voxel 9; the axes run left, back and up. */
	private Case write() throws IOException {
		final double[][] affine = { { -1, 0, 0, 5 }, { 0, -1, 0, 5 }, { 0, 0, 2, 0 }, { 0, 0, 0, 1 } };
		final Geometry geometry = new Geometry(new double[] { 1, 1, 2 }, "mm", affine);
		final Volume image = TestVolumes.of("a", geometry, i -> i % 6 < 3 ? 1f : 0f, 6, 6, 5, 1);
		final Volume labels = TestVolumes.of("a", geometry, i -> i == 5 ? 9f : i % 6 < 3 ? 7f : 0f, 6, 6,
			5, 1);
		final Path a = folder.resolve("image.nii"), b = folder.resolve("labels.nii");
		NiftiWriter.write(a, image);
		NiftiWriter.write(b, labels);
		return new Case("a", a, b);
	}

	private TrainingVolumeReader reader(final Case c) {
		final LabelMap labels = new LabelMap(List.of(0, 7), List.of("background", "seven"));
		return new TrainingVolumeReader(new Dataset(folder, List.of(c), labels, List.of(), 9), 9, 1, 1,
			new VolumeReader(progress), progress);
	}

	@Test
	void labelsBecomeClassesInRasOrder() throws IOException {
		final Case c = write();
		final TrainingVolume volume = reader(c).read(c, RAW);
		assertArrayEquals(new int[] { 6, 6, 5 }, volume.size());
		assertEquals(TrainingVolume.UNLABELLED, volume.label(0, 5, 0));
		assertEquals(0, volume.label(2, 0, 0));
		assertEquals(1, volume.label(3, 0, 0));
		assertEquals(0, volume.channel(0)[2]);
		assertEquals(1, volume.channel(0)[3]);
	}

	@Test
	void voxelsOfAnotherSizeCoverTheSameSpace() throws IOException {
		final Case c = write();
		final TrainingVolume volume = reader(c).read(c, RAW, new double[] { 0.5, 0.5, 1 }, "mm");
		assertArrayEquals(new int[] { 11, 11, 9 }, volume.size());
		assertArrayEquals(new double[] { 0.5, 0.5, 1 }, volume.spacing(), 1e-12);
		for (int x = 0; x < 11; x++) {
			assertEquals(x <= 5 ? 0 : 1, volume.label(x, 0, 0), "x " + x);
			assertEquals(x <= 4 ? 0 : x == 5 ? 0.5 : 1, volume.channel(0)[x], 0.08, "x " + x);
		}
		assertEquals(TrainingVolume.UNLABELLED, volume.label(0, 10, 0));
		assertEquals(0, volume.label(1, 9, 1), "an eighth of the votes, the rest is background");
		assertEquals(0, volume.label(2, 10, 0));
	}
}
