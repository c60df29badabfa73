package org.swinj.result;

import org.swinj.metrics.Mask;

/** Where numbered objects lie, each with a margin of one voxel unless the image ends there. */
final class ObjectBoxes {

	private final short[][] planes;
	private final int width;
	private final int first;
	private final int[] size;
	private final int[][] boxes; // of each object: first and last X, Y, Z

	/**
	 * @param planes numbers of objects, X fastest
	 * @param first number of the first object
	 * @param count number of objects
	 */
	ObjectBoxes(final short[][] planes, final int width, final int first, final int count) {
		this.planes = planes;
		this.width = width;
		this.first = first;
		size = new int[] { width, planes[0].length / width, planes.length };
		boxes = new int[count][];
		for (int z = 0; z < planes.length; z++)
			for (int i = 0; i < planes[z].length; i++) {
				final int object = (planes[z][i] & 0xffff) - first;
				if (object >= 0) widen(object, i % width, i / width, z);
			}
	}

	private void widen(final int object, final int... voxel) {
		if (boxes[object] == null) boxes[object] = new int[] { voxel[0], voxel[1], voxel[2], 0, 0, 0 };
		final int[] box = boxes[object];
		for (int d = 0; d < 3; d++) {
			box[d] = Math.max(0, Math.min(box[d], voxel[d] - 1));
			box[3 + d] = Math.min(size[d] - 1, Math.max(box[3 + d], voxel[d] + 1));
		}
	}

	/** The voxels of an object in its box, from 0 for the first one. */
	Mask mask(final int object) {
		final int[] box = boxes[object];
		final int across = box[3] - box[0] + 1;
		final boolean[][] mask = new boolean[box[5] - box[2] + 1][across * (box[4] - box[1] + 1)];
		for (int z = 0; z < mask.length; z++)
			for (int i = 0; i < mask[z].length; i++)
				mask[z][i] = planes[box[2] + z][index(box, i % across, i / across)] == (short) (first
					+ object);
		return new Mask(mask, across);
	}

	/** Writes the parts of an object into an image, numbered behind those that are there. */
	void paint(final int object, final short[][] image, final NeckWatershed parts, final int last) {
		final int[] box = boxes[object];
		for (int z = box[2]; z <= box[5]; z++)
			for (int y = box[1]; y <= box[4]; y++)
				for (int x = box[0]; x <= box[3]; x++) {
					final int part = parts.part(x - box[0], y - box[1], z - box[2]);
					if (part > 0) image[z][y * width + x] = (short) (last + part);
				}
	}

	private int index(final int[] box, final int x, final int y) {
		return (box[1] + y) * width + box[0] + x;
	}
}
