package org.swinj.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One slice of a DICOM series, without its voxels.
 *
 * @param file where it is
 * @param series identifier of its series, may be empty
 * @param number instance number, -1 if the file has none
 * @param width columns
 * @param height rows
 * @param spacing distance of columns, of rows and of slices in millimetres, NaN where unknown
 * @param orientation directions of rows and columns in LPS, six numbers, or {@code null}
 * @param place first voxel in LPS millimetres, or {@code null}
 * @param pixels how and where the voxels are stored
 */
record DicomSlice(Path file, String series, long number, int width, int height, double[] spacing,
	double[] orientation, double[] place, Pixels pixels)
{

	/**
	 * How the voxels of a slice are stored.
	 *
	 * @param offset first byte in the file
	 * @param allocated bits for each voxel: 8, 16 or 32
	 * @param stored bits that count
	 * @param highest number of the most significant of them, from 0
	 * @param slope factor to apply
	 * @param inter summand to apply after the factor
	 */
	record Pixels(long offset, int allocated, int stored, int highest, boolean signed,
		ByteOrder order, double slope, double inter)
	{}

	/**
	 * Reads the voxels, scaled.
	 *
	 * @throws FormatException if the file has become shorter
	 */
	float[] read() throws IOException {
		final int bytes = pixels.allocated / 8;
		final byte[] raw = new byte[Math.multiplyExact(Math.multiplyExact(width, height), bytes)];
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			in.skipNBytes(pixels.offset);
			if (in.readNBytes(raw, 0, raw.length) < raw.length) throw new EOFException();
		}
		catch (final EOFException e) {
			throw new FormatException("File \"" + file.getFileName() + "\" has been cut while it was read.",
				e);
		}
		final ByteBuffer buffer = ByteBuffer.wrap(raw).order(pixels.order);
		final float[] plane = new float[width * height];
		final int left = 63 - pixels.highest;
		final int right = 64 - pixels.stored;
		for (int i = 0; i < plane.length; i++) {
			final long bits = bytes == 1 ? buffer.get() : bytes == 2 ? buffer.getShort() : buffer.getInt();
			final long value = pixels.signed ? bits << left >> right : bits << left >>> right;
			plane[i] = (float) (pixels.slope * value + pixels.inter);
		}
		return plane;
	}
}
