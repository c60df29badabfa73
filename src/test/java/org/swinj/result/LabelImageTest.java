package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.data.Geometry;
import org.swinj.data.ShortPlanes;
import org.swinj.data.Volume;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;

class LabelImageTest {

	private static final Geometry MILLIMETRES = Geometry.of("mm", 0.5, 0.75, 3);

	@Test
	void planarLabelsAreShared() {
		final PlanarImg<UnsignedShortType, ShortArray> image = PlanarImgs.unsignedShorts(3, 2, 2, 2);
		image.getAt(1, 0, 1, 0).set(60000);
		image.getAt(2, 1, 0, 1).set(7);
		final LabelImage labels = LabelImage.of("a", image, MILLIMETRES);
		assertEquals(2, labels.slices());
		assertEquals(2, labels.frames());
		assertSame(image.getPlane(2).getCurrentStorageArray(), labels.plane(0, 1));
		assertEquals(60000, labels.plane(1, 0)[1] & 0xffff);
		assertEquals(7, labels.plane(0, 1)[5]);
		assertEquals(60000, labels.largest());
		assertSame(labels.plane(1, 1), labels.toImagePlus(TestLabels.CLASSES).getStack().getPixels(4));
	}

	@Test
	void labelsOnDiskAreThoseInMemory(@TempDir final Path folder) throws IOException {
		final Random random = new Random(5);
		final ShortPlanes disk = ShortPlanes.onDisk(40, 30, 6);
		final PlanarImg<UnsignedShortType, ShortArray> memory = PlanarImgs.unsignedShorts(40, 30, 6);
		for (int z = 0; z < 6; z++) {
			final short[] plane = memory.getPlane(z).getCurrentStorageArray();
			for (int i = 0; i < plane.length; i++)
				plane[i] = (short) (random.nextInt(10) == 0 ? 65535 : random.nextInt(3));
			disk.put(z, plane.clone());
		}
		final LabelImage expected = LabelImage.of("a", memory, MILLIMETRES);
		final LabelImage labels = LabelImage.of("a", disk.image(), MILLIMETRES);
		assertEquals(65535, labels.largest());
		final ImagePlus image = labels.toImagePlus(TestLabels.CLASSES);
		assertTrue(image.getStack().isVirtual());
		assertEquals(6, image.getNSlices());
		for (int z = 0; z < 6; z++) {
			assertArrayEquals(expected.plane(z, 0), labels.plane(z, 0));
			assertArrayEquals(expected.plane(z, 0), (short[]) image.getStack().getProcessor(z + 1).getPixels());
		}
		image.getStack().getProcessor(2).set(0);
		assertArrayEquals(expected.plane(1, 0), labels.plane(1, 0));
		LabelTiff.write(folder.resolve("memory.tif"), expected.toImagePlus(TestLabels.CLASSES));
		LabelTiff.write(folder.resolve("disk.tif"), image);
		assertEquals(-1, Files.mismatch(folder.resolve("memory.tif"), folder.resolve("disk.tif")));
	}

	@Test
	void otherLabelsAreCopiedWhateverTheirTypeAndOffset() {
		final double[] values = { 0, 1, 2, 3, 65535, 5, 6, 7, 8, 9, 10, 11 };
		final short[] expected = { 6, 7, 8, 9, 10, 11 };
		assertArrayEquals(expected, LabelImage.of("a", ArrayImgs.doubles(values, 3, 2, 2), MILLIMETRES)
			.plane(1, 0));
		assertArrayEquals(expected, LabelImage.of("a", Views.translate(ArrayImgs.doubles(values, 3, 2, 1,
			2), 5, 5, 5, 5), MILLIMETRES).plane(0, 1));
		final PlanarImg<UnsignedShortType, ShortArray> planar = PlanarImgs.unsignedShorts(3, 2, 2);
		planar.getAt(0, 0, 1).set(4);
		final LabelImage flipped = LabelImage.of("a", Views.zeroMin(Views.invertAxis(planar, 2)),
			MILLIMETRES);
		assertEquals(4, flipped.plane(0, 0)[0]);
		assertNotSame(planar.getPlane(1).getCurrentStorageArray(), flipped.plane(0, 0));
	}

	@ParameterizedTest
	@ValueSource(doubles = { -1, 0.5, 65536, Double.NaN, Double.POSITIVE_INFINITY })
	void valuesThatAreNoLabelsAreRefused(final double value) {
		final String message = assertThrows(IllegalArgumentException.class, () -> LabelImage.of("a.tif",
			ArrayImgs.doubles(new double[] { 0, value }, 2, 1, 1), MILLIMETRES)).getMessage();
		assertTrue(message.contains("\"a.tif\"") && message.contains(String.valueOf(value)), message);
	}

	@Test
	void shapesThatAreNoLabelsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> LabelImage.of("a", ArrayImgs.unsignedShorts(2,
			2), MILLIMETRES));
		final Volume channels = new Volume("a", ArrayImgs.floats(2, 2, 2, 3), MILLIMETRES);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelImage.of(channels))
			.getMessage().contains("3 channels"));
		final LabelImage labels = LabelImage.of(new Volume("a", ArrayImgs.floats(2, 2, 2, 1),
			MILLIMETRES));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> labels.checkSize(new Volume("b",
			ArrayImgs.floats(2, 2, 3, 1), MILLIMETRES))).getMessage().contains("\"b\" has 2 × 2 × 3"));
	}

	@Test
	void timePointsAreJoined() {
		final LabelImage first = TestLabels.of(MILLIMETRES, 2, 2, 3, (x, y, z) -> z);
		final LabelImage second = TestLabels.of(MILLIMETRES, 2, 2, 3, (x, y, z) -> 10 + z);
		final LabelImage series = LabelImage.series(List.of(first, second));
		assertEquals(2, series.frames());
		for (int z = 0; z < 3; z++) {
			assertSame(first.plane(z, 0), series.plane(z, 0));
			assertSame(second.plane(z, 0), series.plane(z, 1));
		}
		final ImagePlus image = series.toImagePlus(TestLabels.CLASSES);
		assertArrayEquals(new int[] { 2, 2, 1, 3, 2 }, image.getDimensions());
		assertTrue(image.isHyperStack());
		final LabelImage larger = TestLabels.of(MILLIMETRES, 2, 2, 4, (x, y, z) -> 0);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> LabelImage.series(List.of(first,
			larger))).getMessage().contains("Time point 2"));
	}

	@Test
	void imageIsCalibratedAndColoured() {
		final ImagePlus image = TestLabels.of(MILLIMETRES, 3, 1, 2, (x, y, z) -> x).toImagePlus(
			TestLabels.CLASSES);
		assertEquals("scan-labels", image.getTitle());
		assertEquals(16, image.getBitDepth());
		assertFalse(image.isHyperStack());
		final Calibration calibration = image.getCalibration();
		assertArrayEquals(new double[] { 0.5, 0.75, 3 }, new double[] { calibration.pixelWidth,
			calibration.pixelHeight, calibration.pixelDepth });
		assertEquals("mm", calibration.getUnit());
		assertEquals("1 = liver, 2 = tumour", image.getProp(LabelImage.CLASSES_PROPERTY));
		assertArrayEquals(new int[] { 0, 0xff0000, 0x00c0ff }, rgb(image));
		image.setSlice(2); // the display must not change with the slice
		assertArrayEquals(new int[] { 0, 0xff0000, 0x00c0ff }, rgb(image));
	}

	/** Colours as they are on the screen. */
	static int[] rgb(final ImagePlus image) {
		final int[] pixels = (int[]) image.getProcessor().convertToRGB().getPixels();
		for (int i = 0; i < pixels.length; i++)
			pixels[i] &= 0xffffff;
		return pixels;
	}

	@Test
	void openImageGivesCalibrationAndPosition() {
		final ImagePlus open = IJ.createHyperStack("cells.tif", 3, 2, 2, 4, 5, 16);
		open.getCalibration().xOrigin = 7;
		open.getCalibration().frameInterval = 2.5;
		open.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -1024, 1 }, "HU");
		open.setPosition(2, 3, 4);
		final LabelImage labels = LabelImage.of("cells.tif", PlanarImgs.unsignedShorts(3, 2, 4, 5),
			MILLIMETRES);
		final ImagePlus image = labels.toImagePlus(TestLabels.CLASSES, open);
		assertEquals(7, image.getCalibration().xOrigin);
		assertEquals(2.5, image.getCalibration().frameInterval);
		assertFalse(image.getCalibration().calibrated());
		assertTrue(open.getCalibration().calibrated());
		assertArrayEquals(new int[] { 1, 3, 4 }, new int[] { image.getC(), image.getZ(), image.getT() });
	}

	@Test
	void timePointsTakenAsSlicesKeepThePosition() {
		final ImagePlus open = IJ.createHyperStack("series.tif", 3, 2, 1, 1, 5, 8);
		open.setPosition(1, 1, 4);
		final ImagePlus image = LabelImage.of("series.tif", PlanarImgs.unsignedShorts(3, 2, 5),
			MILLIMETRES).toImagePlus(TestLabels.CLASSES, open);
		assertEquals(4, image.getZ());
		assertEquals(1, image.getT());
	}

	@ParameterizedTest
	@CsvSource({ "scan.nii.gz, scan", "scan.NII, scan", "a.b.tif, a.b", "a.ome.tiff, a", "v1.2, v1.2",
		"scan, scan", "tif, tif" })
	void titleLosesTheExtension(final String title, final String base) {
		assertEquals(base, LabelImage.baseName(title));
	}
}
