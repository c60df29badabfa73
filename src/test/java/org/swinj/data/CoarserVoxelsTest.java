package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

/** Balls of 30 voxels across, annotated in all voxels, on some slices, or by scribbles. */
class CoarserVoxelsTest {

	private static final int N = 90;
	private static final int NOBODY = 255;

	private interface Annotation {

		boolean has(int x, int y, int z);
	}

	private static CaseFacts facts(final double[][] affine, final Annotation annotation) {
		final float[] labels = new float[N * N * N];
		for (int i = 0; i < labels.length; i++) {
			final int x = i % N, y = i / N % N, z = i / (N * N);
			final int dx = x % 45 - 22, dy = y % 45 - 22, dz = z % 45 - 22;
			labels[i] = !annotation.has(x, y, z) ? NOBODY : dx * dx + dy * dy + dz * dz < 225 ? 1 : 0;
		}
		final Geometry geometry = affine == null ? Geometry.of("µm", 1, 1, 1) : new Geometry(new double[] { 1,
			1, 1 }, "mm", affine);
		final Volume volume = new Volume("v", ArrayImgs.floats(labels, N, N, N, 1), geometry);
		return CaseFacts.of(volume, volume, NOBODY, 1);
	}

	private static double[] spacing(final CaseFacts... cases) {
		return CoarserVoxels.of(Fingerprint.of(List.of(cases), List.of()), 64 * 64 * 64, 0.9, 0.88).spacing();
	}

	@Test
	void ofSlicesOnlyPixelsGrow() {
		final CaseFacts whole = facts(null, (x, y, z) -> true);
		final CaseFacts slices = facts(null, (x, y, z) -> z % 7 == 3);
		assertEquals(-1, whole.across());
		assertEquals(2, slices.across());
		assertTrue(slices.survival()[1] > 0.88, "pixels of twice the length: " + slices.survival()[1]);
		assertArrayEquals(new double[] { 1.5, 1.5, 1.5 }, spacing(whole));
		assertArrayEquals(new double[] { 2, 2, 1 }, spacing(slices));
		assertArrayEquals(new double[] { 2, 2, 1 }, spacing(whole, slices), "slices of one of two");
	}

	@Test
	void slicesAreKnownInAnyOrientation() {
		final double[][] turned = { { 0, 0, -1, 0 }, { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 0, 1 } };
		assertEquals(0, facts(turned, (x, y, z) -> z % 7 == 3).across(), "Z runs to the left");
	}

	@Test
	void slicesAcrossSeveralAxesKeepTheirVoxels() {
		final CaseFacts z = facts(null, (x, y, at) -> at % 7 == 3), x = facts(null, (at, y, u) -> at % 7 == 3);
		assertArrayEquals(new double[] { 1, 1, 1 }, spacing(z, x));
	}

	@Test
	void aCaseThatNobodyAnnotatedHasNoSlices() {
		assertEquals(-1, facts(null, (x, y, z) -> false).across());
	}

	@Test
	void scribblesDoNotSurvive() {
		final CaseFacts scribbles = facts(null, (x, y, z) -> (x + y + z) % 9 == 0);
		assertTrue(scribbles.survival()[0] < 0.6, "survival " + scribbles.survival()[0]);
		assertArrayEquals(new double[] { 1, 1, 1 }, spacing(scribbles));
	}
}
