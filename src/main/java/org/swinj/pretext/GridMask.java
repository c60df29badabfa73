package org.swinj.pretext;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A crop divided into cubic cells, of which a fixed share is hidden. Cells without any voxel of the
 * volume do not count.
 */
final class GridMask {

	private final int[] size;
	private final int cell;
	private final int[] cells = new int[3]; // along each axis

	/**
	 * @param size edge lengths X, Y, Z of the crop
	 * @param cell edge of a cell in voxels; those at the far end may be cut
	 */
	GridMask(final int[] size, final int cell) {
		this.size = size.clone();
		this.cell = cell;
		for (int axis = 0; axis < 3; axis++)
			cells[axis] = (size[axis] + cell - 1) / cell;
	}

	/**
	 * Hides random cells.
	 *
	 * @param share of the cells to hide; at least one cell is
	 * @param inside 1 for voxels of the volume and 0 elsewhere, {@code null} if all are
	 * @return whether each voxel is hidden, x fastest
	 */
	boolean[] draw(final double share, final float[] inside, final RandomGenerator random) {
		final List<Integer> candidates = new ArrayList<>();
		final boolean[] useful = useful(inside);
		for (int i = 0; i < useful.length; i++)
			if (useful[i]) candidates.add(i);
		final int count = Math.min(candidates.size(), (int) Math.max(1, Math.round(share * candidates
			.size())));
		for (int i = 0; i < count; i++)
			Collections.swap(candidates, i, random.nextInt(i, candidates.size()));
		final boolean[] chosen = new boolean[useful.length];
		for (int i = 0; i < count; i++)
			chosen[candidates.get(i)] = true;
		final boolean[] hidden = new boolean[size[0] * size[1] * size[2]];
		for (int i = 0; i < hidden.length; i++)
			hidden[i] = chosen[cellOf(i)];
		return hidden;
	}

	private boolean[] useful(final float[] inside) {
		final boolean[] useful = new boolean[cells[0] * cells[1] * cells[2]];
		for (int i = 0; i < size[0] * size[1] * size[2]; i++)
			if (inside == null || inside[i] > 0) useful[cellOf(i)] = true;
		return useful;
	}

	private int cellOf(final int voxel) {
		final int x = voxel % size[0] / cell;
		final int y = voxel / size[0] % size[1] / cell;
		final int z = voxel / (size[0] * size[1]) / cell;
		return (z * cells[1] + y) * cells[0] + x;
	}
}
