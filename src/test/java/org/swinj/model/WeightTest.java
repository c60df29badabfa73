package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;

class WeightTest {

	@Test
	void everyTypeBecomesFloats() {
		assertArrayEquals(new float[] { -1.5f, 2 }, floats(WeightType.F64, bytes(16).putDouble(-1.5)
			.putDouble(2)));
		assertArrayEquals(new float[] { -1.5f }, floats(WeightType.F32, bytes(4).putFloat(-1.5f)));
		assertArrayEquals(new float[] { -3e9f }, floats(WeightType.I64, bytes(8).putLong(
			-3_000_000_000L)));
		assertArrayEquals(new float[] { -70000 }, floats(WeightType.I32, bytes(4).putInt(-70000)));
		assertArrayEquals(new float[] { -300 }, floats(WeightType.I16, bytes(2).putShort(
			(short) -300)));
		assertArrayEquals(new float[] { -1 }, floats(WeightType.I8, bytes(1).put((byte) -1)));
		assertArrayEquals(new float[] { 255 }, floats(WeightType.U8, bytes(1).put((byte) -1)));
		assertArrayEquals(new float[] { 0, 1 }, floats(WeightType.BOOL, bytes(2).put((byte) 0).put(
			(byte) 1)));
		assertArrayEquals(new float[] { -2.5f }, floats(WeightType.BF16, bytes(2).putShort(
			(short) 0xC020)));
	}

	/** Values from the definition of binary16: one, smallest subnormal, largest, infinity, -0. */
	@Test
	void halfPrecisionIsExact() {
		final ByteBuffer data = bytes(12);
		for (final int bits : new int[] { 0x3C00, 0x0001, 0x7BFF, 0x7C00, 0x8000, 0xC001 })
			data.putShort((short) bits);
		assertArrayEquals(new float[] { 1, 0x1p-24f, 65504, Float.POSITIVE_INFINITY, -0f, -2.001953125f },
			floats(WeightType.F16, data));
		assertEquals(Float.NaN, floats(WeightType.F16, bytes(2).putShort((short) 0x7E01))[0]);
	}

	@Test
	void shapeMustFitTheData() {
		assertThrows(IllegalArgumentException.class, () -> Weight.of(new float[5], 2, 3));
		assertThrows(ArithmeticException.class, () -> Weight.of(new float[1], 1L << 40, 1L << 40));
		assertEquals(1, Weight.of(new float[] { 7 }).numel());
	}

	private static ByteBuffer bytes(final int count) {
		return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
	}

	private static float[] floats(final WeightType type, final ByteBuffer data) {
		data.flip();
		return new Weight(type, new long[] { data.limit() / type.bytes() }, data).toFloats();
	}
}
