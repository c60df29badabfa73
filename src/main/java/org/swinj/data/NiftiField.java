package org.swinj.data;

import java.nio.ByteBuffer;

/** Where the numbers of a NIfTI header are: offset and kind in version 1, then in version 2. */
enum NiftiField {

	DIM(40, 's', 16, 'l'),
	DATATYPE(70, 's', 12, 's'),
	BITPIX(72, 's', 14, 's'),
	PIXDIM(76, 'f', 104, 'd'),
	VOX_OFFSET(108, 'f', 168, 'l'),
	SCL_SLOPE(112, 'f', 176, 'd'),
	SCL_INTER(116, 'f', 184, 'd'),
	XYZT_UNITS(123, 'b', 500, 'i'),
	QFORM_CODE(252, 's', 344, 'i'),
	SFORM_CODE(254, 's', 348, 'i'),
	QUATERN(256, 'f', 352, 'd'),
	QOFFSET(268, 'f', 376, 'd'),
	SROW(280, 'f', 400, 'd');

	/** Header bytes of version 1 and 2, without the four extension bytes that follow. */
	static final int[] HEADER_BYTES = { 348, 540 };

	private final int[] offset;
	private final char[] kind;

	NiftiField(final int offset1, final char kind1, final int offset2, final char kind2) {
		offset = new int[] { offset1, offset2 };
		kind = new char[] { kind1, kind2 };
	}

	/** The number at a position of this field, which may be an array. */
	double get(final ByteBuffer header, final int version, final int index) {
		final int at = offset[version - 1];
		return switch (kind[version - 1]) {
			case 'b' -> header.get(at + index);
			case 's' -> header.getShort(at + 2 * index);
			case 'i' -> header.getInt(at + 4 * index);
			case 'l' -> header.getLong(at + 8 * index);
			case 'f' -> header.getFloat(at + 4 * index);
			default -> header.getDouble(at + 8 * index);
		};
	}

	/** Stores a number at a position of this field. */
	void put(final ByteBuffer header, final int version, final int index, final double value) {
		final int at = offset[version - 1];
		switch (kind[version - 1]) {
			case 'b' -> header.put(at + index, (byte) value);
			case 's' -> header.putShort(at + 2 * index, (short) value);
			case 'i' -> header.putInt(at + 4 * index, (int) value);
			case 'l' -> header.putLong(at + 8 * index, (long) value);
			case 'f' -> header.putFloat(at + 4 * index, (float) value);
			default -> header.putDouble(at + 8 * index, value);
		}
	}
}
