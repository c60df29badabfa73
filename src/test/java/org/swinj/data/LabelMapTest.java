package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

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
	void disorderIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new LabelMap(List.of(0, 2, 2), List.of("x",
			"y", "z")));
		assertThrows(IllegalArgumentException.class, () -> new LabelMap(List.of(0, 1), List.of("x")));
	}
}
