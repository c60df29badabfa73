package org.swinj.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A {@code numpy.dtype} while a pickle is read: its format, and later its byte order. */
final class NumpyType {

	private final WeightType type;
	private boolean bigEndian;

	private NumpyType(final WeightType type) {
		this.type = type;
	}

	/** @return {@code null} if the code is not that of a plain number */
	static NumpyType ofCode(final String code) {
		return switch (code) {
			case "f8" -> new NumpyType(WeightType.F64);
			case "f4" -> new NumpyType(WeightType.F32);
			case "f2" -> new NumpyType(WeightType.F16);
			case "i8" -> new NumpyType(WeightType.I64);
			case "i4" -> new NumpyType(WeightType.I32);
			case "i2" -> new NumpyType(WeightType.I16);
			case "i1" -> new NumpyType(WeightType.I8);
			case "u1" -> new NumpyType(WeightType.U8);
			case "b1" -> new NumpyType(WeightType.BOOL);
			default -> null;
		};
	}

	void setByteOrder(final Object order) {
		bigEndian = ">".equals(order);
	}

	WeightType type() {
		return type;
	}

	/** A copy in little-endian order. */
	byte[] littleEndian(final byte[] data) {
		final byte[] copy = data.clone();
		final int size = type.bytes();
		if (bigEndian) for (int i = 0; i < copy.length; i++)
			copy[i] = data[i - i % size + size - 1 - i % size];
		return copy;
	}

	/** One number as Double, Long or Boolean. */
	Object scalar(final byte[] data) {
		final ByteBuffer in = ByteBuffer.wrap(littleEndian(data)).order(ByteOrder.LITTLE_ENDIAN);
		return switch (type) {
			case F64 -> in.getDouble();
			case I64 -> in.getLong();
			case BOOL -> in.get() != 0;
			case I32 -> (long) in.getInt();
			case I16, I8, U8 -> (long) new Weight(type, new long[0], in).toFloats()[0];
			default -> (double) new Weight(type, new long[0], in).toFloats()[0];
		};
	}
}
