package org.swinj.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as files store them. */
final class RawBytes {

	private RawBytes() {}

	/** @param bytes of a number: 1, 2, 4 or 8, or -4 or -8 for floats */
	static byte[] of(final ByteOrder order, final int bytes, final double... values) {
		final ByteBuffer buffer = ByteBuffer.allocate(Math.abs(bytes) * values.length).order(order);
		for (final double v : values)
			switch (bytes) {
				case 1 -> buffer.put((byte) (long) v);
				case 2 -> buffer.putShort((short) (long) v);
				case 4 -> buffer.putInt((int) (long) v);
				case 8 -> buffer.putLong((long) v);
				case -4 -> buffer.putFloat((float) v);
				default -> buffer.putDouble(v);
			}
		return buffer.array();
	}
}
