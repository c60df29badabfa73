package org.swinj.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One stored tensor.
 *
 * @param type number format
 * @param shape sizes, outermost first; empty for a single number
 * @param data row-major little-endian elements; every call returns a buffer with its own position
 */
public record Weight(WeightType type, long[] shape, ByteBuffer data) {

	/** @throws IllegalArgumentException if the buffer does not hold exactly this shape */
	public Weight {
		final long bytes = Math.multiplyExact(count(shape), (long) type.bytes());
		if (data.remaining() != bytes) throw new IllegalArgumentException("A tensor " + text(shape)
			+ " of " + type + " has " + bytes + " bytes, not " + data.remaining() + ".");
		data = data.slice();
	}

	/** A float32 tensor; the values are copied. */
	public static Weight of(final float[] values, final long... shape) {
		final ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, 4));
		data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
		return new Weight(WeightType.F32, shape.clone(), data);
	}

	/** An int64 tensor; the values are copied. */
	public static Weight of(final long[] values, final long... shape) {
		final ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, 8));
		data.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
		return new Weight(WeightType.I64, shape.clone(), data);
	}

	@Override
	public ByteBuffer data() {
		return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
	}

	/** Number of elements. */
	public int numel() {
		return data.capacity() / type.bytes();
	}

	/** Whether the shape is this one. */
	public boolean hasShape(final long... other) {
		return Arrays.equals(shape, other);
	}

	/** The shape as people read it, for instance {@code 48x1x2x2x2}. */
	public String shapeText() {
		return text(shape);
	}

	/** All elements, rounded to float32 where they are wider. */
	public float[] toFloats() {
		final float[] values = new float[numel()];
		final ByteBuffer in = data();
		if (type == WeightType.F32) {
			in.asFloatBuffer().get(values);
			return values;
		}
		for (int i = 0; i < values.length; i++)
			values[i] = switch (type) {
				case F64 -> (float) in.getDouble();
				case F32 -> in.getFloat();
				case F16 -> halfToFloat(in.getShort());
				case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
				case I64 -> in.getLong();
				case I32 -> in.getInt();
				case I16 -> in.getShort();
				case I8 -> in.get();
				case U8 -> in.get() & 0xFF;
				case BOOL -> in.get() != 0 ? 1 : 0;
			};
		return values;
	}

	/** The same numbers as float32; this object if they are already. */
	public Weight asFloat32() {
		return type == WeightType.F32 ? this : of(toFloats(), shape);
	}

	/** IEEE 754 binary16 → binary32, exact. */
	private static float halfToFloat(final short half) {
		final int sign = (half & 0x8000) << 16;
		final int exponent = half >>> 10 & 0x1F;
		final int mantissa = half & 0x3FF;
		if (exponent == 0) { // zero and subnormals: mantissa * 2^-24
			final float magnitude = mantissa * 0x1p-24f;
			return sign == 0 ? magnitude : -magnitude;
		}
		final int wide = exponent == 0x1F ? 0xFF : exponent + 112;
		return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
	}

	/** Product of the sizes; {@link ArithmeticException} if it or a size is not a sane number. */
	static long count(final long... shape) {
		long count = 1;
		for (final long size : shape) {
			if (size < 0) throw new ArithmeticException("negative size");
			count = Math.multiplyExact(count, size);
		}
		return count;
	}

	static String text(final long... shape) {
		if (shape.length == 0) return "()";
		final StringBuilder text = new StringBuilder();
		for (final long size : shape)
			text.append(text.length() == 0 ? "" : "x").append(size);
		return text.toString();
	}
}
