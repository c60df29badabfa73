package org.swinj.result;

import ij.VirtualStack;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** Labels that are on disk as a stack of ImageJ, of which a plane at a time is in memory. */
final class LabelStack extends VirtualStack {

	private final LabelImage labels;

	LabelStack(final LabelImage labels) {
		super(labels.width(), labels.height());
		this.labels = labels;
		setBitDepth(16);
	}

	@Override
	public int getSize() {
		return labels.slices() * labels.frames();
	}

	/** A copy: what is drawn into it does not stay. */
	@Override
	public ImageProcessor getProcessor(final int n) {
		return new ShortProcessor(labels.width(), labels.height(), (short[]) getPixels(n), null);
	}

	@Override
	public Object getPixels(final int n) {
		return labels.plane((n - 1) % labels.slices(), (n - 1) / labels.slices()).clone();
	}

	@Override
	public String getSliceLabel(final int n) {
		return null;
	}
}
