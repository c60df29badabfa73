package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectGapsTest {

	private static final int N = 24;

	/** A volume full of cells: each voxel belongs to the nearest of some points. */
	private static float[] cells(final int count, final double zStep) {
		final Random random = new Random(3);
		final double[][] points = new double[count][];
		for (int i = 0; i < count; i++)
			points[i] = new double[] { N * random.nextDouble(), N * random.nextDouble(), N * zStep * random
				.nextDouble() };
		final float[] labels = new float[N * N * N];
		for (int i = 0; i < labels.length; i++) {
			double least = Double.POSITIVE_INFINITY;
			for (int p = 0; p < count; p++) {
				final double dx = points[p][0] - i % N, dy = points[p][1] - i / N % N, dz = points[p][2] - zStep
					* (i / (N * N));
				final double d = dx * dx + dy * dy + dz * dz;
				if (d >= least) continue;
				least = d;
				labels[i] = 7 + 3 * p;
			}
		}
		return labels;
	}

	private static Volume volume(final float[] labels, final double zStep) {
		return new Volume("v", ArrayImgs.floats(labels, N, N, N, 1), Geometry.of("µm", 1, 1,
			zStep));
	}

	private static float[] gaps(final float[] labels, final double zStep, final int ignore) {
		final float[] out = new float[labels.length];
		int i = 0;
		for (final FloatType voxel : Views.flatIterable(ObjectGaps.of(volume(labels, zStep), ignore)
			.image()))
			out[i++] = voxel.get();
		return out;
	}

	/** Numbers of the objects that hang together with a voxel over faces, edges or corners. */
	private static Set<Float> together(final float[] classes, final float[] labels, final int start) {
		final Set<Float> numbers = new HashSet<>();
		final ArrayDeque<Integer> open = new ArrayDeque<>();
		open.add(start);
		classes[start] = 0;
		while (!open.isEmpty()) {
			final int i = open.poll();
			numbers.add(labels[i]);
			for (int n = 0; n < 27; n++) {
				final int x = i % N + n % 3 - 1, y = i / N % N + n / 3 % 3 - 1, z = i / (N * N) + n / 9 - 1;
				if (x < 0 || y < 0 || z < 0 || x >= N || y >= N || z >= N) continue;
				final int next = (z * N + y) * N + x;
				if (classes[next] != 1) continue;
				classes[next] = 0;
				open.add(next);
			}
		}
		return numbers;
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 5 })
	void whatHangsTogetherIsOneObject(final double zStep) {
		final float[] labels = cells(12, zStep);
		final float[] classes = gaps(labels, zStep, -1);
		final Set<Float> found = new HashSet<>();
		for (int i = 0; i < classes.length; i++) {
			if (classes[i] != 1) continue;
			final Set<Float> numbers = together(classes, labels, i);
			assertEquals(1, numbers.size(), "objects " + numbers);
			found.addAll(numbers);
		}
		assertEquals(12, found.size());
	}

	@Test
	void ofThickPlanesOneIsTaken() {
		final float[] labels = new float[N * N * N];
		for (int i = 0; i < labels.length; i++)
			labels[i] = i / (N * N) < 10 ? 5 : 9;
		assertEquals(2 * N * N, gone(gaps(labels, 2, -1)));
		assertEquals(N * N, gone(gaps(labels, 3, -1)));
	}

	private static int gone(final float[] classes) {
		int gone = 0;
		for (final float c : classes)
			if (c == 0) gone++;
		return gone;
	}

	@Test
	void objectsAloneAndVoxelsOfNobodyStay() {
		final float[] labels = new float[N * N * N];
		for (int i = 0; i < labels.length; i++)
			labels[i] = i % N < 8 ? 3 : i % N < 9 ? 0 : i % N < 16 ? 4 : 255;
		final float[] classes = gaps(labels, 1, 255);
		for (int i = 0; i < labels.length; i++)
			assertEquals(labels[i] == 255 ? 255 : labels[i] == 0 ? 0 : 1, classes[i], "voxel " + i);
	}

	@Test
	void asClassesOfADataSetTwiceIsAsOnce() {
		final LabelMap map = new LabelMap(List.of(0, 1), List.of("background", "object"),
			true);
		final Volume once = map.classesOf(volume(cells(12, 1), 1), -1);
		final Volume twice = map.classesOf(once, -1);
		int objects = 0;
		final var again = Views.flatIterable(twice.image()).cursor();
		for (final FloatType voxel : Views.flatIterable(once.image())) {
			assertEquals(voxel.get(), again.next().get());
			if (voxel.get() == 1) objects++;
		}
		assertTrue(objects > N * N * N / 2 && objects < 0.9 * N * N * N, objects + " voxels");
	}
}
