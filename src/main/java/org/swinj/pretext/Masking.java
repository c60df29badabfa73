package org.swinj.pretext;

import java.util.Locale;

/** Which part of a crop is hidden from the network. */
public enum Masking {

	/** A share of the cells of a regular grid. */
	GRID,

	/** Random boxes, filled with noise and with parts of other crops, as the published code does. */
	CUT_OUT;

	/** The name used in settings. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}
}
