package org.swinj.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Reads voxel size, unit and orientation from a NIfTI header. */
final class NiftiPlacement {

	/** Millimetres in the units coded 1, 2, 3: metre, millimetre, micrometre. */
	private static final double[] MILLIMETRES = { 1, 1000, 1, 0.001 };

	private final ByteBuffer header;
	private final int version;
	private final String file;
	private final List<String> repairs;

	/** @param repairs receives a sentence for each entry that was wrong and was replaced */
	NiftiPlacement(final ByteBuffer header, final int version, final String file,
		final List<String> repairs)
	{
		this.header = header;
		this.version = version;
		this.file = file;
		this.repairs = repairs;
	}

	/** The sform if there is one, else the qform, else the bare voxel size; all in millimetres. */
	Geometry geometry() {
		final int unit = (int) NiftiField.XYZT_UNITS.get(header, version, 0) & 7;
		// nearly every file without a unit is in millimetres
		final double factor = unit < MILLIMETRES.length ? MILLIMETRES[unit] : 1;
		double[][] affine = null;
		if (NiftiField.SFORM_CODE.get(header, version, 0) > 0) affine = usable(sform(), "sform");
		if (affine == null && NiftiField.QFORM_CODE.get(header, version, 0) > 0)
			affine = usable(qform(), "qform");
		if (affine != null) {
			final double[][] millimetres = Affine.scaled(affine, factor);
			return new Geometry(Affine.spacing(millimetres), "mm", millimetres);
		}
		final double[] spacing = pixdim();
		for (int d = 0; d < 3; d++) {
			if (spacing[d] > 0 && Double.isFinite(spacing[d])) continue;
			repairs.add("Volume \"" + file + "\" has the voxel size " + Arrays.toString(spacing) +
				"; 1 was used where that is not a length.");
			for (int e = d; e < 3; e++)
				if (!(spacing[e] > 0 && Double.isFinite(spacing[e]))) spacing[e] = 1;
		}
		for (int d = 0; d < 3; d++)
			spacing[d] *= factor;
		return Geometry.of("mm", spacing);
	}

	private double[][] usable(final double[][] affine, final String which) {
		if (Affine.isUsable(affine)) return affine;
		repairs.add("Volume \"" + file + "\" has a " + which +
			" whose axes do not span space; it was ignored.");
		return null;
	}

	private double[][] sform() {
		final double[][] affine = new double[4][4];
		for (int i = 0; i < 12; i++)
			affine[i / 4][i % 4] = NiftiField.SROW.get(header, version, i);
		affine[3][3] = 1;
		return affine;
	}

	private double[][] qform() {
		final double[] quaternion = new double[3];
		final double[] offset = new double[3];
		for (int i = 0; i < 3; i++) {
			quaternion[i] = NiftiField.QUATERN.get(header, version, i);
			offset[i] = NiftiField.QOFFSET.get(header, version, i);
		}
		final double[] spacing = pixdim();
		if (NiftiField.PIXDIM.get(header, version, 0) < 0) spacing[2] = -spacing[2];
		return Affine.ofQuaternion(quaternion, offset, spacing);
	}

	/** Voxel size without sign, which some old writers used for flips. */
	private double[] pixdim() {
		final double[] spacing = new double[3];
		for (int d = 0; d < 3; d++)
			spacing[d] = Math.abs(NiftiField.PIXDIM.get(header, version, d + 1));
		return spacing;
	}
}
