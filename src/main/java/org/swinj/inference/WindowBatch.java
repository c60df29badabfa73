package org.swinj.inference;

/**
 * Windows that are predicted together.
 *
 * @param positions first voxel of each window, slowest axis first
 * @param windows the voxels of each window, channels × Z × Y × X
 * @param passed windows of the grid that have been looked at up to the end of this batch
 */
record WindowBatch(long[][] positions, float[][] windows, long passed) {

	boolean isEmpty() {
		return windows.length == 0;
	}
}
