package org.swinj.inference;

import java.io.IOException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.swinj.data.ShortPlanes;

/** Keeps the class with the largest logit of every voxel; the smaller class wins a tie. */
public final class ArgMaxSink implements PlaneSink {

	private final ShortPlanes planes;
	private final int[] values; // of each class, null for its number

	/** @param size of the volume, slowest axis first */
	public ArgMaxSink(final long... size) {
		this(null, new ShortPlanes(size[2], size[1], size[0]));
	}

	/**
	 * @param values what is written for each class, {@code null} for its number
	 * @param planes to write
	 */
	public ArgMaxSink(final int[] values, final ShortPlanes planes) {
		this.values = values;
		this.planes = planes;
	}

	/** The labels, one array per plane, as ImageJ stacks have it. */
	public ShortPlanes planes() {
		return planes;
	}

	/** The labels with axes X, Y, Z, when all planes are there. */
	public RandomAccessibleInterval<UnsignedShortType> labels() {
		return planes.image();
	}

	@Override
	public void accept(final long z, final float[][] logits) throws IOException {
		final float[] best = logits[0].clone();
		final short[] plane = new short[best.length];
		for (int c = 1; c < logits.length; c++) {
			final float[] candidate = logits[c];
			for (int i = 0; i < best.length; i++) {
				if (candidate[i] > best[i]) {
					best[i] = candidate[i];
					plane[i] = (short) c;
				}
			}
		}
		for (int i = 0; values != null && i < plane.length; i++)
			plane[i] = (short) values[plane[i]];
		planes.put((int) z, plane);
	}
}
