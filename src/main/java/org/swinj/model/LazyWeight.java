package org.swinj.model;

import java.io.IOException;

/** A tensor inside a checkpoint whose numbers are read when they are asked for. */
public interface LazyWeight {

	/** Sizes, outermost first. */
	long[] shape();

	/**
	 * Reads the numbers, row-major whatever the strides in the file.
	 *
	 * @throws ModelFormatException if the file breaks off or the tensor would take far more memory
	 *           than the file
	 */
	Weight load() throws IOException;
}
