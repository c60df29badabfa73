package org.swinj.workflow;

import java.io.IOException;
import java.util.Arrays;

import org.swinj.inference.SourceView;
import org.swinj.inference.WindowSource;

/**
 * A part of a labelled volume for a prediction that only annotated voxels are compared with: windows
 * that have none are filled with {@link #UNWANTED}.
 */
final class AnnotatedSource extends SourceView {

	/** Fills windows that need no prediction. */
	static final float UNWANTED = Float.NEGATIVE_INFINITY;

	private final PredictedBlock block;

	/** @param source the image of the block */
	AnnotatedSource(final WindowSource source, final PredictedBlock block) {
		super(source);
		this.block = block;
	}

	@Override
	public void read(final long[] position, final int[] window, final float[] target)
		throws IOException
	{
		if (isAnnotated(position, window)) source.read(position, window, target);
		else Arrays.fill(target, UNWANTED);
	}

	/** Whether a window has a voxel that somebody labelled. */
	boolean isAnnotated(final long[] position, final int[] window) {
		final int[] size = block.size();
		final int[] first = new int[3]; // X, Y, Z
		final int[] end = new int[3];
		for (int axis = 0; axis < 3; axis++) {
			first[axis] = (int) Math.max(0, position[2 - axis]);
			end[axis] = (int) Math.min(size[axis], position[2 - axis] + window[2 - axis]);
		}
		for (int z = first[2]; z < end[2]; z++)
			for (int y = first[1]; y < end[1]; y++)
				for (int x = first[0]; x < end[0]; x++)
					if (block.isAnnotated(x, y, z)) return true;
		return false;
	}
}
