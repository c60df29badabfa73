package org.swinj.data;

import java.util.Arrays;

/**
 * Reads a crop out of a volume through a spatial map: trilinear for intensities, nearest for labels.
 * Outside the volume intensities are 0 (the mean after z-scoring) and labels unlabelled.
 */
final class CropReader {

	private final TrainingVolume volume;
	private final int[] size;
	private final SpatialMap map;
	private final double[] centre;

	CropReader(final TrainingVolume volume, final SpatialMap map, final double[] centre) {
		this.volume = volume;
		this.size = volume.size();
		this.map = map;
		this.centre = centre;
	}

	void fill(final Crop crop) {
		Arrays.fill(crop.labels(), TrainingVolume.UNLABELLED);
		final int[] p = crop.size();
		final int voxels = crop.labels().length;
		final double[][] m = map.m();
		int i = 0;
		for (int z = 0; z < p[2]; z++)
			for (int y = 0; y < p[1]; y++)
				for (int x = 0; x < p[0]; x++, i++) {
					final double ox = x - (p[0] - 1) / 2.0;
					final double oy = y - (p[1] - 1) / 2.0;
					final double oz = z - (p[2] - 1) / 2.0;
					final double sx = centre[0] + m[0][0] * ox + m[0][1] * oy + m[0][2] * oz;
					final double sy = centre[1] + m[1][0] * ox + m[1][1] * oy + m[1][2] * oz;
					final double sz = centre[2] + m[2][0] * ox + m[2][1] * oy + m[2][2] * oz;
					final int nx = (int) Math.round(sx);
					final int ny = (int) Math.round(sy);
					final int nz = (int) Math.round(sz);
					if (!inside(nx, ny, nz)) continue;
					final int nearest = index(nx, ny, nz);
					crop.labels()[i] = volume.labels()[nearest];
					for (int c = 0; c < volume.channels(); c++)
						crop.image()[c * voxels + i] = map.exact() ? volume.channel(c)[nearest] : linear(volume
							.channel(c), sx, sy, sz);
				}
	}

	private boolean inside(final int x, final int y, final int z) {
		return x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2];
	}

	private int index(final int x, final int y, final int z) {
		return (z * size[1] + y) * size[0] + x;
	}

	/** Trilinear interpolation; the border voxels continue outwards. */
	private float linear(final float[] v, final double x, final double y, final double z) {
		final int x0 = below(x, size[0]);
		final int y0 = below(y, size[1]);
		final int z0 = below(z, size[2]);
		final double fx = fraction(x, x0, size[0]);
		final double fy = fraction(y, y0, size[1]);
		final double fz = fraction(z, z0, size[2]);
		final int dx = size[0] > 1 ? 1 : 0;
		final int dy = size[1] > 1 ? size[0] : 0;
		final int dz = size[2] > 1 ? size[0] * size[1] : 0;
		final int i = index(x0, y0, z0);
		final double a = mix(mix(v[i], v[i + dx], fx), mix(v[i + dy], v[i + dy + dx], fx), fy);
		final int j = i + dz;
		final double b = mix(mix(v[j], v[j + dx], fx), mix(v[j + dy], v[j + dy + dx], fx), fy);
		return (float) mix(a, b, fz);
	}

	private static int below(final double position, final int length) {
		return Math.max(0, Math.min(length - 2, (int) Math.floor(position)));
	}

	private static double fraction(final double position, final int below, final int length) {
		return length == 1 ? 0 : Math.max(0, Math.min(1, position - below));
	}

	private static double mix(final double a, final double b, final double t) {
		return a + (b - a) * t;
	}
}
