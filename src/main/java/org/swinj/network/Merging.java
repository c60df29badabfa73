package org.swinj.network;

import java.util.Locale;

/**
 * The order in which patch merging concatenates the eight strided sub-grids of a feature map. The
 * state-dict keys and shapes are the same for all, so every model file records its order.
 */
public enum Merging {

	/** MONAI "merging" up to 1.4.0, with 010 and 001 twice; all published weights use it. */
	LEGACY("legacy", "000 100 010 001 101 010 001 111"),

	/** MONAI "merging" since 1.5.0. */
	MONAI_1_5("monai1.5", "000 100 010 001 110 101 011 111"),

	/** MONAI "mergingv2". */
	V2("v2", "000 001 010 011 100 101 110 111");

	private final String id;
	private final int[][] offsets;

	Merging(final String id, final String order) {
		this.id = id;
		final String[] parts = order.split(" ");
		offsets = new int[parts.length][3];
		for (int i = 0; i < parts.length; i++)
			for (int axis = 0; axis < 3; axis++)
				offsets[i][axis] = parts[i].charAt(axis) - '0';
	}

	/** The name used in model files and as a command option. */
	public String id() {
		return id;
	}

	/** Start of each of the eight sub-grids along (D, H, W), in concatenation order. */
	int[][] offsets() {
		return offsets;
	}

	/** @throws IllegalArgumentException if no order has this name */
	public static Merging of(final String id) {
		for (final Merging m : values())
			if (m.id.equals(id.trim().toLowerCase(Locale.ROOT))) return m;
		throw new IllegalArgumentException("Unknown merging order \"" + id
			+ "\": use legacy, monai1.5 or v2.");
	}
}
