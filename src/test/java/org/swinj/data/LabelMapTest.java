package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class LabelMapTest {

	private final LabelMap gaps = new LabelMap(List.of(0, 2, 5, 255), List.of("background", "a", "b",
		"c"));

	@Test
	void valuesAndIndicesAreInverse() {
		for (int i = 0; i < gaps.classes(); i++)
			assertEquals(i, gaps.indexOf(gaps.valueOf(i)));
		for (final int value : new int[] { -1, 1, 3, 4, 254, 256 })
			assertEquals(-1, gaps.indexOf(value));
	}

	@Test
	void gapsAreNoticed() {
		assertFalse(gaps.isContiguous());
		assertTrue(new LabelMap(List.of(0, 1, 2), List.of("x", "y", "z")).isContiguous());
		assertFalse(new LabelMap(List.of(1, 2), List.of("y", "z")).isContiguous());
	}

	@Test
	void numbersOfObjectsAreOneClass() {
		final LabelMap objects = new LabelMap(List.of(0, 1), List.of("background", "object"), true);
		assertEquals(0, objects.indexOf(0));
		assertEquals(1, objects.indexOf(918));
		final Volume numbers = new Volume("a", ArrayImgs.floats(new float[] { 7, 0, 918, 255 }, 4, 1, 1, 1),
			Geometry.unknown());
		final float[] seen = new float[4];
		int i = 0;
		for (final FloatType voxel : Views.flatIterable(objects.classesOf(numbers, 255).image()))
			seen[i++] = voxel.get();
		assertArrayEquals(new float[] { 1, 0, 1, 255 }, seen);
		assertSame(numbers, gaps.classesOf(numbers, 255));
	}

	@Test
	void disorderIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new LabelMap(List.of(0, 2, 2), List.of("x",
			"y", "z")));
		assertThrows(IllegalArgumentException.class, () -> new LabelMap(List.of(0, 1), List.of("x")));
	}
}
