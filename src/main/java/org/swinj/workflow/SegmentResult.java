package org.swinj.workflow;

import java.nio.file.Path;
import java.util.List;

/**
 * What a segmentation run did.
 *
 * @param output the file or folder written, {@code null} if the result was only shown
 * @param volumes volumes segmented
 * @param failures one sentence for each volume of a folder that could not be segmented
 * @param voxels voxels segmented
 * @param seconds wall time
 * @param device what it ran on, with the reason
 */
public record SegmentResult(Path output, int volumes, List<String> failures, long voxels,
	double seconds, String device)
{

	/** Throughput including reading and writing. */
	public double voxelsPerSecond() {
		return voxels / seconds;
	}
}
