package org.swinj.result;

import java.util.ArrayList;
import java.util.List;

/**
 * The discrete Crofton formula with 13 directions (Lang and Ohser 2001; Legland et al. 2007): the
 * surface area of voxels from how often lines through the grid leave them. A direction weighs as
 * much as the part of the unit sphere that is nearer to it than to any other of the 26.
 */
final class CroftonWeights {

	private static final double FAR = 1e6;

	private final double[] areaPerCrossing = new double[8];

	/** @param spacing voxel size along X, Y, Z */
	CroftonWeights(final double[] spacing) {
		final double voxel = spacing[0] * spacing[1] * spacing[2];
		for (int kind = 1; kind < 8; kind++) {
			final double[] direction = step(kind & 1, kind >> 1 & 1, kind >> 2, spacing);
			areaPerCrossing[kind] = 2 * weight(kind, spacing) * voxel / Math.sqrt(dot(direction,
				direction));
		}
	}

	/** @param crossings of each kind; bit 0 of the kind is a step in x, bit 1 in y, bit 2 in z */
	double surfaceArea(final long[] crossings) {
		double area = 0;
		for (int kind = 1; kind < 8; kind++)
			area += areaPerCrossing[kind] * crossings[kind];
		return area;
	}

	/** Share of both hemispheres that belongs to each direction of a kind. */
	static double weight(final int kind, final double[] spacing) {
		final double[] own = unit(step(kind & 1, kind >> 1 & 1, kind >> 2, spacing));
		// the tangent plane at the direction, on which great circles are straight lines
		final double[] u = unit(cross(own, Math.abs(own[0]) < 0.6 ? new double[] { 1, 0, 0 }
			: new double[] { 0, 1, 0 }));
		final double[] v = cross(own, u);
		List<double[]> cell = new ArrayList<>();
		for (int i = 0; i < 4; i++)
			cell.add(new double[] { i == 0 || i == 3 ? FAR : -FAR, i < 2 ? FAR : -FAR });
		for (int x = -1; x <= 1; x++)
			for (int y = -1; y <= 1; y++)
				for (int z = -1; z <= 1; z++) {
					if (x == 0 && y == 0 && z == 0) continue;
					final double[] other = unit(step(x, y, z, spacing));
					final double[] normal = { own[0] - other[0], own[1] - other[1], own[2] - other[2] };
					cell = clip(cell, dot(normal, u), dot(normal, v), dot(normal, own));
				}
		return area(cell) / (2 * Math.PI);
	}

	private static double[] step(final int x, final int y, final int z, final double[] spacing) {
		return new double[] { x * spacing[0], y * spacing[1], z * spacing[2] };
	}

	/** The part of a convex polygon in which a·x + b·y + c is not negative. */
	private static List<double[]> clip(final List<double[]> polygon, final double a, final double b,
		final double c)
	{
		final List<double[]> clipped = new ArrayList<>();
		for (int i = 0; i < polygon.size(); i++) {
			final double[] p = polygon.get(i), q = polygon.get((i + 1) % polygon.size());
			final double atP = a * p[0] + b * p[1] + c, atQ = a * q[0] + b * q[1] + c;
			if (atP >= 0) clipped.add(p);
			if (atP >= 0 == atQ >= 0) continue;
			final double part = atP / (atP - atQ);
			clipped.add(new double[] { p[0] + part * (q[0] - p[0]), p[1] + part * (q[1] - p[1]) });
		}
		return clipped;
	}

	/** Area on the unit sphere of a polygon in a tangent plane, as triangles around a corner. */
	private static double area(final List<double[]> polygon) {
		double area = 0;
		for (int i = 2; i < polygon.size(); i++)
			area += triangle(onSphere(polygon.get(0)), onSphere(polygon.get(i - 1)), onSphere(polygon.get(
				i)));
		return area;
	}

	/** Area of a spherical triangle (Van Oosterom and Strackee 1983). */
	private static double triangle(final double[] a, final double[] b, final double[] c) {
		return 2 * Math.atan2(Math.abs(dot(a, cross(b, c))), 1 + dot(a, b) + dot(b, c) + dot(c, a));
	}

	private static double[] onSphere(final double[] point) {
		return unit(new double[] { point[0], point[1], 1 });
	}

	private static double[] unit(final double[] a) {
		final double length = Math.sqrt(dot(a, a));
		return new double[] { a[0] / length, a[1] / length, a[2] / length };
	}

	private static double dot(final double[] a, final double[] b) {
		return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
	}

	private static double[] cross(final double[] a, final double[] b) {
		return new double[] { a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] *
			b[0] };
	}
}
