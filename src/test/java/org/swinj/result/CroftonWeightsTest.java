package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CroftonWeightsTest {

	/** How many of the 13 directions are of a kind: each diagonal step has two signs but the first. */
	private static final int[] DIRECTIONS = { 0, 1, 1, 2, 1, 2, 2, 4 };

	/** The weights of cubic voxels (Ohser and Mücklich 2000; Legland et al. 2007). */
	@Test
	void cubicVoxelsHaveThePublishedWeights() {
		final double[] cubic = { 1, 1, 1 };
		for (final int axis : new int[] { 1, 2, 4 })
			assertEquals(2 * 0.04577789120476, CroftonWeights.weight(axis, cubic), 1e-10);
		for (final int face : new int[] { 3, 5, 6 })
			assertEquals(2 * 0.03698062787608, CroftonWeights.weight(face, cubic), 1e-10);
		assertEquals(2 * 0.03519563978232, CroftonWeights.weight(7, cubic), 1e-10);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "1, 1, 3", "0.5, 1, 20", "7, 1, 1" })
	void weightIsTheShareOfNearestDirections(final double x, final double y, final double z) {
		final double[] spacing = { x, y, z };
		final double[] counts = new double[8];
		final Random random = new Random(11);
		final int n = 100_000;
		for (int i = 0; i < n; i++)
			counts[nearest(new double[] { random.nextGaussian(), random.nextGaussian(), random
				.nextGaussian() }, spacing)]++;
		double sum = 0;
		for (int kind = 1; kind < 8; kind++) {
			final double share = DIRECTIONS[kind] * CroftonWeights.weight(kind, spacing);
			assertEquals(counts[kind] / n, share, 0.006, "kind " + kind);
			sum += share;
		}
		assertEquals(1, sum, 1e-9);
	}

	/** Kind of the step between neighbours that points closest to a direction. */
	private static int nearest(final double[] direction, final double[] spacing) {
		int nearest = 0;
		double most = 0;
		for (int step = 1; step < 27; step++) {
			double dot = 0, square = 0;
			int kind = 0;
			for (int d = 0, rest = step; d < 3; d++, rest /= 3) {
				final double length = (rest % 3 - 1) * spacing[d];
				dot += length * direction[d];
				square += length * length;
				if (length != 0) kind |= 1 << d;
			}
			if (square == 0 || Math.abs(dot) / Math.sqrt(square) <= most) continue;
			most = Math.abs(dot) / Math.sqrt(square);
			nearest = kind;
		}
		return nearest;
	}
}
