package org.swinj.pretext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which voxels a grid mask hides. */
class GridMaskTest {

	@ParameterizedTest
	@CsvSource({ "16, 0.5, 16", "16, 0.4, 13", "16, 0.001, 1", "32, 0.6, 2", "64, 0.5, 1" })
	void hidesItsShareOfWholeCells(final int cell, final double share, final int cells) {
		final int[] size = { 64, 32, 64 };
		final boolean[] hidden = new GridMask(size, cell).draw(share, null, new Random(3));
		assertEquals(cells * Math.min(cell, 32) * cell * cell, count(hidden));
		for (int i = 0; i < hidden.length; i++) {
			final int x = i % 64 / cell * cell;
			final int y = i / 64 % 32 / cell * cell;
			final int z = i / (64 * 32) / cell * cell;
			assertEquals(hidden[(z * 32 + y) * 64 + x], hidden[i], "voxel " + i + " of its cell");
		}
	}

	@Test
	void drawsOtherCellsEveryTime() {
		final GridMask mask = new GridMask(new int[] { 64, 64, 64 }, 16);
		final Random random = new Random(5);
		assertFalse(Arrays.equals(mask.draw(0.5, null, random), mask.draw(0.5, null, random)));
	}

	/** A volume of two cells inside a crop of sixteen: one of the two is hidden. */
	@Test
	void cellsOutsideTheVolumeDoNotCount() {
		final int[] size = { 64, 64, 16 };
		final float[] inside = new float[64 * 64 * 16];
		for (int z = 0; z < 16; z++)
			for (int x = 20; x < 40; x++)
				inside[(z * 64 + 20) * 64 + x] = 1;
		for (int seed = 0; seed < 10; seed++) {
			final boolean[] hidden = new GridMask(size, 16).draw(0.5, inside, new Random(seed));
			assertEquals(16 * 16 * 16, count(hidden));
			boolean useful = false;
			for (int i = 0; i < hidden.length; i++)
				useful |= hidden[i] && inside[i] > 0;
			assertTrue(useful, "hides only what is outside");
		}
	}

	private static int count(final boolean[] hidden) {
		int count = 0;
		for (final boolean h : hidden)
			if (h) count++;
		return count;
	}
}
