package org.swinj.data;

import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;

/** How one real number is stored. */
enum VoxelType {

	UINT8(1, b -> b.get() & 0xff),
	INT8(1, ByteBuffer::get),
	UINT16(2, b -> b.getShort() & 0xffff),
	INT16(2, ByteBuffer::getShort),
	UINT32(4, b -> b.getInt() & 0xffffffffL),
	INT32(4, ByteBuffer::getInt),
	UINT64(8, b -> unsigned(b.getLong())),
	INT64(8, ByteBuffer::getLong),
	FLOAT32(4, ByteBuffer::getFloat),
	FLOAT64(8, ByteBuffer::getDouble);

	private final int bytes;
	private final ToDoubleFunction<ByteBuffer> next;

	VoxelType(final int bytes, final ToDoubleFunction<ByteBuffer> next) {
		this.bytes = bytes;
		this.next = next;
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

	private static double unsigned(final long bits) {
		return bits >= 0 ? bits : 2.0 * (bits >>> 1) + (bits & 1);
	}
}
