package org.swinj.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/**
 * Brings volumes from one voxel grid to another, and labels back onto the first:
 *
 * <pre>
 * resampling = Resampling.toSpacing(volume, spacing, "mm");
 * input = resampling.apply(volume, Interpolation.CUBIC);
 * labels = resampling.back().labels(labelsOfInput, Interpolation.VOTE, progress);
 * </pre>
 */
public final class Resampling {

	/** Axes with voxels this many times as long as those of the other axes are not interpolated. */
	private static final double THICK = 3;

	/** Deviation from the same grid that MONAI's Spacing ignores. */
	private static final double SAME = 1e-3;

	/** Shear of whole axes, in voxels, that comes from rounded numbers in headers. */
	private static final double PARALLEL = 0.01;

	private final VoxelGrid from;
	private final VoxelGrid to;
	private final double[][] map; // index in the new grid to index in the old one

	/**
	 * @param from grid of the volumes that there are
	 * @param to grid of the volumes that are wanted
	 * @throws IllegalArgumentException if the orientation of only one grid is known, or a plane of the
	 *           new one has more voxels than an array holds
	 */
	public Resampling(final VoxelGrid from, final VoxelGrid to) {
		this.from = from;
		this.to = to;
		map = to.indicesIn(from);
		final long[] size = to.size();
		if (size[0] > Integer.MAX_VALUE / 4 / size[1] || size[2] > Integer.MAX_VALUE / 4)
			throw new IllegalArgumentException("A volume cannot be brought to " + FloatPlanes.text(size) +
				" voxels: that is more than 536870911 in a plane or more planes than that.");
	}

	/**
	 * To voxels of another size, laid as MONAI's Spacing does; no change if nothing can be compared
	 * because one of the units is pixels.
	 *
	 * @param spacing voxel size along X, Y, Z in {@code unit}
	 */
	public static Resampling toSpacing(final Volume volume, final double[] spacing,
		final String unit)
	{
		final VoxelGrid grid = VoxelGrid.of(volume);
		final double factor = LengthUnit.factor(unit, volume.geometry().unit());
		return new Resampling(grid, Double.isNaN(factor) ? grid : grid.withSpacing(spacing[0] * factor,
			spacing[1] * factor, spacing[2] * factor));
	}

	/** Whether voxels of a volume can be compared with sizes in a unit; always if that is pixels. */
	public static boolean isComparable(final Volume volume, final String unit) {
		return LengthUnit.of(unit) == LengthUnit.PIXEL || !Double.isNaN(LengthUnit.factor(unit, volume
			.geometry().unit()));
	}

	/** The grid of the resampled volumes. */
	public VoxelGrid target() {
		return isIdentity() ? from : to;
	}

	/** Matrix from indices of the new grid to those of the old one; three rows of four. */
	double[][] map() {
		return Arrays.copyOf(map, 3);
	}

	/** The way back, onto exactly the grid that volumes came from. */
	public Resampling back() {
		return new Resampling(to, from);
	}

	/** Whether both grids are so much alike that volumes are left as they are. */
	public boolean isIdentity() {
		boolean same = Arrays.equals(from.size(), to.size());
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 4; j++)
				same &= Math.abs(map[i][j] - (i == j ? 1 : 0)) <= SAME;
		return same;
	}

	/**
	 * A volume on the new grid, computed plane by plane where it is read.
	 *
	 * @throws IllegalArgumentException if the volume has another size than the old grid
	 */
	public Volume apply(final Volume volume, final Interpolation interpolation) {
		check(volume.size());
		if (isIdentity()) return volume;
		return new Volume(volume.name(), image(volume.image(), interpolation), to.geometry());
	}

	/**
	 * An image on the new grid, computed plane by plane where it is read.
	 *
	 * @param image axes X, Y, Z and channel or class
	 */
	public RandomAccessibleInterval<FloatType> image(
		final RandomAccessibleInterval<FloatType> image, final Interpolation interpolation)
	{
		check(image.dimensionsAsLongArray());
		if (isIdentity()) return image;
		final List<RandomAccessibleInterval<FloatType>> channels = new ArrayList<>();
		for (long c = 0; c < image.dimension(3); c++)
			channels.add(Views.hyperSlice(image, 3, c));
		final long[] size = to.size();
		final PlaneSampler sampler = sampler(interpolation);
		return LazyPlanes.of(new long[] { size[0], size[1], size[2], channels.size() },
			i -> sampler.plane(channels.get((int) (i / size[2])), i % size[2]));
	}

	/**
	 * Labels on the new grid.
	 *
	 * @param labels whole numbers from 0 to 65535, axes X, Y, Z
	 * @param interpolation {@link Interpolation#NEAREST} or {@link Interpolation#VOTE}
	 * @throws IOException if they are too large for memory and cannot be written to a temporary file
	 */
	public RandomAccessibleInterval<UnsignedShortType> labels(
		final RandomAccessibleInterval<? extends RealType<?>> labels,
		final Interpolation interpolation, final Progress progress) throws IOException
	{
		check(labels.dimensionsAsLongArray());
		if (interpolation != Interpolation.NEAREST && interpolation != Interpolation.VOTE)
			throw new IllegalArgumentException("Labels cannot be mixed by " + interpolation + ".");
		final ShortPlanes result = new ShortPlanes(to.size());
		final PlaneSampler sampler = sampler(isIdentity() ? Interpolation.NEAREST : interpolation);
		for (int z = 0; z < to.size()[2]; z++) {
			progress.checkCancelled();
			final float[] plane = sampler.plane(labels, z);
			final short[] shorts = new short[plane.length];
			for (int i = 0; i < plane.length; i++)
				shorts[i] = (short) (int) plane[i];
			result.put(z, shorts);
		}
		return result.image();
	}

	private void check(final long[] size) {
		if (!Arrays.equals(size, 0, 3, from.size(), 0, 3)) throw new IllegalArgumentException(
			"A volume of " + FloatPlanes.text(Arrays.copyOf(size, 3)) +
				" voxels cannot be resampled as one of " + FloatPlanes.text(from.size()) + ".");
	}

	private PlaneSampler sampler(final Interpolation interpolation) {
		final Interpolation[] kinds = new Interpolation[3];
		for (int axis = 0; axis < 3; axis++)
			kinds[axis] = interpolation == Interpolation.CUBIC && (isThick(from, axis) || isThick(to, axis))
				? Interpolation.NEAREST : interpolation;
		if (!isParallel()) return new PointSampler(kinds, map, from.size(), to.size());
		final AxisTaps[] taps = new AxisTaps[3];
		for (int axis = 0; axis < 3; axis++)
			taps[axis] = AxisTaps.of(kinds[axis], map[axis][axis], map[axis][3], (int) to.size()[axis],
				(int) from.size()[axis]);
		return interpolation == Interpolation.VOTE ? new VoteSampler(taps, from.size(), to.size())
			: new SeparableSampler(taps, from.size(), to.size());
	}

	private static boolean isThick(final VoxelGrid grid, final int axis) {
		final double[] spacing = grid.geometry().spacing();
		return spacing[axis] > THICK * Math.max(spacing[(axis + 1) % 3], spacing[(axis + 2) % 3]);
	}

	/** Whether each new axis runs along the old one. */
	private boolean isParallel() {
		boolean parallel = true;
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 3; j++)
				parallel &= i == j || Math.abs(map[i][j]) * to.size()[j] < PARALLEL;
		return parallel;
	}
}
