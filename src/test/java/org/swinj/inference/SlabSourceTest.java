package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.swinj.progress.Progress;

class SlabSourceTest {

	private static final long[] SIZE = { 23, 9, 11 };

	private static final class Counting implements WindowSource {

		private final float[] voxels = new float[2 * 23 * 9 * 11];
		private final WindowSource source = Volumes.source(voxels, 2, SIZE);
		private final int[] reads = new int[23];

		Counting() {
			final Random random = new Random(8);
			for (int i = 0; i < voxels.length; i++)
				voxels[i] = 1 + random.nextFloat();
		}

		@Override
		public long[] size() {
			return source.size();
		}

		@Override
		public int channels() {
			return 2;
		}

		@Override
		public void read(final long[] position, final int[] window, final float[] target)
			throws IOException
		{
			for (int z = 0; z < window[0]; z++)
				if (position[0] + z >= 0 && position[0] + z < SIZE[0]) reads[(int) position[0] + z]++;
			source.read(position, window, target);
		}
	}

	private static void assertSame(final WindowSource expected, final WindowSource actual, final int[] window,
		final long... position) throws IOException
	{
		final float[] a = new float[2 * window[0] * window[1] * window[2]];
		final float[] b = new float[a.length];
		Arrays.fill(b, -1);
		expected.read(position, window, a);
		actual.read(position, window, b);
		assertArrayEquals(a, b, () -> Arrays.toString(position));
	}

	@Test
	void windowsOfAGridAreThoseOfTheVolumeAndEachPlaneIsReadOnce() throws IOException {
		final int[] window = { 8, 4, 16 };
		final Counting volume = new Counting();
		final WindowGrid grid = new WindowGrid(window, volume.size(), 0.5);
		try (SlabSource slab = new SlabSource(volume, window[0], Progress.silent())) {
			assertArrayEquals(volume.size(), slab.size());
			for (long i = 0; i < grid.count(); i++)
				assertSame(volume.source, slab, window, grid.position(i));
		}
		for (final int reads : volume.reads)
			assertEquals(1, reads);
	}

	@Test
	void windowsInAnyOrderAndAcrossTheEdgeAreRight() throws IOException {
		final Random random = new Random(9);
		final Counting volume = new Counting();
		try (SlabSource slab = new SlabSource(volume, 8, Progress.silent())) {
			for (int trial = 0; trial < 300; trial++) {
				final int[] window = { 1 + random.nextInt(8), 1 + random.nextInt(12), 1 + random.nextInt(12) };
				assertSame(volume.source, slab, window, random.nextInt(40) - 10, random.nextInt(24) - 8, random
					.nextInt(24) - 8);
			}
			assertThrows(IllegalArgumentException.class, () -> slab.read(new long[3], new int[] { 9, 1, 1 },
				new float[18]));
		}
	}
}
