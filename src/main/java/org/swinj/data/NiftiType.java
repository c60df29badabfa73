package org.swinj.data;

import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;

/** Voxel types of NIfTI that hold one real number (NIfTI-1 specification, field datatype). */
public enum NiftiType {

	UINT8(2, 1, b -> b.get() & 0xff),
	INT16(4, 2, ByteBuffer::getShort),
	INT32(8, 4, ByteBuffer::getInt),
	FLOAT32(16, 4, ByteBuffer::getFloat),
	FLOAT64(64, 8, ByteBuffer::getDouble),
	INT8(256, 1, ByteBuffer::get),
	UINT16(512, 2, b -> b.getShort() & 0xffff),
	UINT32(768, 4, b -> b.getInt() & 0xffffffffL),
	INT64(1024, 8, ByteBuffer::getLong),
	UINT64(1280, 8, b -> unsigned(b.getLong()));

	private final int code;
	private final int bytes;
	private final ToDoubleFunction<ByteBuffer> next;

	NiftiType(final int code, final int bytes, final ToDoubleFunction<ByteBuffer> next) {
		this.code = code;
		this.bytes = bytes;
		this.next = next;
	}

	/** The number in the header. */
	int code() {
		return code;
	}

	/** Bytes of one voxel. */
	int bytes() {
		return bytes;
	}

	/**
	 * Decodes the rest of a buffer as {@code slope * value + inter}, computed in double precision.
	 *
	 * @param from raw voxels, a whole number of them
	 * @param to where they go, starting at {@code offset}
	 */
	void decode(final ByteBuffer from, final float[] to, final int offset, final double slope,
		final double inter)
	{
		final int count = from.remaining() / bytes;
		for (int i = 0; i < count; i++)
			to[offset + i] = (float) (slope * next.applyAsDouble(from) + inter);
	}

	/**
	 * @param file name for messages
	 * @throws FormatException for types that are not one real number a voxel
	 */
	static NiftiType of(final int code, final String file) throws FormatException {
		for (final NiftiType type : values())
			if (type.code == code) return type;
		final String start = "Volume \"" + file + "\" holds ";
		switch (code) {
			case 128, 2304:
				throw new FormatException(start + "RGB colours (NIfTI data type " + code
					+ "): convert it to grey levels or separate channels first.");
			case 32, 1792, 2048:
				throw new FormatException(start + "complex numbers (NIfTI data type " + code
					+ "): convert it to magnitudes first.");
			default:
				throw new FormatException(start + "voxels of NIfTI data type " + code
					+ ", which is not an integer of 8 to 64 bits or a float of 32 or 64 bits.");
		}
	}

	private static double unsigned(final long bits) {
		return bits >= 0 ? bits : 2.0 * (bits >>> 1) + (bits & 1);
	}
}
