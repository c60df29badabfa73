package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.swinj.progress.Progress;

class BackgroundSourceTest {

	private static final int DEPTH = 6, EDGE = 12;

	private final float[] voxels = new float[2 * DEPTH * EDGE * EDGE];
	private int predicted;

	/** Background is −1 in the first channel and 2 in the second one, but for one voxel. */
	private WindowSource volume(final int something) {
		Arrays.fill(voxels, 0, voxels.length / 2, -1);
		Arrays.fill(voxels, voxels.length / 2, voxels.length, 2);
		voxels[something] = 0;
		return Volumes.source(voxels, 2, DEPTH, EDGE, EDGE);
	}

	private short[] segment(final WindowSource source) throws IOException {
		predicted = 0;
		final ArgMaxSink sink = new ArgMaxSink(DEPTH, EDGE, EDGE);
		new SlidingWindow(WindowSettings.of(new int[] { 8, 4, 4 }, 0).withEmpty(BackgroundSource.EMPTY),
			Progress.silent()).run(source, windows -> {
				predicted += windows.length;
				final float[][] logits = new float[windows.length][2 * 128];
				for (final float[] each : logits)
					Arrays.fill(each, 128, 256, 1); // everything is of class 1
				return logits;
			}, 2, sink);
		return sink.planes().get(DEPTH - 1);
	}

	@Test
	void onlyWindowsWithSomethingInThemArePredicted() throws IOException {
		// the window at row 1, column 2 has a voxel that is not background, in the second channel
		final int something = ((DEPTH + 5) * EDGE + 7) * EDGE + 8;
		final short[] plane = segment(new BackgroundSource(volume(something), -1, 2));
		assertEquals(1, predicted);
		final short[] expected = new short[EDGE * EDGE];
		for (int y = 4; y < 8; y++)
			Arrays.fill(expected, y * EDGE + 8, y * EDGE + 12, (short) 1);
		assertArrayEquals(expected, plane);
		segment(volume(something));
		assertEquals(9, predicted);
	}

	@Test
	void windowsWithSomethingInThemAreLeftAsTheyAre() throws IOException {
		final WindowSource volume = volume(0);
		final float[] expected = new float[2 * 8 * 5 * 5], actual = new float[expected.length];
		volume.read(new long[] { -1, -1, 0 }, new int[] { 8, 5, 5 }, expected);
		new BackgroundSource(volume, -1, 2).read(new long[] { -1, -1, 0 }, new int[] { 8, 5, 5 }, actual);
		assertArrayEquals(expected, actual);
	}
}
