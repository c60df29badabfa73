package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.Test;
import org.swinj.data.Geometry;

import ij.ImagePlus;

class ProbabilityStackTest {

	private static final Geometry MILLIMETRES = Geometry.of("mm", 0.5, 0.75, 3);
	private static final List<String> NAMES = List.of("background", "liver");

	/** Voxels in the order X, Y, Z, class. */
	private static float[] voxels() {
		final float[] voxels = new float[3 * 2 * 4 * 2];
		for (int i = 0; i < voxels.length; i++)
			voxels[i] = i / 100f;
		return voxels;
	}

	@Test
	void everyClassIsAChannel() {
		final ImagePlus image = ProbabilityStack.of("scan.nii", List.of(ArrayImgs.floats(voxels(), 3, 2,
			4, 2)), NAMES, MILLIMETRES);
		assertEquals("scan-probabilities", image.getTitle());
		assertArrayEquals(new int[] { 3, 2, 2, 4, 1 }, image.getDimensions());
		assertTrue(image.isHyperStack());
		for (int c = 0; c < 2; c++)
			for (int z = 0; z < 4; z++) {
				final int n = image.getStackIndex(c + 1, z + 1, 1);
				assertEquals(NAMES.get(c), image.getStack().getSliceLabel(n));
				final float[] plane = (float[]) image.getStack().getPixels(n);
				for (int i = 0; i < 6; i++)
					assertEquals((i + 6 * (z + 4 * c)) / 100f, plane[i]);
			}
		assertEquals(0, image.getDisplayRangeMin());
		assertEquals(1, image.getDisplayRangeMax());
		assertEquals(3, image.getCalibration().pixelDepth);
		assertEquals("mm", image.getCalibration().getUnit());
	}

	@Test
	void planarProbabilitiesOfAllTimePointsAreShared() {
		final PlanarImg<FloatType, FloatArray> first = PlanarImgs.floats(3, 2, 4, 2);
		final PlanarImg<FloatType, FloatArray> second = PlanarImgs.floats(3, 2, 4, 2);
		second.getAt(1, 0, 2, 1).set(0.75f);
		final ImagePlus image = ProbabilityStack.of("a", List.of(first, second), NAMES, MILLIMETRES);
		assertEquals(2, image.getNFrames());
		final float[] plane = (float[]) image.getStack().getPixels(image.getStackIndex(2, 3, 2));
		assertEquals(0.75f, plane[1]);
		assertSame(second.getPlane(6).getCurrentStorageArray(), plane);
	}

	@Test
	void sizesThatDoNotFitAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> ProbabilityStack.of("a", List.of(), NAMES,
			MILLIMETRES));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ProbabilityStack.of("a", List.of(
			ArrayImgs.floats(3, 2, 4, 3)), NAMES, MILLIMETRES)).getMessage().contains("2 classes"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ProbabilityStack.of("a", List.of(
			ArrayImgs.floats(3, 2, 4, 2), ArrayImgs.floats(3, 2, 5, 2)), NAMES, MILLIMETRES)).getMessage()
				.contains("different sizes"));
	}
}
