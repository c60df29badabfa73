package org.swinj.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;

import org.junit.jupiter.api.Test;
import org.swinj.progress.Progress;

class SurfaceDistancesTest {

	private static final double[] UNIT = { 1, 1, 1 };

	@Test
	void shiftedCubesAreAsFarApartAsTheShift() {
		final byte[] a = cube(20, 3, 9);
		final byte[] b = cube(20, 5, 11); // two voxels further along each axis
		final SurfaceDistances distances = pair(a, b, 20, 20, 20).surface(1, UNIT, Progress.silent());
		assertEquals(Math.sqrt(12), distances.hausdorff(), 1e-6);
		assertEquals(1, distances.surfaceDice(4));
		assertTrue(distances.surfaceDice(1) < 1);
		final SurfaceDistances doubled = pair(a, b, 20, 20, 20).surface(1, new double[] { 2, 2, 2 },
			Progress.silent());
		assertEquals(2 * distances.averageSymmetric(), doubled.averageSymmetric(), 1e-6);
	}

	@Test
	void sameMaskHasNoDistance() {
		final byte[] labels = cube(9, 2, 5);
		final SurfaceDistances distances = pair(labels, labels, 9, 9, 9).surface(1, UNIT, Progress
			.silent());
		assertEquals(0, distances.hausdorff());
		assertEquals(0, distances.averageSymmetric());
		assertEquals(1, distances.surfaceDice(0));
	}

	@Test
	void everythingAgreesWithTrialOfAllPairs() {
		final Random random = new Random(41);
		for (int trial = 0; trial < 60; trial++) {
			final int nx = 1 + random.nextInt(9);
			final int ny = 1 + random.nextInt(9);
			final int nz = 1 + random.nextInt(9);
			final byte[] prediction = new byte[nx * ny * nz];
			final byte[] reference = new byte[nx * ny * nz];
			final double density = random.nextDouble();
			for (int i = 0; i < prediction.length; i++) {
				prediction[i] = (byte) (random.nextDouble() < density ? 2 : 0);
				reference[i] = (byte) (random.nextDouble() < density ? 2 : 0);
			}
			prediction[random.nextInt(prediction.length)] = 2;
			reference[random.nextInt(reference.length)] = 2;
			final double[] spacing = { 0.3 + random.nextDouble(), 0.3 + random.nextDouble(), 0.3 + random
				.nextDouble() };
			final SurfaceDistances distances = pair(prediction, reference, nx, ny, nz).surface(2, spacing,
				Progress.silent());
			final List<double[]> p = surface(prediction, nx, ny, nz, spacing);
			final List<double[]> r = surface(reference, nx, ny, nz, spacing);
			final List<Double> all = new ArrayList<>();
			p.forEach(point -> all.add(nearest(point, r)));
			r.forEach(point -> all.add(nearest(point, p)));
			assertEquals(all.stream().mapToDouble(d -> d).max().getAsDouble(), distances.hausdorff(), 1e-6);
			assertEquals(all.stream().mapToDouble(d -> d).average().getAsDouble(), distances
				.averageSymmetric(), 1e-6);
			assertEquals(all.stream().filter(d -> d <= 0.77).count() / (double) all.size(), distances
				.surfaceDice(0.77), 1e-12);
		}
	}

	@Test
	void absentClass() {
		final byte[] labels = cube(9, 2, 5);
		final LabelPair<?, ?> pair = pair(labels, new byte[729], 9, 9, 9);
		final SurfaceDistances missed = pair.surface(1, UNIT, Progress.silent());
		assertEquals(Double.POSITIVE_INFINITY, missed.hausdorff());
		assertEquals(Double.NaN, missed.hausdorff95());
		assertEquals(Double.NaN, missed.averageSymmetric());
		assertEquals(0, missed.surfaceDice(100));
		final SurfaceDistances nowhere = pair.surface(7, UNIT, Progress.silent());
		assertEquals(Double.NaN, nowhere.hausdorff());
		assertEquals(Double.NaN, nowhere.surfaceDice(1));
	}

	@Test
	void badInputIsNamed() {
		assertMessage("2 × 3 × 1 voxels, its reference has 3 × 2 × 1", () -> new LabelPair<>(ArrayImgs
			.unsignedBytes(2, 3, 1), ArrayImgs.unsignedBytes(3, 2, 1), Progress.silent()));
		assertMessage("prediction holds the value 0.5", () -> new LabelPair<>(ArrayImgs.floats(
			new float[] { 0.5f }, 1, 1, 1), ArrayImgs.unsignedBytes(1, 1, 1), Progress.silent()));
		assertMessage("reference holds the value -1.0", () -> new LabelPair<>(ArrayImgs.unsignedBytes(1,
			1, 1), ArrayImgs.bytes(new byte[] { -1 }, 1, 1, 1), Progress.silent()));
		assertMessage("three positive numbers", () -> pair(new byte[] { 1 }, new byte[] { 1 }, 1, 1, 1)
			.surface(1, new double[] { 1, 0, 1 }, Progress.silent()));
	}

	private static void assertMessage(final String part, final Runnable action) {
		final String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
		assertTrue(message.contains(part), message);
	}

	private static LabelPair<UnsignedByteType, UnsignedByteType> pair(final byte[] prediction,
		final byte[] reference, final int... size)
	{
		return new LabelPair<>(ArrayImgs.unsignedBytes(prediction, size[0], size[1], size[2]), ArrayImgs
			.unsignedBytes(reference, size[0], size[1], size[2]), Progress.silent());
	}

	private static byte[] cube(final int edge, final int begin, final int end) {
		final byte[] labels = new byte[edge * edge * edge];
		for (int z = begin; z < end; z++)
			for (int y = begin; y < end; y++)
				for (int x = begin; x < end; x++)
					labels[(z * edge + y) * edge + x] = 1;
		return labels;
	}

	private static List<double[]> surface(final byte[] labels, final int nx, final int ny,
		final int nz, final double[] spacing)
	{
		final List<double[]> points = new ArrayList<>();
		final int[][] steps = { { 1, 0, 0 }, { -1, 0, 0 }, { 0, 1, 0 }, { 0, -1, 0 }, { 0, 0, 1 }, { 0,
			0, -1 } };
		for (int i = 0; i < labels.length; i++) {
			final int[] at = { i % nx, i / nx % ny, i / nx / ny };
			boolean open = false;
			for (final int[] step : steps) {
				final int x = at[0] + step[0];
				final int y = at[1] + step[1];
				final int z = at[2] + step[2];
				open |= x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz || labels[(z * ny + y) * nx +
					x] == 0;
			}
			if (labels[i] != 0 && open) points.add(new double[] { at[0] * spacing[0], at[1] * spacing[1],
				at[2] * spacing[2] });
		}
		return points;
	}

	private static double nearest(final double[] point, final List<double[]> others) {
		double nearest = Double.POSITIVE_INFINITY;
		for (final double[] other : others)
			nearest = Math.min(nearest, Math.hypot(Math.hypot(point[0] - other[0], point[1] - other[1]),
				point[2] - other[2]));
		return nearest;
	}
}
