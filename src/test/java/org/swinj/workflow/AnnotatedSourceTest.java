package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.swinj.data.Geometry;
import org.swinj.data.TrainingVolume;
import org.swinj.inference.ArgMaxSink;
import org.swinj.inference.ImageSource;
import org.swinj.inference.SlidingWindow;
import org.swinj.inference.WindowSettings;
import org.swinj.inference.WindowSource;
import org.swinj.progress.Progress;

class AnnotatedSourceTest {

	private static final int[] SIZE = { 20, 30, 40 }; // X, Y, Z
	private static final int[] WINDOW = { 8, 8, 8 };

	private int predicted;

	/** Annotated voxels get the labels that they have where every window is predicted. */
	@Test
	void leavesOutWindowsWithoutAnnotations() throws IOException {
		final Random random = new Random(8);
		final float[] voxels = new float[SIZE[0] * SIZE[1] * SIZE[2]];
		for (int i = 0; i < voxels.length; i++)
			voxels[i] = (float) random.nextGaussian();
		final short[] labels = new short[voxels.length];
		Arrays.fill(labels, TrainingVolume.UNLABELLED);
		final int plane = SIZE[0] * SIZE[1];
		for (int i = 0; i < plane; i++)
			labels[33 * plane + i] = (short) (i % 2); // one slice
		labels[5 * plane + 7] = 1; // and one voxel
		final TrainingVolume volume = new TrainingVolume("v", SIZE, Geometry.unknown(), new float[][] {
			voxels }, labels, 2, new Random(1));
		final PredictedBlock block = new PredictedBlock(volume, new int[3], SIZE, null);
		final WindowSource image = new ImageSource(volume.image());

		final short[][] all = predict(image, block);
		final int windows = predicted;
		final short[][] some = predict(new AnnotatedSource(image, block), block);

		assertEquals(4 * 7 * 9, windows);
		assertEquals(4 * 7 * 2 + 2 * 1 * 2, predicted, "those with the slice, and those with the voxel");
		assertArrayEquals(all[33], some[33]);
		assertEquals(all[5][7], some[5][7]);
		assertTrue(Arrays.asList(0, 1).stream().allMatch(c -> contains(all[33], c)));
	}

	private static boolean contains(final short[] labels, final int c) {
		for (final short label : labels)
			if (label == c) return true;
		return false;
	}

	private short[][] predict(final WindowSource source, final PredictedBlock block)
		throws IOException
	{
		predicted = 0;
		final ArgMaxSink sink = new ArgMaxSink(SIZE[2], SIZE[1], SIZE[0]);
		new SlidingWindow(WindowSettings.of(WINDOW, 0.5).withEmpty(AnnotatedSource.UNWANTED), Progress
			.silent()).run(source, windows -> {
				predicted += windows.length;
				final float[][] logits = new float[windows.length][];
				for (int i = 0; i < windows.length; i++) {
					float sum = 0;
					for (final float value : windows[i])
						sum += value;
					logits[i] = new float[2 * windows[i].length]; // depends on the whole window
					for (int j = 0; j < windows[i].length; j++)
						logits[i][windows[i].length + j] = windows[i][j] + sum / 50;
				}
				return logits;
			}, 2, sink);
		final short[][] planes = new short[SIZE[2]][];
		for (int z = 0; z < SIZE[2]; z++)
			planes[z] = sink.planes().get(z);
		return planes;
	}
}
