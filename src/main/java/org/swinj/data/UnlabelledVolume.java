package org.swinj.data;

import java.util.Arrays;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A volume without labels, turned to RAS where known; intensities are normalised as they are read,
 * so that it may be larger than memory.
 */
public final class UnlabelledVolume {

	private final Volume volume;
	private final int[] size = new int[3];
	private final Normalization[] normalizations;
	private final double[] deviations; // of each channel after normalisation
	private Box foreground; // once it was asked for

	/** @param volume in any orientation; all its voxels are read twice */
	public UnlabelledVolume(final Volume volume, final Intensity intensity) {
		this.volume = Orientation.toRas(volume);
		for (int axis = 0; axis < 3; axis++)
			size[axis] = Math.toIntExact(this.volume.size()[axis]);
		normalizations = new Normalization[volume.channels()];
		deviations = new double[volume.channels()];
		for (int c = 0; c < normalizations.length; c++) {
			final RandomAccessibleInterval<FloatType> channel = channel(c);
			normalizations[c] = Normalization.of(intensity, channel);
			final Spread spread = new Spread();
			for (final FloatType voxel : Views.flatIterable(channel))
				spread.add(normalizations[c].apply(voxel.get()));
			deviations[c] = spread.deviation();
		}
	}

	private RandomAccessibleInterval<FloatType> channel(final int c) {
		return Views.hyperSlice(volume.image(), 3, c);
	}

	public String name() {
		return volume.name();
	}

	/** Edge lengths X, Y, Z. */
	public int[] size() {
		return size.clone();
	}

	public int channels() {
		return normalizations.length;
	}

	/** Whether no channel shows anything. */
	boolean isConstant() {
		return Arrays.stream(deviations).allMatch(d -> d == 0);
	}

	/** Voxel size and orientation. */
	public Geometry geometry() {
		return volume.geometry();
	}

	/**
	 * Normalised intensities of a box, one channel after the other, x fastest; 0 outside the volume.
	 *
	 * @param start first voxel along X, Y, Z, which may lie outside
	 * @param patch edge lengths of the box
	 */
	public float[] read(final int[] start, final int[] patch) {
		final int row = patch[0];
		final float[] values = new float[channels() * patch[2] * patch[1] * row];
		final int first = Math.max(0, -start[0]);
		final int end = Math.min(row, size[0] - start[0]);
		for (int c = 0; c < channels() && first < end; c++) {
			final RandomAccess<FloatType> access = channel(c).randomAccess();
			for (int z = Math.max(0, -start[2]); z < patch[2] && z + start[2] < size[2]; z++)
				for (int y = Math.max(0, -start[1]); y < patch[1] && y + start[1] < size[1]; y++) {
					final int line = ((c * patch[2] + z) * patch[1] + y) * row;
					access.setPosition(start[1] + y, 1);
					access.setPosition(start[2] + z, 2);
					for (int x = first; x < end; x++) {
						access.setPosition(start[0] + x, 0);
						values[line + x] = normalizations[c].apply(access.get().get());
					}
				}
		}
		return values;
	}

	/**
	 * How much a box of {@link #read} shows, compared with the whole volume: the standard deviation
	 * inside the volume, relative to that of all its voxels, of the channel that shows most.
	 */
	double content(final float[] values, final int[] start, final int[] patch) {
		final int voxels = patch[0] * patch[1] * patch[2];
		double most = 0;
		for (int c = 0; c < channels(); c++) {
			final Spread spread = new Spread();
			for (int z = 0; z < patch[2]; z++)
				for (int y = 0; y < patch[1]; y++)
					for (int x = 0; x < patch[0]; x++)
						if (contains(start[0] + x, start[1] + y, start[2] + z)) spread.add(values[c * voxels + (z
							* patch[1] + y) * patch[0] + x]);
			most = Math.max(most, deviations[c] == 0 ? 1 : spread.deviation() / deviations[c]);
		}
		return most;
	}

	/** Whether a voxel lies inside. */
	public boolean contains(final int x, final int y, final int z) {
		return x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2];
	}

	/** The smallest box with all voxels that are positive in any channel; the whole if none is. */
	synchronized Box foreground() {
		if (foreground == null) foreground = findForeground();
		return foreground;
	}

	private Box findForeground() {
		final int[] min = size.clone();
		final int[] max = { -1, -1, -1 };
		final int[] plane = { size[0], size[1], 1 };
		for (int z = 0; z < size[2]; z++) {
			final float[] values = read(new int[] { 0, 0, z }, plane);
			for (int i = 0; i < values.length; i++) {
				if (!(values[i] > 0)) continue;
				final int[] at = { i % size[0], i / size[0] % size[1], z };
				for (int axis = 0; axis < 3; axis++) {
					min[axis] = Math.min(min[axis], at[axis]);
					max[axis] = Math.max(max[axis], at[axis]);
				}
			}
		}
		if (max[0] < 0) return new Box(new int[3], size.clone());
		final int[] length = new int[3];
		Arrays.setAll(length, axis -> max[axis] - min[axis] + 1);
		return new Box(min, length);
	}

	/**
	 * Voxels in a row along each axis.
	 *
	 * @param start first voxel along X, Y, Z
	 * @param length edge lengths
	 */
	record Box(int[] start, int[] length) {}

	/** Mean and deviation of numbers as they come (Welford). */
	private static final class Spread {

		private long n;
		private double mean;
		private double squares;

		void add(final double value) {
			n++;
			final double difference = value - mean;
			mean += difference / n;
			squares += difference * (value - mean);
		}

		double deviation() {
			return n == 0 ? 0 : Math.sqrt(squares / n);
		}
	}
}
