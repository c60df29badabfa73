package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

class GreyWindowTest {

	@Test
	void halfAPercentIsLeftAtBothEnds() {
		final float[] values = new float[10 * 10 * 10];
		for (int i = 0; i < values.length; i++)
			values[i] = i * 37 % 1000; // every number from 0 to 999 once
		values[0] = -1e30f; // was 0
		final GreyWindow window = GreyWindow.of(ArrayImgs.floats(values, 10, 10, 10));
		assertEquals(5, window.black());
		assertEquals(994, window.white());
		assertEquals(0, window.brightness(-1e30f));
		assertEquals(0.5f, window.brightness(499.5f), 1e-6f);
		assertEquals(1, window.brightness(2000));
	}

	@Test
	void fewDifferentVoxelsDecideIfAllOthersAreEqual() {
		final float[] values = new float[1000];
		values[77] = 8;
		assertEquals(new GreyWindow(0, 8), GreyWindow.of(ArrayImgs.floats(values, 10, 10, 10)));
	}

	@Test
	void constantVolumesAreBlack() {
		final float[] values = { 7, 7, 7, 7 };
		assertEquals(0, GreyWindow.of(ArrayImgs.floats(values, 2, 2, 1)).brightness(7));
	}

	@Test
	void largeVolumesAreSampledInEveryPlane() {
		final Random random = new Random(1);
		final float[] values = new float[1200 * 1200 * 4];
		for (int i = 0; i < values.length; i++)
			values[i] = i / (1200 * 1200) + random.nextFloat();
		final GreyWindow window = GreyWindow.of(ArrayImgs.floats(values, 1200, 1200, 4));
		assertEquals(0.02, window.black(), 0.002);
		assertEquals(3.98, window.white(), 0.002);
	}
}
