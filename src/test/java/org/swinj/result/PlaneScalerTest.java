package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.swinj.result.PlaneScaler.Axis;
import org.swinj.result.PlaneScaler.Kernel;

class PlaneScalerTest {

	private static PlaneScaler scaler(final Kernel kernel, final int from, final int to) {
		return new PlaneScaler(new Axis(kernel, from, to, false), new Axis(kernel, from, to, false));
	}

	@Test
	void cubicKernelLeavesVoxelsAsTheyAre() {
		final float[] plane = new float[25];
		final Random random = new Random(2);
		for (int i = 0; i < plane.length; i++)
			plane[i] = random.nextFloat();
		assertArrayEquals(plane, scaler(Kernel.CUBIC, 5, 5).scale(plane), 1e-6f);
		final float[] scaled = scaler(Kernel.CUBIC, 5, 15).scale(plane);
		for (int i = 0; i < 25; i++)
			assertEquals(plane[i], scaled[(i / 5 * 3 + 1) * 15 + i % 5 * 3 + 1], 1e-6f);
	}

	@ParameterizedTest
	@EnumSource
	void planesOfOneSlopeKeepIt(final Kernel kernel) {
		final float[] plane = new float[100];
		for (int i = 0; i < plane.length; i++)
			plane[i] = 3 * (i % 10) - 2 * (i / 10);
		final float[] scaled = scaler(kernel, 10, 37).scale(plane);
		for (int y = 8; y < 29; y++) // elsewhere the border plays a part
			for (int x = 8; x < 29; x++)
				assertEquals(3 * ((x + 0.5) * 10 / 37 - 0.5) - 2 * ((y + 0.5) * 10 / 37 - 0.5), scaled[y * 37 +
					x], 1e-4);
	}

	@Test
	void reversedAxesAreMirrored() {
		final float[] plane = { 1, 2, 3, 4, 5, 6 };
		assertArrayEquals(new float[] { 3, 2, 1, 6, 5, 4 }, new PlaneScaler(new Axis(Kernel.CUBIC, 3, 3,
			true), new Axis(Kernel.CUBIC, 2, 2, false)).scale(plane), 1e-6f);
		final short[] labels = { 1, 1, 0, 0, 0, 0 };
		final short[] upsideDown = new PlaneScaler(new Axis(Kernel.SPLINE, 3, 30, true), new Axis(
			Kernel.SPLINE, 2, 20, true)).scale(labels);
		assertEquals(1, upsideDown[19 * 30 + 29]);
		assertEquals(0, upsideDown[0]);
	}

	@Test
	void straightBordersStayInPlace() {
		final short[] plane = new short[100];
		for (int i = 0; i < plane.length; i++)
			plane[i] = (short) (i % 10 < 3 ? 0 : i % 10 < 7 ? 40000 : 2);
		final short[] scaled = scaler(Kernel.SPLINE, 10, 400).scale(plane);
		for (int y = 0; y < 400; y++) {
			int first = 0, second = 0;
			while (scaled[y * 400 + first] == 0)
				first++;
			while (scaled[y * 400 + second] != 2)
				second++;
			assertEquals(3 * 40, first, 0.17 * 40, "the background yields a little");
			assertEquals(7 * 40, second, 1);
			assertEquals((short) 40000, scaled[y * 400 + first]);
		}
	}

	@Test
	void nothingSmallGetsLost() {
		final short[] plane = new short[15 * 15];
		final Random random = new Random(4);
		for (int i = 0; i < plane.length; i++)
			if (random.nextInt(9) == 0) plane[i] = (short) (1 + i);
		final short[] scaled = scaler(Kernel.SPLINE, 15, 15 * 9).scale(plane);
		for (int i = 0; i < plane.length; i++)
			if (plane[i] != 0) assertEquals(plane[i], scaled[(i / 15 * 9 + 4) * 135 + i % 15 * 9 + 4]);
	}
}
