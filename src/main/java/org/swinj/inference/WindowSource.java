package org.swinj.inference;

import java.io.IOException;

/** A volume that windows are read from. A run reads from one thread at a time. */
public interface WindowSource {

	/** Size of the volume, slowest axis first. */
	long[] size();

	/** Number of channels. */
	int channels();

	/**
	 * Copies a window.
	 *
	 * @param position first voxel, slowest axis first; may lie outside the volume
	 * @param window size in the same order
	 * @param target filled completely (channels × Z × Y × X), with 0 outside the volume
	 */
	void read(long[] position, int[] window, float[] target) throws IOException;
}
