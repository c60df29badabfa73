package org.swinj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.data.Geometry;
import org.swinj.data.Resampling;
import org.swinj.data.ShortPlanes;
import org.swinj.data.Volume;
import org.swinj.data.VoxelGrid;
import org.swinj.inference.WindowGrid;
import org.swinj.model.ModelCard;

/**
 * What segmenting an image with a model will take, and what does not fit, before it is begun.
 *
 * @param card of the model
 * @param image one time point; its voxels are not looked at
 * @param frames time points
 * @param overlap share of a window that overlaps its neighbour
 */
public record SegmentForecast(ModelCard card, Volume image, int frames, double overlap) {

	/** Factor between voxel sizes that is worth a word. */
	private static final double STRANGE = 3;

	/** Floats a network of one feature has at a time for each voxel of a window, about. */
	private static final int FLOATS_PER_FEATURE = 6;

	/** Bytes of the image's planes that are kept as floats, at most. */
	private static final double PLANES = 256 << 20;

	/** The image on the grid of the model. */
	private VoxelGrid grid() {
		return Resampling.toSpacing(image, card.voxelSize(), card.unit()).target();
	}

	/** How often the network is used. */
	public long windows() {
		final long[] voxels = grid().size();
		final int[] patch = card.patchSize();
		return frames * new WindowGrid(new int[] { patch[2], patch[1], patch[0] }, new long[] { voxels[2],
			voxels[1], voxels[0] }, overlap).count();
	}

	/**
	 * Memory in bytes that one time point needs at a time, about: labels and how sure they are, unless they
	 * are so large that they are kept on disk, planes of the image, and a slab of it with what was found.
	 */
	public double bytes() {
		final long[] n = grid().size();
		final long[] size = image.size();
		final int channels = image.channels();
		final int[] patch = card.patchSize();
		final double voxels = (double) size[0] * size[1] * size[2];
		final double slab = (double) n[0] * n[1] * Math.min(n[2], patch[2]) * (channels + card.architecture()
			.outChannels() + 1);
		final double network = (double) patch[0] * patch[1] * patch[2] * FLOATS_PER_FEATURE * card
			.architecture().featureSize();
		return frames * kept(voxels) + 2 * kept((double) n[0] * n[1] * n[2]) + Math.min(PLANES, Float.BYTES
			* channels * voxels) + Float.BYTES * (slab + network);
	}

	/** Bytes that 16-bit numbers take in memory. */
	private static double kept(final double voxels) {
		return ShortPlanes.areOnDisk(voxels) ? 0 : Short.BYTES * voxels;
	}

	/** Image, work and memory in short lines; warnings first. */
	public List<String> describe() {
		final List<String> lines = new ArrayList<>();
		final int needed = card.architecture().inChannels();
		final int channels = image.channels();
		final long[] size = image.size();
		final double[] voxel = image.geometry().spacing();
		final double[] wanted = grid().geometry().spacing();
		if (channels != needed) lines.add("Warning: the image has " + channels
			+ " channel(s), but the model needs " + needed + ".");
		for (int axis = 0; axis < 3; axis++) {
			final double ratio = voxel[axis] / wanted[axis];
			if (ratio < STRANGE && ratio > 1 / STRANGE) continue;
			lines.add(String.format(Locale.ROOT,
				"Warning: along %s the image's voxels are %.1f times %s than the model's.", "XYZ".charAt(
					axis), Math.max(ratio, 1 / ratio), ratio > 1 ? "larger" : "smaller"));
			break;
		}
		lines.add(String.format(Locale.ROOT, "Image: %d × %d × %d voxels of %s", size[0], size[1],
			size[2], Geometry.text(voxel, image.geometry().unit())));
		final double mebibytes = bytes() / (1 << 20);
		lines.add("Work: " + windows() + (windows() == 1 ? " window" : " windows") + ", about " + (mebibytes
			< 1000 ? Math.round(mebibytes) + " MiB" : String.format(Locale.ROOT, "%.1f GiB", mebibytes
				/ 1024)) + " of memory");
		return lines;
	}
}
