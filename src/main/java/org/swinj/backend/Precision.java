package org.swinj.backend;

import java.util.Locale;

/** The number format of activations; weights and losses are float32 or better. */
public enum Precision {

	/** For checking: slow, and free of rounding that matters. */
	FLOAT64("float64", 7),

	/** MONAI's numbers. */
	FLOAT32("float32", 6),

	/** Half the memory, several times faster where the processor has instructions for it. */
	BFLOAT16("bfloat16", 15);

	private final String id;
	private final long torchCode;

	Precision(final String id, final long torchCode) {
		this.id = id;
		this.torchCode = torchCode;
	}

	/** The name used in settings and logs. */
	public String id() {
		return id;
	}

	/** torch's number for the scalar type. */
	long torchCode() {
		return torchCode;
	}

	/** @return the named precision, or {@code null} for "auto" */
	static Precision of(final String name) {
		final String wish = name == null ? "" : name.trim().toLowerCase(Locale.ROOT);
		if (wish.isEmpty() || wish.equals("auto")) return null;
		for (final Precision p : values())
			if (p.id.equals(wish)) return p;
		throw new IllegalArgumentException("Unknown precision \"" + name
			+ "\": use auto, float32 or bfloat16.");
	}
}
