package org.swinj.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What was decided from the data before training.
 *
 * @param patch edge lengths X, Y, Z of training crops and windows, multiples of 32
 * @param featureSize channels of the patch embedding
 * @param window edge of an attention window in tokens
 * @param batch crops in a step
 * @param steps optimiser steps when no time budget is given
 * @param foreground share of the crops centred on a foreground class
 * @param intensity how intensities are normalised
 */
public record Plan(int[] patch, int featureSize, int window, int batch, int steps,
	double foreground, Intensity intensity)
{

	/** Label-free normalisation that suits every kind of volume. */
	public static final Intensity INTENSITY = Intensity.zScore();

	private static final int UNIT = 32;
	private static final int MAX_EDGE = 96;
	private static final long MAX_VOXELS = 64 * 64 * 64;

	/**
	 * The recommended plan for volumes of these sizes (X, Y, Z).
	 *
	 * @param sizes of all training volumes, at least one
	 */
	public static Plan of(final List<long[]> sizes) {
		final int[] patch = new int[3];
		for (int axis = 0; axis < 3; axis++) {
			final int a = axis;
			final long[] lengths = sizes.stream().mapToLong(s -> s[a]).sorted().toArray();
			final double median = lengths[lengths.length / 2];
			patch[axis] = (int) Math.max(1, Math.min(MAX_EDGE / UNIT, Math.round(median / UNIT))) * UNIT;
		}
		while ((long) patch[0] * patch[1] * patch[2] > MAX_VOXELS) {
			int longest = 0;
			for (int axis = 1; axis < 3; axis++)
				if (patch[axis] > patch[longest]) longest = axis;
			patch[longest] -= UNIT;
		}
		return new Plan(patch, 24, window(patch), 1, 4000, 0.6, INTENSITY);
	}

	/** The same plan with other crops, and the window that fits them. */
	public Plan withPatch(final int... edges) {
		return new Plan(edges.clone(), featureSize, window(edges), batch, steps, foreground, intensity);
	}

	/** The same plan with another network width. */
	public Plan withFeatureSize(final int channels) {
		return new Plan(patch, channels, window, batch, steps, foreground, intensity);
	}

	/** The same plan with another attention window. */
	public Plan withWindow(final int edge) {
		return new Plan(patch, featureSize, edge, batch, steps, foreground, intensity);
	}

	/** The same plan with another number of crops in a step. */
	public Plan withBatch(final int crops) {
		return new Plan(patch, featureSize, window, crops, steps, foreground, intensity);
	}

	/** The same plan with another normalisation. */
	public Plan withIntensity(final Intensity other) {
		return new Plan(patch, featureSize, window, batch, steps, foreground, other);
	}

	/** The plan in plain words. */
	public String describe() {
		return String.format(Locale.ROOT, "Crops of %d × %d × %d voxels, %d in a step", patch[0],
			patch[1], patch[2], batch);
	}

	/** Edges as "96" or "64,64,32". */
	public static int[] parsePatch(final String text) {
		final String[] parts = text.trim().split("\\s*[,x]\\s*");
		final int[] patch = new int[3];
		for (int axis = 0; axis < 3; axis++) {
			final String part = parts.length == 1 ? parts[0] : axis < parts.length ? parts[axis] : "";
			if (!part.matches("\\d{1,4}") || parts.length != 1 && parts.length != 3)
				throw new IllegalArgumentException("patch must be one number or three, as in 96 or 64,64,32,"
					+ " not \"" + text + "\".");
			patch[axis] = Integer.parseInt(part);
			if (patch[axis] == 0 || patch[axis] % UNIT != 0) throw new IllegalArgumentException(
				"patch edges must be multiples of " + UNIT + ", not " + patch[axis] + ".");
		}
		return patch;
	}

	/**
	 * A window that divides the token grids (patch / 2) of the first stages, so that no padding is
	 * computed: 8 or 4 for edges of 64 or 32, 6 for multiples of 96.
	 */
	private static int window(final int[] patch) {
		return Arrays.stream(patch).allMatch(edge -> edge % 96 == 0) ? 6 : 4;
	}
}
