package org.swinj.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where the voxels of a volume are, without their values.
 *
 * @param size voxels along X, Y, Z
 * @param geometry voxel size and orientation
 */
public record VoxelGrid(long[] size, Geometry geometry) {

	private static final double EQUAL = 1e-8;
	private static final double MOST_VOXELS = 1L << 40;

	/** The grid of a volume. */
	public static VoxelGrid of(final Volume volume) {
		return new VoxelGrid(volume.size(), volume.geometry());
	}

	/**
	 * The same space in voxels of another size, exactly as MONAI's Spacing lays them: the first voxel
	 * keeps its centre, the number of voxels is rounded half to even, and oblique axes that are not at
	 * right angles become so.
	 *
	 * @param spacing voxel size along X, Y, Z in the unit of this grid
	 * @throws IllegalArgumentException if that is not positive or so small that nothing could hold it
	 */
	public VoxelGrid withSpacing(final double... spacing) {
		for (final double length : spacing)
			if (!(length > 0 && Double.isFinite(length))) throw new IllegalArgumentException(
				"The voxel size must be positive, not " + length + ".");
		final double[][] in = matrix();
		final double[][] out = rightAngled(in, spacing);
		final double[][] corners = corners();
		final double[][] moved = Affine.multiply(Affine.solve(out, in), corners);
		final long[] newSize = new long[3];
		double voxels = 1;
		for (int axis = 0; axis < 3; axis++) {
			final double extent = Arrays.stream(moved[axis]).max().orElseThrow() - Arrays.stream(
				moved[axis]).min().orElseThrow();
			newSize[axis] = (long) Math.rint(extent + 1);
			voxels *= newSize[axis];
		}
		if (voxels > MOST_VOXELS) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"Voxels of %.3g × %.3g × %.3g %s would make %s voxels, more than any memory holds.",
			spacing[0], spacing[1], spacing[2], geometry.unit(), FloatPlanes.text(newSize)));
		if (!geometry.isOriented()) return new VoxelGrid(newSize, Geometry.of(geometry.unit(), spacing));
		final double[] origin = origin(in, out, Affine.multiply(in, corners), moved, newSize);
		for (int i = 0; i < 3; i++)
			out[i][3] = origin[i];
		return new VoxelGrid(newSize, new Geometry(spacing.clone(), geometry.unit(), out));
	}

	/**
	 * 4×4 matrix from the voxel indices of this grid to those of another.
	 *
	 * @throws IllegalArgumentException if the orientation of only one of them is known
	 */
	double[][] indicesIn(final VoxelGrid other) {
		if (geometry.isOriented() != other.geometry.isOriented()) throw new IllegalArgumentException(
			"The orientation of only one of two grids is known.");
		return Affine.solve(other.matrix(), matrix());
	}

	private double[][] matrix() {
		return geometry.isOriented() ? geometry.affine() : Affine.ofSpacing(geometry.spacing());
	}

	/** Indices of the eight corner voxels as columns, Z fastest. */
	private double[][] corners() {
		final double[][] corners = new double[4][8];
		for (int c = 0; c < 8; c++) {
			for (int axis = 0; axis < 3; axis++)
				corners[axis][c] = (c >> 2 - axis & 1) * (size[axis] - 1);
			corners[3][c] = 1;
		}
		return corners;
	}

	/**
	 * Where voxel 0 of the new grid is: at the corner that is the first along all new axes; if there
	 * is none, the middles of both grids coincide.
	 */
	private double[] origin(final double[][] in, final double[][] out, final double[][] world,
		final double[][] moved, final long[] newSize)
	{
		final double[] origin = new double[3];
		for (int c = 0; c < 8; c++) {
			boolean first = true;
			for (int axis = 0; axis < 3; axis++)
				first &= Arrays.stream(moved[axis]).min().orElseThrow() >= moved[axis][c] - EQUAL;
			if (!first) continue;
			for (int i = 0; i < 3; i++)
				origin[i] = world[i][c];
			return origin;
		}
		for (int i = 0; i < 3; i++) {
			origin[i] = in[i][3];
			for (int axis = 0; axis < 3; axis++)
				origin[i] += in[i][axis] * size[axis] / 2 - out[i][axis] * newSize[axis] / 2;
		}
		return origin;
	}

	/** The directions made orthogonal, the first one kept (Gram-Schmidt), with other lengths. */
	private static double[][] rightAngled(final double[][] affine, final double[] lengths) {
		final double[][] q = new double[4][4];
		q[3][3] = 1;
		for (int j = 0; j < 3; j++) {
			final double[] v = { affine[0][j], affine[1][j], affine[2][j] };
			for (int k = 0; k < j; k++) {
				final double along = (q[0][k] * v[0] + q[1][k] * v[1] + q[2][k] * v[2]) / lengths[k];
				for (int i = 0; i < 3; i++)
					v[i] -= along * q[i][k] / lengths[k];
			}
			final double norm = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
			for (int i = 0; i < 3; i++)
				q[i][j] = v[i] / norm * lengths[j];
		}
		return q;
	}
}
