package org.swinj.inference;

import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;

/** Keeps the class with the largest logit of every voxel; the smaller class wins a tie. */
public final class ArgMaxSink implements PlaneSink {

	private final PlanarImg<UnsignedShortType, ShortArray> labels;

	/** @param size of the volume, slowest axis first */
	public ArgMaxSink(final long... size) {
		labels = PlanarImgs.unsignedShorts(size[2], size[1], size[0]);
	}

	/** The labels with axes X, Y, Z; one array per plane, as ImageJ stacks have it. */
	public PlanarImg<UnsignedShortType, ShortArray> labels() {
		return labels;
	}

	@Override
	public void accept(final long z, final float[][] logits) {
		final short[] plane = labels.getPlane((int) z).getCurrentStorageArray();
		final float[] best = logits[0].clone();
		for (int c = 1; c < logits.length; c++) {
			final float[] candidate = logits[c];
			for (int i = 0; i < best.length; i++) {
				if (candidate[i] > best[i]) {
					best[i] = candidate[i];
					plane[i] = (short) c;
				}
			}
		}
	}
}
