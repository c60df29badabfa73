package org.swinj.data;

/** Arithmetic on 4×4 matrices that take voxel indices to millimetres; rows first. */
final class Affine {

	private Affine() {}

	/** Product of a 4×4 matrix with one of four rows. */
	static double[][] multiply(final double[][] a, final double[][] b) {
		final double[][] c = new double[4][b[0].length];
		for (int i = 0; i < 4; i++)
			for (int j = 0; j < c[i].length; j++)
				for (int k = 0; k < 4; k++)
					c[i][j] += a[i][k] * b[k][j];
		return c;
	}

	/** The 4×4 matrix x for which a · x = b, by Gaussian elimination with row exchanges. */
	static double[][] solve(final double[][] a, final double[][] b) {
		final double[][] left = new double[4][], x = new double[4][];
		for (int i = 0; i < 4; i++) {
			left[i] = a[i].clone();
			x[i] = b[i].clone();
		}
		for (int k = 0; k < 4; k++) {
			int pivot = k;
			for (int i = k + 1; i < 4; i++)
				if (Math.abs(left[i][k]) > Math.abs(left[pivot][k])) pivot = i;
			exchange(left, k, pivot);
			exchange(x, k, pivot);
			for (int i = k + 1; i < 4; i++)
				subtract(left[i][k] / left[k][k], left, x, k, i);
		}
		for (int k = 3; k >= 0; k--) {
			for (int j = 0; j < 4; j++)
				x[k][j] /= left[k][k];
			for (int i = 0; i < k; i++)
				for (int j = 0; j < 4; j++)
					x[i][j] -= left[i][k] * x[k][j];
		}
		return x;
	}

	private static void exchange(final double[][] rows, final int i, final int j) {
		final double[] row = rows[i];
		rows[i] = rows[j];
		rows[j] = row;
	}

	private static void subtract(final double factor, final double[][] left, final double[][] right,
		final int from, final int to)
	{
		for (int j = 0; j < 4; j++) {
			left[to][j] -= factor * left[from][j];
			right[to][j] -= factor * right[from][j];
		}
	}

	/** The matrix of axes along those of the world, with voxel 0 at the origin. */
	static double[][] ofSpacing(final double[] spacing) {
		return new double[][] { { spacing[0], 0, 0, 0 }, { 0, spacing[1], 0, 0 }, { 0, 0, spacing[2],
			0 }, { 0, 0, 0, 1 } };
	}

	/** Lengths of the three columns: the voxel size along X, Y, Z. */
	static double[] spacing(final double[][] affine) {
		final double[] spacing = new double[3];
		for (int j = 0; j < 3; j++)
			spacing[j] = Math.sqrt(affine[0][j] * affine[0][j] + affine[1][j] * affine[1][j] +
				affine[2][j] * affine[2][j]);
		return spacing;
	}

	/** Whether all entries are finite and the axes span space. */
	static boolean isUsable(final double[][] affine) {
		double volume = 1;
		for (final double length : spacing(affine))
			volume *= length;
		boolean finite = volume > 0;
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 4; j++)
				finite &= Double.isFinite(affine[i][j]);
		return finite && Math.abs(determinant(affine)) > 1e-6 * volume;
	}

	/** Determinant of the upper left 3×3 part. */
	static double determinant(final double[][] a) {
		return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
			a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
			a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
	}

	/** The same matrix with all lengths multiplied by a factor. */
	static double[][] scaled(final double[][] affine, final double factor) {
		final double[][] result = new double[4][4];
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 4; j++)
				result[i][j] = affine[i][j] * factor;
		result[3][3] = 1;
		return result;
	}

	/**
	 * The matrix of a NIfTI qform (NIfTI-1 specification, method 2).
	 *
	 * @param quaternion b, c and d of the unit quaternion
	 * @param offset position of voxel 0
	 * @param spacing voxel size, the third one negative where the header's qfac is -1
	 */
	static double[][] ofQuaternion(final double[] quaternion, final double[] offset,
		final double[] spacing)
	{
		double b = quaternion[0], c = quaternion[1], d = quaternion[2];
		final double rest = 1 - b * b - c * c - d * d;
		final double a = Math.sqrt(Math.max(0, rest));
		if (rest < 0) {
			final double length = Math.sqrt(1 - rest);
			b /= length;
			c /= length;
			d /= length;
		}
		final double[][] rotation = {
			{ a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c) },
			{ 2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b) },
			{ 2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b } };
		final double[][] affine = new double[4][4];
		for (int i = 0; i < 3; i++) {
			for (int j = 0; j < 3; j++)
				affine[i][j] = rotation[i][j] * spacing[j];
			affine[i][3] = offset[i];
		}
		affine[3][3] = 1;
		return affine;
	}

	/**
	 * The rotation nearest to the axes of a matrix, as a NIfTI quaternion.
	 *
	 * @return b, c, d and qfac (-1 if the axes are left-handed, else 1)
	 */
	static double[] toQuaternion(final double[][] affine) {
		final double[] spacing = spacing(affine);
		final double qfac = determinant(affine) < 0 ? -1 : 1;
		double[][] r = new double[3][3];
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 3; j++)
				r[i][j] = affine[i][j] / spacing[j] * (j == 2 ? qfac : 1);
		for (int step = 0; step < 30; step++)
			r = halfWayToInverseTranspose(r);
		final double trace = r[0][0] + r[1][1] + r[2][2];
		// the largest of a, b, c, d is computed from the diagonal, the others from it
		final double[] squares = { 1 + trace, 1 + 2 * r[0][0] - trace, 1 + 2 * r[1][1] - trace,
			1 + 2 * r[2][2] - trace };
		int largest = 0;
		for (int i = 1; i < 4; i++)
			if (squares[i] > squares[largest]) largest = i;
		final double s = 2 * Math.sqrt(squares[largest]);
		final double[] q = switch (largest) {
			case 0 -> new double[] { s / 4, (r[2][1] - r[1][2]) / s, (r[0][2] - r[2][0]) / s,
				(r[1][0] - r[0][1]) / s };
			case 1 -> new double[] { (r[2][1] - r[1][2]) / s, s / 4, (r[0][1] + r[1][0]) / s,
				(r[0][2] + r[2][0]) / s };
			case 2 -> new double[] { (r[0][2] - r[2][0]) / s, (r[0][1] + r[1][0]) / s, s / 4,
				(r[1][2] + r[2][1]) / s };
			default -> new double[] { (r[1][0] - r[0][1]) / s, (r[0][2] + r[2][0]) / s,
				(r[1][2] + r[2][1]) / s, s / 4 };
		};
		final double sign = q[0] < 0 ? -1 : 1;
		return new double[] { sign * q[1], sign * q[2], sign * q[3], qfac };
	}

	/** One Newton step of the polar decomposition. */
	private static double[][] halfWayToInverseTranspose(final double[][] r) {
		final double det = determinant(r);
		final double[][] half = new double[3][3];
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 3; j++) {
				final int i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
				final double cofactor = r[i1][j1] * r[i2][j2] - r[i1][j2] * r[i2][j1];
				half[i][j] = (r[i][j] + cofactor / det) / 2;
			}
		return half;
	}
}
