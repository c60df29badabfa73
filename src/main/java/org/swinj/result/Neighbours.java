package org.swinj.result;

/** The 26 neighbours of the voxels of one plane; outside the image is background. */
final class Neighbours {

	private final short[][] planes = new short[3][];
	private final int width;
	private final int height;

	Neighbours(final LabelImage labels, final int z, final int t) {
		width = labels.width();
		height = labels.height();
		for (int dz = -1; dz <= 1; dz++)
			if (z + dz >= 0 && z + dz < labels.slices()) planes[dz + 1] = labels.plane(z + dz, t);
	}

	/** Counts the neighbours with another label of a run of voxels from x to before {@code end}. */
	void countCrossings(final int x, final int end, final int y, final ClassShape shape) {
		final short label = planes[1][y * width + x];
		for (int dz = -1; dz <= 1; dz++) {
			for (int dy = -1; dy <= 1; dy++) {
				final int kind = (dy & 1) << 1 | (dz & 1) << 2;
				final short[] plane = planes[dz + 1];
				final boolean outside = plane == null || y + dy < 0 || y + dy >= height;
				for (int dx = -1; dx <= 1; dx++) {
					final int kindOfStep = kind | dx & 1;
					if (kindOfStep == 0) continue;
					shape.addCrossings(kindOfStep, outside ? end - x : others(plane, (y + dy) * width, x + dx,
						end + dx, label));
				}
			}
		}
	}

	/** Voxels of a row, some of which may lie outside the image, that have not this label. */
	private int others(final short[] plane, final int row, final int begin, final int end,
		final short label)
	{
		int others = 0;
		for (int x = Math.max(begin, 0); x < Math.min(end, width); x++)
			if (plane[row + x] != label) others++;
		return others + Math.max(-begin, 0) + Math.max(end - width, 0);
	}
}
