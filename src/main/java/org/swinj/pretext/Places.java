package org.swinj.pretext;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import org.swinj.data.UnlabelledCrop;

/**
 * Where the voxels of views lie in their volumes, what a network is asked to tell. A view is mirrored
 * at random, and what lies outside a random box is taken away, so that neither the frame of the image
 * nor the border of the volume tells the place.
 *
 * @param where of each view 3·Z·Y·X coordinates along X, Y and Z, from −1 to 1 in the volume
 * @param inside of each view 1 for voxels that can be seen, 0 for others, Z·Y·X
 */
public record Places(float[][] where, float[][] inside) {

	/** Coordinates of a voxel. */
	public static final int AXES = 3;

	private static final double SMALLEST = 0.6; // share of an edge that is left

	static Places of(final int views) {
		return new Places(new float[views][], new float[views][]);
	}

	/** Coordinates of all voxels of a crop, x fastest. */
	static float[] where(final UnlabelledCrop crop) {
		final int[] size = crop.size();
		final long[] whole = { crop.volume().size()[0], crop.volume().size()[1], crop.volume().size()[2] };
		final int voxels = size[0] * size[1] * size[2];
		final float[] where = new float[AXES * voxels];
		for (int i = 0; i < voxels; i++) {
			final int[] at = { i % size[0], i / size[0] % size[1], i / (size[0] * size[1]) };
			for (int axis = 0; axis < AXES; axis++)
				where[axis * voxels + i] = 2 * (crop.start()[axis] + at[axis] + 0.5f) / whole[axis] - 1;
		}
		return where;
	}

	/** All channels of an image mirrored along the axes that are marked. */
	static float[] mirror(final float[] image, final int[] size, final boolean[] axes) {
		final float[] mirrored = new float[image.length];
		for (int i = 0; i < image.length; i++) {
			final int x = i % size[0], y = i / size[0] % size[1], z = i / (size[0] * size[1]) % size[2];
			final int row = i - x - size[0] * (y + size[1] * z);
			mirrored[i] = image[row + (axes[0] ? size[0] - 1 - x : x) + size[0] * ((axes[1] ? size[1] - 1 - y
				: y) + size[1] * (axes[2] ? size[2] - 1 - z : z))];
		}
		return mirrored;
	}

	/** Sets the visible part to a random box of the part that is visible now. */
	static void cut(final float[] inside, final int[] size, final RandomGenerator random) {
		final int[] from = size.clone(), to = new int[AXES];
		for (int i = 0; i < inside.length; i++) {
			if (inside[i] == 0) continue;
			final int[] at = { i % size[0], i / size[0] % size[1], i / (size[0] * size[1]) };
			for (int axis = 0; axis < AXES; axis++) {
				from[axis] = Math.min(from[axis], at[axis]);
				to[axis] = Math.max(to[axis], at[axis] + 1);
			}
		}
		for (int axis = 0; axis < AXES; axis++) {
			final int length = to[axis] - from[axis];
			final int left = (int) Math.ceil(length * (SMALLEST + (1 - SMALLEST) * random.nextDouble()));
			from[axis] += random.nextInt(length - left + 1);
			to[axis] = from[axis] + left;
		}
		for (int i = 0; i < inside.length; i++) {
			final int[] at = { i % size[0], i / size[0] % size[1], i / (size[0] * size[1]) };
			for (int axis = 0; axis < AXES; axis++)
				if (at[axis] < from[axis] || at[axis] >= to[axis]) inside[i] = 0;
		}
	}

	/** 1 for every voxel of a crop that has no outside. */
	static float[] everywhere(final int voxels) {
		final float[] inside = new float[voxels];
		Arrays.fill(inside, 1);
		return inside;
	}
}
