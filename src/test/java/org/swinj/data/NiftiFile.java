package org.swinj.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Builds NIfTI files byte by byte, independently of the writer, from the specification's offsets. */
final class NiftiFile {

	final int version;
	final ByteBuffer header;
	private byte[] voxels = new byte[0];

	NiftiFile(final int version, final ByteOrder order, final int... size) {
		this.version = version;
		header = ByteBuffer.allocate(version == 1 ? 352 : 544).order(order);
		header.putInt(0, version == 1 ? 348 : 540);
		magic("n+" + version);
		dim(0, size.length);
		for (int i = 0; i < 7; i++)
			dim(i + 1, i < size.length ? size[i] : 1);
		for (int i = 0; i < 8; i++)
			pixdim(i, 1);
		if (version == 1) header.putFloat(108, 352);
		else header.putLong(168, 544);
	}

	NiftiFile magic(final String text) {
		header.put(version == 1 ? 344 : 4, text.getBytes(StandardCharsets.US_ASCII));
		return this;
	}

	NiftiFile dim(final int index, final long n) {
		if (version == 1) header.putShort(40 + 2 * index, (short) n);
		else header.putLong(16 + 8 * index, n);
		return this;
	}

	NiftiFile pixdim(final int index, final double size) {
		if (version == 1) header.putFloat(76 + 4 * index, (float) size);
		else header.putDouble(104 + 8 * index, size);
		return this;
	}

	NiftiFile scaling(final double slope, final double inter) {
		if (version == 1) header.putFloat(112, (float) slope).putFloat(116, (float) inter);
		else header.putDouble(176, slope).putDouble(184, inter);
		return this;
	}

	NiftiFile units(final int code) {
		if (version == 1) header.put(123, (byte) code);
		else header.putInt(500, code);
		return this;
	}

	NiftiFile sform(final double... rows) {
		if (version == 1) header.putShort(254, (short) 1);
		else header.putInt(348, 1);
		for (int i = 0; i < 12; i++)
			if (version == 1) header.putFloat(280 + 4 * i, (float) rows[i]);
			else header.putDouble(400 + 8 * i, rows[i]);
		return this;
	}

	NiftiFile qform(final double qfac, final double b, final double c, final double d,
		final double... offset)
	{
		pixdim(0, qfac);
		final double[] numbers = { b, c, d, offset[0], offset[1], offset[2] };
		if (version == 1) header.putShort(252, (short) 1);
		else header.putInt(344, 1);
		for (int i = 0; i < 6; i++)
			if (version == 1) header.putFloat(256 + 4 * i, (float) numbers[i]);
			else header.putDouble(352 + 8 * i, numbers[i]);
		return this;
	}

	/** Stores numbers as the type with this code and this many bytes. */
	NiftiFile voxels(final int code, final int bytes, final double... values) {
		type(code, bytes);
		final ByteBuffer data = ByteBuffer.allocate(bytes * values.length).order(header.order());
		for (final double v : values)
			switch (code) {
				case 2, 256 -> data.put((byte) (long) v);
				case 4, 512 -> data.putShort((short) (long) v);
				case 8, 768 -> data.putInt((int) (long) v);
				case 16 -> data.putFloat((float) v);
				case 64 -> data.putDouble(v);
				default -> data.putLong((long) v);
			}
		voxels = data.array();
		return this;
	}

	NiftiFile type(final int code, final int bytes) {
		header.putShort(version == 1 ? 70 : 12, (short) code);
		header.putShort(version == 1 ? 72 : 14, (short) (8 * bytes));
		return this;
	}

	byte[] bytes() {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(header.array());
		out.writeBytes(voxels);
		return out.toByteArray();
	}

	byte[] voxelBytes() {
		return voxels;
	}

	/** Writes the file, gzipped if its name says so. */
	Path write(final Path file) throws IOException {
		return write(file, bytes());
	}

	static Path write(final Path file, final byte[] bytes) throws IOException {
		try (OutputStream plain = Files.newOutputStream(file);
				OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain)
		{
			out.write(bytes);
		}
		return file;
	}
}
