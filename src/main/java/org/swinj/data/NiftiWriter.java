package org.swinj.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

import net.imglib2.Cursor;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * Writes single-file NIfTI, gzipped if the name ends in .gz. Whole numbers are stored as uint8,
 * int16 or int32, whichever is the first to hold them all, other values as float32. Version 2 is
 * written only for axes that are longer than version 1 allows (32767).
 */
public final class NiftiWriter {

	private static final int CHUNK = 1 << 20;
	private static final int MILLIMETRE = 2, MICROMETRE = 3;
	private static final int SCANNER_COORDINATES = 1;

	private NiftiWriter() {}

	/**
	 * Writes a volume with its voxel size and orientation; several channels become a fourth axis. The
	 * file appears under its name only when it is complete.
	 */
	public static void write(final Path target, final Volume volume) throws IOException {
		final NiftiType type = type(ValueRange.of(volume));
		AtomicFile.write(target, out -> {
			if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) write(out, volume, type);
			else try (GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16)) {
				write(zipped, volume, type);
			}
		});
	}

	private static NiftiType type(final ValueRange range) {
		if (range.fits(0, 255)) return NiftiType.UINT8;
		if (range.fits(Short.MIN_VALUE, Short.MAX_VALUE)) return NiftiType.INT16;
		return range.fits(-(1L << 31), (1L << 31) - 1) ? NiftiType.INT32 : NiftiType.FLOAT32;
	}

	private static void write(final OutputStream out, final Volume volume, final NiftiType type)
		throws IOException
	{
		out.write(header(volume, type));
		final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
		final Cursor<FloatType> cursor = Views.flatIterable(volume.image()).cursor();
		while (cursor.hasNext()) {
			buffer.clear();
			while (buffer.hasRemaining() && cursor.hasNext()) {
				final float v = cursor.next().get();
				switch (type) {
					case UINT8 -> buffer.put((byte) v);
					case INT16 -> buffer.putShort((short) v);
					case INT32 -> buffer.putInt((int) v);
					default -> buffer.putFloat(v);
				}
			}
			out.write(buffer.array(), 0, buffer.position());
		}
	}

	/** Header and the four bytes that say that no extension follows. */
	private static byte[] header(final Volume volume, final NiftiType type) {
		final long[] size = volume.image().dimensionsAsLongArray();
		int version = 1;
		for (final long n : size)
			if (n > Short.MAX_VALUE) version = 2;
		final int length = NiftiField.HEADER_BYTES[version - 1];
		final ByteBuffer header = ByteBuffer.allocate(length + 4).order(ByteOrder.LITTLE_ENDIAN);
		header.putInt(0, length);
		header.put(version == 1 ? 344 : 4, ("n+" + version + (version == 1 ? "\0" : "\0\r\n\032\n"))
			.getBytes(StandardCharsets.ISO_8859_1));
		final int axes = size[3] > 1 ? 4 : 3;
		NiftiField.DIM.put(header, version, 0, axes);
		for (int axis = 1; axis <= 7; axis++)
			NiftiField.DIM.put(header, version, axis, axis <= 4 ? size[axis - 1] : 1);
		NiftiField.DATATYPE.put(header, version, 0, type.code());
		NiftiField.BITPIX.put(header, version, 0, 8 * type.voxels().bytes());
		NiftiField.VOX_OFFSET.put(header, version, 0, length + 4);
		NiftiField.SCL_SLOPE.put(header, version, 0, 1);
		place(header, version, volume.geometry());
		return header.array();
	}

	private static void place(final ByteBuffer header, final int version, final Geometry geometry) {
		final LengthUnit unit = LengthUnit.of(geometry.unit());
		final boolean micrometres = unit == LengthUnit.MICROMETRE || unit == LengthUnit.NANOMETRE;
		final boolean known = unit != null && unit != LengthUnit.PIXEL;
		final double factor = !known ? 1 : unit.millimetres() * (micrometres ? 1000 : 1);
		final double[][] affine = geometry.affine();
		// an affine is in millimetres whatever the unit of the voxel size is
		final boolean inMillimetres = affine != null || known && !micrometres;
		final double[] spacing = affine != null ? Affine.spacing(affine) : geometry.spacing();
		NiftiField.XYZT_UNITS.put(header, version, 0, inMillimetres ? MILLIMETRE : known ? MICROMETRE
			: 0);
		NiftiField.PIXDIM.put(header, version, 0, 1);
		for (int d = 0; d < 7; d++)
			NiftiField.PIXDIM.put(header, version, d + 1, d > 2 ? 1 : spacing[d] * (affine != null ? 1
				: factor));
		if (affine == null) return;
		final double[] quaternion = Affine.toQuaternion(affine);
		NiftiField.PIXDIM.put(header, version, 0, quaternion[3]);
		NiftiField.QFORM_CODE.put(header, version, 0, SCANNER_COORDINATES);
		NiftiField.SFORM_CODE.put(header, version, 0, SCANNER_COORDINATES);
		for (int i = 0; i < 3; i++) {
			NiftiField.QUATERN.put(header, version, i, quaternion[i]);
			NiftiField.QOFFSET.put(header, version, i, affine[i][3]);
			for (int j = 0; j < 4; j++)
				NiftiField.SROW.put(header, version, 4 * i + j, affine[i][j]);
		}
	}
}
