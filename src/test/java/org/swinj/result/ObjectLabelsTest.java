package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ij.gui.Roi;

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
		return ObjectLabels.of(labels, ObjectMethod.COMPONENTS, Progress.silent());
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

	/** Balls in voxels that are thicker than wide; each is given by X, Y, Z and radius in µm. */
	private static ObjectLabels watershed(final double[]... balls) throws FormatException {
		final double[] spacing = { 1, 1, 2 };
		final LabelImage labels = TestLabels.of(Geometry.of("µm", spacing), 60, 40, 20, (x, y, z) -> {
			for (final double[] ball : balls)
				if (TestLabels.ball(ball, ball[3], spacing).at(x, y, z) > 0) return 1;
			return 0;
		});
		return ObjectLabels.of(labels, ObjectMethod.WATERSHED, Progress.silent());
	}

	private static int at(final ObjectLabels objects, final int x, final int y, final int z) {
		return objects.image().plane(z, 0)[y * 60 + x];
	}

	@Test
	void touchingBallsAreCutAtTheirNeck() throws FormatException {
		final ObjectLabels objects = watershed(new double[] { 15, 20, 20, 10 }, new double[] { 32, 20, 20,
			10 }, new double[] { 50, 20, 20, 9 });
		assertEquals(3, objects.count());
		assertEquals(1, objects.classOf(3));
		for (int object = 1; object <= 3; object++)
			assertEquals(object, at(objects, new int[] { 0, 15, 32, 50 }[object], 20, 10));
		for (int x = 6; x < 59; x++) // the plane between two equal balls is in their middle
			assertEquals(x < 23 ? 1 : x > 24 && x < 41 ? 2 : x > 42 ? 3 : at(objects, x, 20, 10), at(objects, x,
				20, 10), "x = " + x);
	}

	@Test
	void whatIsOneBodyStaysOne() throws FormatException {
		assertEquals(1, watershed(new double[] { 30, 20, 20, 14 }).count());
		assertEquals(1, watershed(new double[] { 27, 20, 20, 12 }, new double[] { 33, 20, 20, 12 }).count(),
			"a rod");
		assertEquals(2, watershed(new double[] { 12, 20, 20, 5 }, new double[] { 40, 20, 20, 12 }).count(),
			"two that do not touch");
		assertEquals(1, watershed(new double[] { 30, 20, 20, 1000 }).count(), "all of the image");
	}

	@Test
	void partsCoverExactlyTheirObjects() throws FormatException {
		final Random random = new Random(7);
		final float[] values = new float[X * Y * Z];
		for (int i = 0; i < values.length; i++)
			values[i] = random.nextInt(10) < 4 ? 0 : 1 + random.nextInt(2);
		final LabelImage labels = image(values, X, Y, Z);
		final ObjectLabels parts = ObjectLabels.of(labels, ObjectMethod.WATERSHED, Progress.silent());
		final LabelImage whole = find(labels).image();
		final Map<Integer, Integer> wholeOf = new HashMap<>();
		for (int i = 0; i < values.length; i++) {
			final int part = parts.image().plane(i / (X * Y), 0)[i % (X * Y)];
			assertEquals((int) values[i], parts.classOf(part));
			final int object = whole.plane(i / (X * Y), 0)[i % (X * Y)];
			assertEquals(object, wholeOf.computeIfAbsent(part, first -> object));
		}
		assertEquals(parts.count(), wholeOf.keySet().stream().mapToInt(p -> p).max().orElseThrow());
	}

	@Test
	void earlierMacrosMeanWhatTheyMeant() {
		assertEquals(ObjectMethod.COMPONENTS, ObjectMethod.of("true"));
		assertEquals(ObjectMethod.NONE, ObjectMethod.of("false"));
		assertEquals(ObjectMethod.WATERSHED, ObjectMethod.of("watershed"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ObjectMethod.of("cells")).getMessage()
			.contains("not \"cells\""));
	}

	@Test
	void eachObjectHasARegionInEachOfItsSlices() throws FormatException {
		final ObjectLabels objects = find(image(new float[] { 1, 0, 1, 1, 0, 2 }, 3, 1, 2));
		final List<Roi> rois = RoiExport.rois(objects, new LabelClasses(List.of(new LabelClass(1, "axon",
			0xff0000))), false, Progress.silent());
		assertEquals(List.of("axon-0001-0001", "axon-0002-0001", "axon-0001-0002", "class 2-0003-0002"), rois
			.stream().map(Roi::getName).toList());
		assertEquals(List.of(1, 1, 1, 2), rois.stream().map(Roi::getGroup).toList());
		assertEquals(List.of(1, 1, 2, 2), rois.stream().map(Roi::getPosition).toList());
		assertNotEquals(rois.get(0).getStrokeColor(), rois.get(1).getStrokeColor());
	}

	@Test
	void timePointsGoOnCountingAndAreMeasuredWhereTheyAre() throws FormatException {
		final ObjectLabels objects = find(image(new float[] { 1, 0, 2, 2, 0, 1 }, 3, 1, 1, 2));
		assertEquals(4, objects.count());
		final Volume source = new Volume("s", ArrayImgs.floats(new float[] { 5, 6, 7 }, 3, 1, 1, 1),
			Geometry.of("µm", 2, 2, 3));
		final List<Measurement> rows = objects.measure(new LabelClasses(List.of(new LabelClass(1, "axon",
			0xff0000))), List.of(new SegmentedFrame(source, null), new SegmentedFrame(source, null)));
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
