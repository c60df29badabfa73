package org.swinj.metrics;

import java.util.Arrays;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import org.swinj.progress.Progress;

/**
 * A predicted label image and its reference, with axes X, Y, Z and whole numbers from 0 to 65535.
 * One pass counts the voxels of all classes and finds where each class lies.
 *
 * @param <P> pixel type of the prediction
 * @param <R> pixel type of the reference
 */
public final class LabelPair<P extends RealType<P>, R extends RealType<R>> {

	private static final int LARGEST = 65535;

	private final RandomAccessibleInterval<P> prediction;
	private final RandomAccessibleInterval<R> reference;
	private long[] both = {};
	private long[] predicted = {};
	private long[] referred = {};
	private Box[] boxes = {};

	/**
	 * @throws IllegalArgumentException if the sizes differ, an image is not 3D or a voxel is not a
	 *           label
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public LabelPair(final RandomAccessibleInterval<P> prediction,
		final RandomAccessibleInterval<R> reference, final Progress progress)
	{
		final long[] size = reference.dimensionsAsLongArray();
		if (size.length != 3) throw new IllegalArgumentException("Labels need the axes X, Y, Z, but " +
			"there are " + size.length + " axes.");
		if (!Arrays.equals(size, prediction.dimensionsAsLongArray())) throw new IllegalArgumentException(
			"The prediction has " + text(prediction.dimensionsAsLongArray()) +
				" voxels, its reference has " + text(size) + ".");
		this.prediction = prediction.view().zeroMin();
		this.reference = reference.view().zeroMin();
		for (long z = 0; z < size[2]; z++) {
			progress.checkCancelled();
			countPlane(z, size);
		}
	}

	/** One more than the largest label of both images. */
	public int classes() {
		return boxes.length;
	}

	/** How a class overlaps; also for labels that occur nowhere. */
	public Overlap overlap(final int label) {
		if (label >= boxes.length) return new Overlap(0, 0, 0);
		return new Overlap(both[label], predicted[label], referred[label]);
	}

	/**
	 * The distances between the surfaces of a class.
	 *
	 * @param spacing voxel size along X, Y, Z
	 */
	public SurfaceDistances surface(final int label, final double[] spacing,
		final Progress progress)
	{
		if (label >= boxes.length || boxes[label].isEmpty()) return SurfaceDistances.ofAbsentClass();
		final Box box = boxes[label];
		final Mask first = Mask.of(prediction, label, box).surface();
		progress.checkCancelled();
		final Mask second = Mask.of(reference, label, box).surface();
		progress.checkCancelled();
		return SurfaceDistances.between(first, second, spacing, progress);
	}

	private void countPlane(final long z, final long[] size) {
		final RandomAccess<P> left = prediction.randomAccess();
		final RandomAccess<R> right = reference.randomAccess();
		for (long y = 0; y < size[1]; y++) {
			left.setPosition(new long[] { 0, y, z });
			right.setPosition(new long[] { 0, y, z });
			for (long x = 0; x < size[0]; x++) {
				final int p = label(left.get().getRealDouble(), "prediction");
				final int r = label(right.get().getRealDouble(), "reference");
				grow(Math.max(p, r));
				predicted[p]++;
				referred[r]++;
				if (p == r) both[p]++;
				else boxes[p].include((int) x, (int) y, (int) z);
				boxes[r].include((int) x, (int) y, (int) z);
				left.fwd(0);
				right.fwd(0);
			}
		}
	}

	private void grow(final int label) {
		if (label < boxes.length) return;
		final int old = boxes.length;
		both = Arrays.copyOf(both, label + 1);
		predicted = Arrays.copyOf(predicted, label + 1);
		referred = Arrays.copyOf(referred, label + 1);
		boxes = Arrays.copyOf(boxes, label + 1);
		for (int i = old; i <= label; i++)
			boxes[i] = new Box();
	}

	private static int label(final double value, final String image) {
		final int label = (int) value;
		if (label != value || label < 0 || label > LARGEST) throw new IllegalArgumentException("The " +
			image + " holds the value " + value + ", but labels are whole numbers from 0 to " + LARGEST +
			".");
		return label;
	}

	private static String text(final long[] size) {
		return size.length == 3 ? size[0] + " × " + size[1] + " × " + size[2] : Arrays.toString(size);
	}
}
