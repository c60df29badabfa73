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

	/**
	 * What "auto" means: the format that was measured to be best (docs/benchmarks.md), by what the
	 * processor is, never by a clock, so that a run gives the same numbers each time. With matrix units
	 * bfloat16 wins everywhere; with vector units only in training, where it saves memory traffic.
	 * Processors whose instructions are not known take float32.
	 */
	static Precision best(final ComputeDevice device, final ProcessorFlags processor,
		final Purpose purpose)
	{
		if (!device.isCpu() || processor.hasTiles()) return BFLOAT16;
		return processor.hasVectors() && purpose == Purpose.TRAINING ? BFLOAT16 : FLOAT32;
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
