package org.swinj.inference;

import java.io.IOException;
import java.util.Arrays;

/**
 * A volume of which windows that hold nothing but background are filled with {@link #EMPTY}, so that they
 * need no prediction.
 */
public final class BackgroundSource extends SourceView {

	/** Fills windows without anything in them. */
	public static final float EMPTY = Float.NEGATIVE_INFINITY;

	private final float[] background; // value of each channel

	/** @param background the value of each channel where nothing is */
	public BackgroundSource(final WindowSource source, final float... background) {
		super(source);
		this.background = background.clone();
	}

	@Override
	public void read(final long[] position, final int[] window, final float[] target)
		throws IOException
	{
		source.read(position, window, target);
		if (isBackground(position, window, target)) Arrays.fill(target, EMPTY);
	}

	/** What lies outside the volume does not matter. */
	private boolean isBackground(final long[] position, final int[] window, final float[] values) {
		final int[] first = new int[3];
		final int[] end = new int[3];
		for (int axis = 0; axis < 3; axis++) {
			first[axis] = (int) Math.max(0, -position[axis]);
			end[axis] = (int) Math.min(window[axis], size()[axis] - position[axis]);
		}
		for (int c = 0; c < background.length; c++)
			for (int z = first[0]; z < end[0]; z++)
				for (int y = first[1]; y < end[1]; y++) {
					final int row = ((c * window[0] + z) * window[1] + y) * window[2];
					for (int x = first[2]; x < end[2]; x++)
						if (values[row + x] != background[c]) return false;
				}
		return true;
	}
}
