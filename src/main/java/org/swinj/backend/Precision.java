package org.swinj.backend;

import java.util.Locale;

/** The number format of activations; weights and losses are float32 or better. */
public enum Precision {

	/** For checking: slow, and free of rounding that matters. */
	FLOAT64("float64", 7),

	/** MONAI's numbers. */
	FLOAT32("float32", 6),

	/** Less memory, and faster where the processor has matrix units for it. */
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

	/**
	 * What "auto" means: the format that was measured to be best (docs/benchmarks.md), by what the
	 * processor is, never by a clock, so that a run gives the same numbers each time. Without matrix
	 * units for it, bfloat16 is slower than float32 even where a processor has instructions for it.
	 */
	static Precision best(final ComputeDevice device, final ProcessorFlags processor) {
		return !device.isCpu() || processor.hasTiles() ? BFLOAT16 : FLOAT32;
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
