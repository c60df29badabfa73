package org.swinj.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a volume lies in space.
 *
 * @param spacing voxel size along X, Y, Z in {@code unit}, all positive
 * @param unit length unit as Fiji writes it, for instance {@code mm}, {@code µm} or {@code pixel}
 * @param affine 4×4 matrix from voxel index to RAS millimetres (NIfTI convention), or {@code null}
 *          when the file says nothing about orientation
 */
public record Geometry(double[] spacing, String unit, double[][] affine) {

	/** Voxel size 1 in pixels, orientation unknown. */
	public static Geometry unknown() {
		return new Geometry(new double[] { 1, 1, 1 }, "pixel", null);
	}

	/** Voxel size known, orientation unknown. */
	public static Geometry of(final String unit, final double... spacing) {
		return new Geometry(spacing, unit, null);
	}

	/** The voxel size for people: "0.5 × 0.5 × 2 µm", three digits at most. */
	public static String text(final double[] spacing, final String unit) {
		return Arrays.stream(spacing).mapToObj(each -> new BigDecimal(each).round(new MathContext(3))
			.stripTrailingZeros().toPlainString()).collect(Collectors.joining(" × ")) + " " + unit;
	}

	/** Whether voxels are only counted, as nobody said how large they are. */
	public boolean isUncalibrated() {
		return LengthUnit.of(unit) == LengthUnit.PIXEL && Arrays.equals(spacing, new double[] { 1, 1, 1 });
	}

	/** Whether the directions of the axes in the body are known. */
	public boolean isOriented() {
		return affine != null;
	}
}
