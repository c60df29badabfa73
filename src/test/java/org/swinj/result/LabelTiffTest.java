package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;

import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.data.Geometry;

import ij.ImagePlus;
import ij.io.Opener;

class LabelTiffTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "1, 1", "3, 1", "3, 2" })
	void imageJOpensWhatWasWritten(final int slices, final int frames) throws IOException {
		final PlanarImg<UnsignedShortType, ?> image = PlanarImgs.unsignedShorts(4, 2, slices, frames);
		int value = 0;
		for (final UnsignedShortType voxel : image)
			voxel.set(value++ % 4);
		image.firstElement().set(40000);
		final ImagePlus written = LabelImage.of("a.nii", image, Geometry.of("µm", 0.5, 0.5, 2))
			.toImagePlus(TestLabels.CLASSES);
		final Path file = folder.resolve("labels.tif");
		LabelTiff.write(file, written);
		final ImagePlus read = new Opener().openImage(file.toString());
		assertArrayEquals(written.getDimensions(), read.getDimensions());
		assertEquals(16, read.getBitDepth());
		for (int n = 1; n <= written.getStackSize(); n++)
			assertArrayEquals((short[]) written.getStack().getPixels(n), (short[]) read.getStack().getPixels(
				n));
		assertEquals(0.5, read.getCalibration().pixelWidth, 1e-9);
		if (slices > 1) assertEquals(2, read.getCalibration().pixelDepth);
		assertEquals("µm", read.getCalibration().getUnit());
		assertEquals("1 = liver, 2 = tumour", read.getProp(LabelImage.CLASSES_PROPERTY));
		assertEquals(written.getDisplayRangeMax(), read.getDisplayRangeMax());
		assertArrayEquals(LabelImageTest.rgb(written), LabelImageTest.rgb(read));
	}
}
