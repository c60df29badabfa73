package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.Progress;

import ij.IJ;
import ij.ImagePlus;

class VolumeWriterTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "a.nii", "a.nii.gz", "A.NII.GZ", "a.tif", "a.tiff", "deep/new/ü b.tif" })
	void whatIsWrittenIsReadBack(final String name) throws IOException {
		for (final int limit : new int[] { 3, 60000, 1 << 24 }) {
			final Volume volume = TestVolumes.random(limit, limit, Geometry.of("mm", 0.625, 0.5, 2.5), 7, 5,
				3, 2);
			final Path file = folder.resolve(name);
			VolumeWriter.write(file, volume);
			final Volume back = new VolumeReader(Progress.silent()).read(file);
			TestVolumes.assertSameVoxels(volume, back);
			assertArrayEquals(volume.geometry().spacing(), back.geometry().spacing(), 1e-6);
			assertEquals("mm", back.geometry().unit());
		}
	}

	@Test
	void fijiOpensTheTiffAsItWasMeant() throws IOException {
		final Volume volume = TestVolumes.random(1, 900, Geometry.of("µm", 0.5, 0.5, 2), 7, 5, 3, 2);
		final Path file = folder.resolve("a.tif");
		TiffWriter.write(file, volume);
		final ImagePlus image = IJ.openImage(file.toString());
		assertEquals(16, image.getBitDepth());
		assertArrayEquals(new int[] { 7, 5, 2, 3, 1 }, image.getDimensions());
		assertEquals(2, image.getCalibration().pixelDepth, 1e-9);
		assertEquals("µm", LengthUnit.of(image.getCalibration().getUnit()).symbol());
		assertEquals(volume.image().getAt(6, 1, 2, 1).get(), image.getStack().getVoxel(6, 1, image
			.getStackIndex(2, 3, 1) - 1));
	}

	@Test
	void onePlaneAndFractionsAreWritten() throws IOException {
		final Volume volume = TestVolumes.of("f", Geometry.unknown(), i -> i * 0.25f - 3, 4, 3, 1, 1);
		VolumeWriter.write(folder.resolve("f.tif"), volume);
		TestVolumes.assertSameVoxels(volume, new VolumeReader(Progress.silent()).read(folder.resolve(
			"f.tif")));
	}

	@Test
	void unknownExtensionsAreRefusedAndNothingIsLeft() throws IOException {
		final Volume volume = TestVolumes.random(1, 9, Geometry.unknown(), 2, 2, 2, 1);
		for (final String name : new String[] { "a.png", "a", "a.hdr" })
			assertTrue(assertThrows(IllegalArgumentException.class, () -> VolumeWriter.write(folder.resolve(
				name), volume)).getMessage().contains(name));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(0, files.count());
		}
	}
}
