package org.swinj.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A labelled volume in memory, ready for cropping: normalised intensities, class indices, and where
 * each class is found.
 */
public final class TrainingVolume {

	/** Class index of voxels that nobody annotated. */
	public static final short UNLABELLED = -1;

	private static final int REMEMBERED_VOXELS = 20_000; // for each class

	private final String id;
	private final int[] size; // X, Y, Z
	private final Geometry geometry;
	private final float[][] channels; // x fastest
	private final short[] labels; // class index or UNLABELLED
	private final int[][] voxelsOfClass; // flat positions, a random subset of large classes
	private final int[] annotated;

	/**
	 * @param size edge lengths X, Y, Z
	 * @param geometry voxel size and orientation
	 * @param channels normalised intensities of each channel, x fastest
	 * @param labels class index of each voxel, or {@link #UNLABELLED}
	 * @param classes number of classes including background
	 * @param random chooses the voxels to remember
	 */
	public TrainingVolume(final String id, final int[] size, final Geometry geometry,
		final float[][] channels, final short[] labels, final int classes,
		final RandomGenerator random)
	{
		this.id = id;
		this.size = size;
		this.geometry = geometry;
		this.channels = channels;
		this.labels = labels;
		final Reservoir[] reservoirs = new Reservoir[classes];
		for (int c = 0; c < classes; c++)
			reservoirs[c] = new Reservoir();
		final Reservoir any = new Reservoir();
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == UNLABELLED) continue;
			reservoirs[labels[i]].offer(i, random);
			any.offer(i, random);
		}
		voxelsOfClass = new int[classes][];
		for (int c = 0; c < classes; c++)
			voxelsOfClass[c] = reservoirs[c].content();
		annotated = any.content();
	}

	public String id() {
		return id;
	}

	/** Edge lengths X, Y, Z. */
	public int[] size() {
		return size;
	}

	/** Voxel size and orientation. */
	public Geometry geometry() {
		return geometry;
	}

	/** Voxel size along X, Y, Z. */
	public double[] spacing() {
		return geometry.spacing();
	}

	public int channels() {
		return channels.length;
	}

	/** Number of classes including background. */
	int classes() {
		return voxelsOfClass.length;
	}

	/**
	 * The same image with fewer labels.
	 *
	 * @param name id of the new volume
	 * @param first plane of a slab across {@code axis}
	 * @param end plane after it
	 * @param inside whether labels are kept in the slab or outside of it
	 */
	TrainingVolume labelledIn(final String name, final int axis, final int first, final int end,
		final boolean inside, final RandomGenerator random)
	{
		final int stride = axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
		final short[] kept = labels.clone();
		for (int i = 0; i < kept.length; i++) {
			final int plane = i / stride % size[axis];
			if ((plane >= first && plane < end) != inside) kept[i] = UNLABELLED;
		}
		return new TrainingVolume(name, size, geometry, channels, kept, classes(), random);
	}

	/** Normalised intensities of one channel, x fastest. */
	float[] channel(final int c) {
		return channels[c];
	}

	/** Normalised intensities of the first channel in a block, x fastest. */
	public float[] firstChannel(final int[] origin, final int[] extent) {
		final float[] block = new float[extent[0] * extent[1] * extent[2]];
		for (int z = 0, row = 0; z < extent[2]; z++)
			for (int y = 0; y < extent[1]; y++, row += extent[0])
				System.arraycopy(channels[0], ((origin[2] + z) * size[1] + origin[1] + y) * size[0]
					+ origin[0], block, row, extent[0]);
		return block;
	}

	/** Class indices, x fastest. */
	short[] labels() {
		return labels;
	}

	/** Class index of a voxel, or {@link #UNLABELLED}. */
	public short label(final int x, final int y, final int z) {
		return labels[(z * size[1] + y) * size[0] + x];
	}

	/** Mean position of the remembered foreground voxels; the middle of the volume if there is none. */
	public int[] middleOfForeground() {
		final double[] sum = new double[3];
		long count = 0;
		for (int c = 1; c < voxelsOfClass.length; c++)
			for (final int flat : voxelsOfClass[c]) {
				final int[] voxel = position(flat);
				for (int axis = 0; axis < 3; axis++)
					sum[axis] += voxel[axis];
				count++;
			}
		final int[] middle = new int[3];
		for (int axis = 0; axis < 3; axis++)
			middle[axis] = count == 0 ? size[axis] / 2 : (int) (sum[axis] / count);
		return middle;
	}

	/** The normalised image (X, Y, Z, C) as a view of its arrays. */
	public RandomAccessibleInterval<FloatType> image() {
		final List<RandomAccessibleInterval<FloatType>> images = new ArrayList<>();
		for (final float[] channel : channels)
			images.add(ArrayImgs.floats(channel, size[0], size[1], size[2]));
		return Views.stack(images);
	}

	/** Whether the intensities are exactly those of another volume. */
	public boolean isSameImage(final TrainingVolume other) {
		return Arrays.equals(size, other.size) && Arrays.deepEquals(channels, other.channels);
	}

	/** Whether any voxel belongs to a class, be it the background. */
	public boolean isAnnotated() {
		return annotated.length > 0;
	}

	/** Whether any voxel of the classes from {@code first} to before {@code end} is annotated here. */
	public boolean has(final int first, final int end) {
		for (int c = first; c < end; c++)
			if (has(c)) return true;
		return false;
	}

	/** Whether any voxel of this class is annotated here. */
	public boolean has(final int classIndex) {
		return voxelsOfClass[classIndex].length > 0;
	}

	/** Position x, y, z of a random voxel of a class. */
	int[] randomVoxelOf(final int classIndex, final RandomGenerator random) {
		final int[] voxels = voxelsOfClass[classIndex];
		return position(voxels[random.nextInt(voxels.length)]);
	}

	/** Position x, y, z of a random annotated voxel. */
	int[] randomAnnotatedVoxel(final RandomGenerator random) {
		return position(annotated[random.nextInt(annotated.length)]);
	}

	private int[] position(final int flat) {
		return new int[] { flat % size[0], flat / size[0] % size[1], flat / (size[0] * size[1]) };
	}

	/** Keeps a uniform random subset of the voxels it is offered. */
	private static final class Reservoir {

		private int[] kept = new int[64];
		private int offered;

		void offer(final int voxel, final RandomGenerator random) {
			final int place = offered < REMEMBERED_VOXELS ? offered : random.nextInt(offered + 1);
			offered++;
			if (place >= REMEMBERED_VOXELS) return;
			if (place >= kept.length) kept = Arrays.copyOf(kept, Math.min(REMEMBERED_VOXELS,
				2 * kept.length));
			kept[place] = voxel;
		}

		int[] content() {
			return Arrays.copyOf(kept, Math.min(offered, REMEMBERED_VOXELS));
		}
	}
}
