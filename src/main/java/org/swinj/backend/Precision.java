package org.swinj.backend;

import java.util.Locale;

/** The number format of activations; weights and losses are always float32. */
public enum Precision {

	FLOAT32, BFLOAT16;

	/** @return the named precision, or {@code null} for "auto" */
	static Precision of(final String name) {
		return switch (name.trim().toLowerCase(Locale.ROOT)) {
			case "auto", "" -> null;
			case "float32", "fp32" -> FLOAT32;
			case "bfloat16", "bf16" -> BFLOAT16;
			default -> throw new IllegalArgumentException("Unknown precision \"" + name
				+ "\": use auto, float32 or bfloat16.");
		};
	}
}
