package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.RecordingProgress;

/** One volume of oblique axes that ITK wrote in several formats. */
class SameVolumeTest {

	private static final Path FOLDER = Path.of("src/test/resources/volumes");

	private final RecordingProgress progress = new RecordingProgress();
	private final VolumeReader reader = new VolumeReader(progress);

	private static float voxel(final int i) {
		return i * 37 % 101 - 50;
	}

	@ParameterizedTest
	@ValueSource(strings = { "oblique.nii.gz", "oblique.nrrd", "oblique.mha", "oblique_raw.mha",
		"detached.mhd", "detached.nhdr", "vector.nrrd", "vector.mha" })
	void everyFormatTellsTheSame(final String name) throws IOException {
		final Volume volume = reader.read(FOLDER.resolve(name));
		final int channels = name.startsWith("vector") ? 2 : 1;
		assertArrayEquals(new long[] { 5, 4, 3, channels }, volume.image().dimensionsAsLongArray());
		assertArrayEquals(new long[] { 5, 4, 3, channels }, reader.size(FOLDER.resolve(name)));
		final float[] voxels = TestVolumes.voxels(volume);
		for (int i = 0; i < 60; i++) {
			assertEquals(voxel(i), voxels[i]);
			if (channels == 2) assertEquals(2 * voxel(i) + 1, voxels[60 + i]);
		}
		assertEquals(VolumeFormat.baseName(Path.of(name)), volume.name());
		assertEquals("mm", volume.geometry().unit());
		assertArrayEquals(new double[] { 0.7, 0.9, 2.5 }, volume.geometry().spacing(), 1e-6);
		TestVolumes.assertSameAffine(reader.read(FOLDER.resolve("oblique.nii.gz")).geometry().affine(),
			volume.geometry().affine(), 2e-6); // NIfTI holds 32-bit floats
		assertTrue(progress.warnings.isEmpty(), progress.warnings.toString());
	}
}
