package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.progress.Progress;

class ObjectLabelsTest {

	private static final int X = 13, Y = 11, Z = 7;

	private static LabelImage image(final float[] values, final long... size) {
		return LabelImage.of("cells.tif", ArrayImgs.floats(values, size), Geometry.of("µm", 2, 2, 3));
	}

	private static ObjectLabels find(final LabelImage labels) throws FormatException {
		return ObjectLabels.of(labels, Progress.silent());
	}

	/** Every volume is compared with a flood fill over all 26 neighbours. */
	@Test
	void objectsAreThoseOfAFloodFill() throws FormatException {
		for (int seed = 0; seed < 20; seed++) {
			final Random random = new Random(seed);
			final float[] values = new float[X * Y * Z];
			for (int i = 0; i < values.length; i++)
				values[i] = random.nextInt(10) < 8 ? 0 : 1 + random.nextInt(2);
			final int[] filled = fill(values);
			final ObjectLabels objects = find(image(values, X, Y, Z));
			final LabelImage found = objects.image();
			final Map<Integer, Integer> pairs = new HashMap<>();
			for (int i = 0; i < values.length; i++) {
				final int object = found.plane(i / (X * Y), 0)[i % (X * Y)];
				assertEquals(values[i] == 0, object == 0);
				if (object > 0) assertEquals((int) values[i], objects.classOf(object));
				final Integer other = pairs.putIfAbsent(object, filled[i]);
				assertTrue(other == null || other == filled[i], "object " + object + " of seed " + seed);
			}
			assertEquals(pairs.size(), pairs.values().stream().distinct().count());
			assertEquals(pairs.size() - 1, objects.count());
		}
	}

	private static int[] fill(final float[] values) {
		final int[] filled = new int[values.length];
		int next = 0;
		for (int start = 0; start < values.length; start++) {
			if (values[start] == 0 || filled[start] != 0) continue;
			filled[start] = ++next;
			final Deque<Integer> open = new ArrayDeque<>(List.of(start));
			while (!open.isEmpty()) {
				final int i = open.pop();
				for (int n = 0; n < 27; n++) {
					final int x = i % X + n % 3 - 1, y = i / X % Y + n / 3 % 3 - 1, z = i / (X * Y) + n / 9 - 1;
					if (x < 0 || x >= X || y < 0 || y >= Y || z < 0 || z >= Z) continue;
					final int j = (z * Y + y) * X + x;
					if (filled[j] != 0 || values[j] != values[start]) continue;
					filled[j] = next;
					open.push(j);
				}
			}
		}
		return filled;
	}

	@Test
	void timePointsGoOnCountingAndAreMeasuredWhereTheyAre() throws FormatException {
		final ObjectLabels objects = find(image(new float[] { 1, 0, 2, 2, 0, 1 }, 3, 1, 1, 2));
		assertEquals(4, objects.count());
		final Volume source = new Volume("s", ArrayImgs.floats(new float[] { 5, 6, 7 }, 3, 1, 1, 1),
			Geometry.of("µm", 2, 2, 3));
		final List<Measurement> rows = objects.measure(new LabelClasses(List.of(new LabelClass(1, "axon",
			0xff0000))), List.of(source, source));
		assertEquals(List.of(1, 2, 3, 4), rows.stream().map(row -> row.labelClass().value()).toList());
		assertEquals(List.of("axon", "class 2", "axon", "class 2"), rows.stream().map(row -> row
			.labelClass().name()).toList());
		assertEquals(List.of(1, 1, 2, 2), rows.stream().map(Measurement::frame).toList());
		assertEquals(12, rows.get(0).volume());
		assertEquals(5, rows.get(3).intensities().get(0).mean());
		assertEquals("cells-objects", objects.toImagePlus(new LabelClasses(List.of())).getTitle());
	}

	@Test
	void moreObjectsThanNumbersAreRefused() {
		final int edge = 512; // a dot at every other voxel of a plane
		final float[] dots = new float[edge * edge * 2];
		for (int y = 0; y < edge; y += 2)
			for (int x = 0; x < 2 * edge; x += 2)
				dots[y * 2 * edge + x] = 1;
		final FormatException e = assertThrows(FormatException.class, () -> find(image(dots, 2 * edge, edge,
			1)));
		assertTrue(e.getMessage().contains("131072 objects"), e.getMessage());
	}
}
