package org.swinj.inference;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.blocks.PrimitiveBlocks.OnFallback;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Reads windows from an image with axes X, Y, Z and channel, zero-min, in memory or lazy. */
public final class ImageSource implements WindowSource {

	private final RandomAccessibleInterval<FloatType> image;
	private final PrimitiveBlocks<FloatType> blocks;

	public ImageSource(final RandomAccessibleInterval<FloatType> image) {
		if (image.numDimensions() != 4) throw new IllegalArgumentException("The image has " + image
			.numDimensions() + " axes instead of X, Y, Z and channel.");
		this.image = image;
		blocks = PrimitiveBlocks.of(Views.extendZero(image), OnFallback.ACCEPT);
	}

	@Override
	public long[] size() {
		return new long[] { image.dimension(2), image.dimension(1), image.dimension(0) };
	}

	@Override
	public int channels() {
		return (int) image.dimension(3);
	}

	@Override
	public void read(final long[] position, final int[] window, final float[] target) {
		blocks.copy(new long[] { position[2], position[1], position[0], 0 }, target,
			new int[] { window[2], window[1], window[0], channels() });
	}
}
