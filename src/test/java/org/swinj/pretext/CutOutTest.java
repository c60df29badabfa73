package org.swinj.pretext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Cut-out with real random numbers; its exact results are in {@link PretextPiecesGoldenTest}. */
class CutOutTest {

	private static final int[] SIZE = { 32, 64, 32 };
	private static final int VOXELS = 32 * 64 * 32;

	/** A crop of 32 voxels may get boxes of one voxel, whose noise has no range. */
	@Test
	void fillsWithNumbersBetweenZeroAndOne() {
		for (int seed = 0; seed < 20; seed++) {
			final float[] image = new float[2 * VOXELS];
			Arrays.fill(image, 5);
			new CutOut(SIZE, 0.3).apply(new float[][] { image }, CutOutDraws.of(new Random(seed)));
			for (final float value : image)
				assertTrue(value == 5 || value >= 0 && value <= 1, "value " + value);
		}
	}

	@Test
	void replacesNoMoreThanItsShareInAPass() {
		double most = 0;
		for (int seed = 0; seed < 40; seed++) {
			final float[] image = new float[VOXELS];
			Arrays.fill(image, 5);
			new CutOut(SIZE, 0.3).apply(new float[][] { image }, CutOutDraws.of(new Random(seed)));
			int kept = 0;
			for (final float value : image)
				if (value == 5) kept++;
			most = Math.max(most, 1 - (double) kept / VOXELS);
		}
		final double largestBox = 7.0 * 15 * 7 / VOXELS;
		assertTrue(most <= 0.3 + largestBox, "replaced " + most);
		assertTrue(most > 0.2, "replaced at most " + most);
	}

	@Test
	void swapsPartsOfOtherImages() {
		int swapped = 0;
		for (int seed = 0; seed < 10; seed++) {
			final float[][] images = new float[3][VOXELS];
			for (int i = 0; i < 3; i++)
				Arrays.fill(images[i], 10 * (i + 1));
			new CutOut(SIZE, 0.3).apply(images, CutOutDraws.of(new Random(seed)));
			for (int i = 0; i < 3; i++)
				for (final float value : images[i]) {
					assertTrue(value <= 1 || value % 10 == 0, "value " + value);
					if (value >= 10 && value != 10 * (i + 1)) swapped++;
				}
		}
		assertTrue(swapped > VOXELS, swapped + " voxels swapped in 30 images");
	}

	@Test
	void sameSeedSameResult() {
		final float[] a = new float[VOXELS];
		final float[] b = new float[VOXELS];
		new CutOut(SIZE, 0.3).apply(new float[][] { a }, CutOutDraws.of(new Random(7)));
		new CutOut(SIZE, 0.3).apply(new float[][] { b }, CutOutDraws.of(new Random(7)));
		assertArrayEquals(a, b);
	}

	@Test
	void refusesCropsWithoutRoomForABox() {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
			() -> new CutOut(new int[] { 64, 64, 16 }, 0.3));
		assertEquals("Cut-out needs crops of at least 20 voxels along each axis, not 16.", e
			.getMessage());
	}
}
