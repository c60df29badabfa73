package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

class WindowGridTest {

	@Test
	void windowsCoverEveryVoxelAndStayInside() {
		final Random random = new Random(11);
		for (int trial = 0; trial < 300; trial++) {
			final int window = 1 + random.nextInt(12);
			final int volume = window + random.nextInt(40);
			final WindowGrid grid = new WindowGrid(new int[] { window }, new long[] { volume }, random
				.nextDouble());
			long covered = 0;
			for (final long start : grid.starts(0)) {
				assertTrue(start <= covered, "a gap before " + start);
				assertTrue(start + window > covered, "nothing new in the window at " + start);
				covered = start + window;
			}
			assertEquals(volume, covered);
		}
	}

	@Test
	void smallVolumeSitsInTheMiddleOfOneWindow() {
		final WindowGrid grid = new WindowGrid(new int[] { 8, 8, 8 }, new long[] { 3, 8, 9 }, 0.5);
		assertArrayEquals(new long[] { -2 }, grid.starts(0));
		assertArrayEquals(new long[] { 0 }, grid.starts(1));
		assertArrayEquals(new long[] { 0, 1 }, grid.starts(2));
		assertEquals(2, grid.count());
		assertArrayEquals(new long[] { -2, 0, 1 }, grid.position(1));
	}

	@Test
	void slowestAxisNeverRunsBackwards() {
		final WindowGrid grid = new WindowGrid(new int[] { 4, 5, 6 }, new long[] { 13, 12, 11 }, 0.6);
		long last = 0;
		for (long i = 0; i < grid.count(); i++) {
			final long z = grid.position(i)[0];
			assertTrue(z >= last);
			last = z;
		}
		assertEquals(9, last);
	}

	@Test
	void windowsAreCountedBeyondTheRangeOfInt() {
		final WindowGrid grid = new WindowGrid(new int[] { 2, 2, 2 }, new long[] { 1 << 14, 1 << 14,
			1 << 14 }, 0);
		assertEquals(1L << 39, grid.count());
		assertArrayEquals(new long[] { 16382, 16382, 16382 }, grid.position(grid.count() - 1));
		final long depth = (1L << 31) + 5;
		final long[] starts = new WindowGrid(new int[] { 1 << 20 }, new long[] { depth }, 0).starts(0);
		assertEquals(depth - (1 << 20), starts[starts.length - 1]);
	}

	@Test
	void overlapOfOneIsRefused() {
		final IllegalArgumentException error = assertThrows(IllegalArgumentException.class,
			() -> new WindowGrid(new int[] { 4 }, new long[] { 9 }, 1));
		assertTrue(error.getMessage().contains("1.0"), error.getMessage());
	}
}
