package org.swinj.result;

import java.util.TreeMap;

import org.swinj.progress.CancelledException;

import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

/** Where the labels of one plane lie, and their outlines. */
final class PlaneRegions {

	private final short[] plane;
	private final int width;
	private final TreeMap<Integer, int[]> boxes = new TreeMap<>();

	/** @param plane labels, X fastest */
	PlaneRegions(final short[] plane, final int width) {
		this.plane = plane;
		this.width = width;
		int[] box = null;
		short last = 0;
		for (int i = 0; i < plane.length; i++) {
			final short label = plane[i];
			if (label == 0) continue;
			final int x = i % width, y = i / width;
			if (box == null || label != last) box = boxes.computeIfAbsent(label & 0xffff,
				first -> new int[] { x, y, x, y });
			last = label;
			box[0] = Math.min(box[0], x);
			box[2] = Math.max(box[2], x);
			box[3] = y;
		}
	}

	/** The labels of the plane without background, ascending. */
	Iterable<Integer> labels() {
		return boxes.keySet();
	}

	/** The outline of all voxels of a label of this plane, with holes. */
	Roi trace(final int label) {
		final int[] box = boxes.get(label);
		final int boxWidth = box[2] - box[0] + 1, boxHeight = box[3] - box[1] + 1;
		final byte[] mask = new byte[boxWidth * boxHeight];
		for (int y = 0; y < boxHeight; y++)
			for (int x = 0; x < boxWidth; x++)
				if (plane[(box[1] + y) * width + box[0] + x] == (short) label) mask[y * boxWidth + x] = -1;
		final ByteProcessor processor = new ByteProcessor(boxWidth, boxHeight, mask);
		processor.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE);
		final Roi roi = new ThresholdToSelection().convert(processor);
		if (roi == null) throw new CancelledException(); // ImageJ's answer to an interrupted thread
		roi.translate(box[0], box[1]);
		return roi;
	}
}
