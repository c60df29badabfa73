package org.swinj.inference;

import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

/** Volumes made up for tests. */
final class Volumes {

	private Volumes() {}

	/** Noise in [0, 1) as channels × Z × Y × X. */
	static float[] noise(final Random random, final int channels, final long... size) {
		final float[] voxels = new float[(int) (channels * size[0] * size[1] * size[2])];
		for (int i = 0; i < voxels.length; i++)
			voxels[i] = random.nextFloat();
		return voxels;
	}

	/** A source over voxels laid out channels × Z × Y × X. */
	static ImageSource source(final float[] voxels, final int channels, final long... size) {
		return new ImageSource(ArrayImgs.floats(voxels, size[2], size[1], size[0], channels));
	}

	/** Three sizes between the bounds, the upper one included. */
	static long[] size(final Random random, final int smallest, final int largest) {
		return new long[] { between(random, smallest, largest), between(random, smallest, largest),
			between(random, smallest, largest) };
	}

	private static int between(final Random random, final int smallest, final int largest) {
		return smallest + random.nextInt(largest - smallest + 1);
	}
}
