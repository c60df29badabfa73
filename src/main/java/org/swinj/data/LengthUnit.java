package org.swinj.data;

import java.util.Locale;
import java.util.Set;

/** Length units of voxel sizes and the many ways in which files spell them. */
enum LengthUnit {

	PIXEL("pixel", Double.NaN, "pixel", "pixels", "voxel", "voxels", "px", ""),
	NANOMETRE("nm", 1e-6, "nm", "nanometer", "nanometers", "nanometre", "nanometres"),
	MICROMETRE("µm", 1e-3, "\u00b5m", "\u03bcm", "\\u00b5m", "um", "micron", "microns", "micrometer",
		"micrometers", "micrometre", "micrometres"),
	MILLIMETRE("mm", 1, "mm", "millimeter", "millimeters", "millimetre", "millimetres"),
	CENTIMETRE("cm", 10, "cm", "centimeter", "centimeters", "centimetre", "centimetres"),
	METRE("m", 1000, "m", "meter", "meters", "metre", "metres"),
	INCH("inch", 25.4, "inch", "inches", "in", "\"");

	private final String symbol;
	private final double millimetres;
	private final Set<String> spellings;

	LengthUnit(final String symbol, final double millimetres, final String... spellings) {
		this.symbol = symbol;
		this.millimetres = millimetres;
		this.spellings = Set.of(spellings);
	}

	/** The spelling that {@link Geometry} uses. */
	String symbol() {
		return symbol;
	}

	/** Millimetres in one of this unit, NaN for pixels. */
	double millimetres() {
		return millimetres;
	}

	/** The unit spelled like this, or {@code null} for one that is not listed here. */
	static LengthUnit of(final String spelling) {
		final String key = spelling == null ? "" : spelling.trim().toLowerCase(Locale.ROOT);
		for (final LengthUnit unit : values())
			if (unit.spellings.contains(key)) return unit;
		return null;
	}

	/** How many of one unit another is, NaN if one of them is no length. */
	static double factor(final String from, final String to) {
		final LengthUnit a = of(from), b = of(to);
		if (a == null || b == null) return from.equals(to) ? 1 : Double.NaN;
		return a.millimetres / b.millimetres;
	}
}
