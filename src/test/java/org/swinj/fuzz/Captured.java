package org.swinj.fuzz;

import java.nio.file.Path;

/** Hands the parser and the seeds of a test to {@link CoverageFuzz} instead of running it. */
final class Captured extends RuntimeException {

	static final String PROPERTY = "fuzz.capture";

	private static final long serialVersionUID = 1L;

	final transient Fuzz fuzz;
	final transient Path folder;
	final transient Fuzz.Parser parser;

	Captured(final Fuzz fuzz, final Path folder, final Fuzz.Parser parser) {
		super("captured");
		this.fuzz = fuzz;
		this.folder = folder;
		this.parser = parser;
	}
}
