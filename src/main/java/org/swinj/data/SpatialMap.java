package org.swinj.data;

import java.util.random.RandomGenerator;

/**
 * A random linear map from offsets within a crop to offsets within the volume, both measured from
 * the centre in voxels: mirror, quarter turn, small rotation and scaling. Rotation happens in
 * physical space, so that anisotropic voxels are not sheared.
 *
 * @param m 3×3 matrix
 * @param exact whether every voxel falls onto a voxel, so that nothing is interpolated
 */
record SpatialMap(double[][] m, boolean exact) {

	static SpatialMap draw(final AugmentationSettings s, final double[] spacing,
		final RandomGenerator random)
	{
		double[][] m = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
		boolean exact = true;
		if (random.nextDouble() < s.rotate()) {
			final double limit = Math.toRadians(s.maxDegrees());
			for (int axis = s.isotropic() ? 0 : 2; axis < 3; axis++)
				m = multiply(rotation(axis, (2 * random.nextDouble() - 1) * limit), m);
			for (int i = 0; i < 3; i++)
				for (int j = 0; j < 3; j++)
					m[i][j] *= spacing[j] / spacing[i];
			exact = false;
		}
		if (random.nextDouble() < s.scale()) {
			final double factor = Math.exp((2 * random.nextDouble() - 1) * Math.log(1 + s.maxScale()));
			for (int i = 0; i < (s.isotropic() ? 3 : 2); i++)
				for (int j = 0; j < 3; j++)
					m[i][j] *= factor;
			exact = false;
		}
		if (random.nextDouble() < s.turn()) m = multiply(m, quarterTurns(random.nextInt(4)));
		for (int j = 0; j < 3; j++)
			if (random.nextDouble() < s.flip()[j]) for (int i = 0; i < 3; i++)
				m[i][j] = -m[i][j];
		return new SpatialMap(m, exact);
	}

	private static double[][] rotation(final int axis, final double angle) {
		final double[][] r = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
		final int a = (axis + 1) % 3;
		final int b = (axis + 2) % 3;
		r[a][a] = r[b][b] = Math.cos(angle);
		r[a][b] = -Math.sin(angle);
		r[b][a] = Math.sin(angle);
		return r;
	}

	/** Exact rotation about Z by a multiple of 90°. */
	static double[][] quarterTurns(final int count) {
		final int[] cos = { 1, 0, -1, 0 };
		final int[] sin = { 0, 1, 0, -1 };
		return new double[][] { { cos[count], -sin[count], 0 }, { sin[count], cos[count], 0 }, { 0, 0,
			1 } };
	}

	private static double[][] multiply(final double[][] a, final double[][] b) {
		final double[][] c = new double[3][3];
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 3; j++)
				for (int k = 0; k < 3; k++)
					c[i][j] += a[i][k] * b[k][j];
		return c;
	}
}
