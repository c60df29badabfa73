package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.RecordingProgress;

import ij.IJ;
import ij.ImagePlus;
import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

class ImagePlusVolumeTest {

	private final RecordingProgress progress = new RecordingProgress();

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 32 })
	void everyTimePointOfAHyperstackIsAVolume(final int bits) throws FormatException {
		final ImagePlus image = TiffReaderTest.hyperstack(bits, 2, 3, 2);
		image.setRoi(0, 0, 1, 1);
		assertEquals(2, ImagePlusVolume.frames(image));
		for (int t = 1; t <= 2; t++) {
			final Volume volume = ImagePlusVolume.of(image, t, progress);
			assertArrayEquals(new long[] { 4, 3, 3, 2 }, volume.image().dimensionsAsLongArray());
			final float[] expected = new float[72];
			for (int i = 0; i < 72; i++)
				expected[i] = i % 12 + 40 * (i / 12 % 3) + 12 * (i / 36) + 110 * (t - 1);
			assertArrayEquals(expected, TestVolumes.voxels(volume));
		}
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ImagePlusVolume.of(image, 3,
			progress)).getMessage().contains("2 time points"));
	}

	@Test
	void virtualStackIsReadPlaneByPlaneWhenTouched() throws FormatException {
		final Set<Integer> touched = new HashSet<>();
		final VirtualStack stack = new VirtualStack(3, 2, 5) {

			@Override
			public ImageProcessor getProcessor(final int n) {
				touched.add(n);
				final ByteProcessor plane = new ByteProcessor(3, 2);
				plane.add(n);
				return plane;
			}

			@Override
			public int getSize() {
				return 5;
			}
		};
		stack.setBitDepth(8);
		final Volume volume = ImagePlusVolume.of(new ImagePlus("virtual", stack), 1, progress);
		touched.clear();
		assertEquals(4, volume.image().getAt(2, 1, 3, 0).get());
		assertEquals(4, volume.image().getAt(0, 0, 3, 0).get());
		assertEquals(Set.of(4), touched);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 1", "1, -2, 1", "1, 1, NaN", "Infinity, 1, 1" })
	void senselessVoxelSizeBecomesOnePixel(final double x, final double y, final double z)
		throws FormatException
	{
		final ImagePlus image = IJ.createImage("i", "8-bit black", 2, 2, 2);
		image.getCalibration().pixelWidth = x;
		image.getCalibration().pixelHeight = y;
		image.getCalibration().pixelDepth = z;
		image.getCalibration().setUnit("mm");
		final Geometry geometry = ImagePlusVolume.of(image, 1, progress).geometry();
		assertEquals("pixel", geometry.unit());
		assertArrayEquals(new double[] { 1, 1, 1 }, geometry.spacing());
		assertEquals(1, progress.warnings.size());
	}

	@Test
	void unitsAreSpelledOneWay() throws FormatException {
		final String[] given = { "micron", "um", "μm", "µm", "millimeter", "inches", "pixels", "furlong" };
		final String[] expected = { "µm", "µm", "µm", "µm", "mm", "inch", "pixel", "furlong" };
		for (int i = 0; i < given.length; i++) {
			final ImagePlus image = IJ.createImage("i", "8-bit black", 2, 2, 2);
			image.getCalibration().setUnit(given[i]);
			assertEquals(expected[i], ImagePlusVolume.of(image, 1, progress).geometry().unit());
		}
	}

	@Test
	void valuesThatAreNotFiniteAreReplacedWithOneWarning() throws FormatException {
		final ImagePlus image = IJ.createImage("n", "32-bit black", 2, 1, 3);
		for (int n = 1; n <= 2; n++) {
			image.getStack().getProcessor(n).setf(0, Float.NaN);
			image.getStack().getProcessor(n).setf(1, -n);
		}
		image.getStack().getProcessor(3).setf(0, 5);
		assertArrayEquals(new float[] { -2, -1, -2, -2, 5, 0 }, TestVolumes.voxels(ImagePlusVolume.of(
			image, 1, progress)));
		assertEquals(1, progress.warnings.size());
		assertTrue(progress.warnings.get(0).contains("2 of 6 voxels"), progress.warnings.get(0));
		assertTrue(assertThrows(FormatException.class, () -> ImagePlusVolume.strict(image, 1, progress))
			.getMessage().contains("2 of 6 voxels that are NaN or infinite, the first at (0, 0, 0)"));
	}

	@Test
	void rgbAndClosedImagesAreRefused() throws FormatException {
		assertTrue(assertThrows(FormatException.class, () -> ImagePlusVolume.of(IJ.createImage("c",
			"RGB black", 2, 2, 2), 1, progress)).getMessage().contains("RGB"));
		assertTrue(assertThrows(FormatException.class, () -> ImagePlusVolume.of(new ImagePlus(), 1,
			progress)).getMessage().contains("empty"));
		final ImagePlus image = IJ.createImage("gone", "8-bit black", 2, 2, 3);
		final Volume volume = ImagePlusVolume.of(image, 1, progress);
		image.flush();
		assertTrue(assertThrows(UncheckedIOException.class, () -> volume.image().getAt(0, 0, 1, 0))
			.getMessage().contains("gone"));
	}
}
