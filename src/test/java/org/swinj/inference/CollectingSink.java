package org.swinj.inference;

/** Keeps all logits of a small volume as one array (classes × Z × Y × X). */
final class CollectingSink implements PlaneSink {

	final float[] logits;
	long planes;
	private final int depth;
	private final int plane;

	CollectingSink(final int classes, final long... size) {
		depth = (int) size[0];
		plane = (int) (size[1] * size[2]);
		logits = new float[classes * depth * plane];
	}

	@Override
	public void accept(final long z, final float[][] values) {
		if (z != planes) throw new IllegalStateException("Plane " + z + " came when " + planes +
			" was due.");
		planes++;
		for (int c = 0; c < values.length; c++)
			System.arraycopy(values[c], 0, logits, (c * depth + (int) z) * plane, plane);
	}
}
