package org.swinj.model;

/** Number formats of stored tensors, named as in safetensors. */
public enum WeightType {

	F64(8), F32(4), F16(2), BF16(2), I64(8), I32(4), I16(2), I8(1), U8(1), BOOL(1);

	private final int bytes;

	WeightType(final int bytes) {
		this.bytes = bytes;
	}

	/** Size of one element. */
	public int bytes() {
		return bytes;
	}

	/** @return the type of this safetensors name, or {@code null} if it is not one of them */
	static WeightType ofName(final String name) {
		for (final WeightType type : values())
			if (type.name().equals(name)) return type;
		return null;
	}
}
