package org.swinj.data;

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
 * @param spacing voxel size along X, Y, Z that volumes are brought to, in {@code unit}
 * @param unit {@code pixel} if volumes keep the voxels they have
 */
public record Plan(int[] patch, int featureSize, int window, int batch, int steps,
	double foreground, Intensity intensity, double[] spacing, String unit)
{

	/** Label-free normalisation that suits every kind of volume. */
	public static final Intensity INTENSITY = Intensity.zScore();

	static final int UNIT = 32;
	private static final int MAX_EDGE = 96;
	private static final long MAX_VOXELS = 64 * 64 * 64;

	/** Room for 96 × 96 × 32, which suits thick slices. */
	private static final long MAX_THIN_VOXELS = 96 * 96 * 32;

	/** As published, for devices that have the time. */
	private static final long MANY_VOXELS = 96 * 96 * 96;

	private static final int[] WINDOWS = { 4, 6 };
	private static final int STAGES = 4;
	private static final int MANY_FEATURES = 48; // as published
	private static final int FEATURES = 24;
	private static final int FEW_FEATURES = 12;
	private static final double RATE = 5e-4;
	private static final double NARROW_RATE = 3e-3;

	/** Logits that tell many classes apart are large, and weights grow by about the rate in a step. */
	private static final double MANY_CLASSES_RATE = 1e-2;
	private static final int STEPS = 4000;

	/** Share of a volume that a crop should show, as nnU-Net has it (Isensee 2021). */
	private static final double SHOWN = 0.25;
	private static final double SURVIVING = 0.88; // Dice of labels in larger voxels

	/** Voxels of crops that a core learns from in a second, at the usual width. */
	private static final double VOXELS_A_SECOND = 65_000;

	/** Of fewer steps a narrow network, which makes twice as many or more, makes more (docs/results.md). */
	private static final int FEW_STEPS = 100;

	private static final int MANY_CLASSES = 16;
	private static final double NEARLY_ALL = 0.9;
	private static final double SURVIVING_WELL_ENOUGH = 0.8;
	private static final double FOREGROUND = 0.6;

	/** Random crops of volumes with this much foreground show enough of it. */
	private static final double DENSE = 0.2;
	private static final double DENSE_FOREGROUND = 0.33;

	/**
	 * The recommended plan for volumes of these sizes (X, Y, Z).
	 *
	 * @param sizes of all training volumes, at least one
	 */
	public static Plan of(final List<long[]> sizes) {
		final double[] median = new double[3];
		for (int axis = 0; axis < 3; axis++) {
			final int a = axis;
			final long[] lengths = sizes.stream().mapToLong(s -> s[a]).sorted().toArray();
			median[axis] = lengths[lengths.length / 2];
		}
		final int[] patch = patch(median, new double[] { 1, 1, 1 }, MAX_VOXELS);
		return new Plan(patch, FEATURES, window(patch), 1, STEPS, FOREGROUND, INTENSITY, new double[] { 1,
			1, 1 }, LengthUnit.PIXEL.symbol());
	}

	/**
	 * The recommended plan for volumes like these on a processor; volumes of uniform voxels keep them.
	 */
	public static Plan of(final Fingerprint data) {
		return of(data, MAX_THIN_VOXELS, FEATURES);
	}

	/** As {@link #of(Fingerprint)} for a GPU: crops and network up to those published. */
	public static Plan large(final Fingerprint data) {
		return of(data, MANY_VOXELS, MANY_FEATURES);
	}

	private static Plan of(final Fingerprint data, final long voxels, final int features) {
		final int[] patch = patch(data.size(), data.spacing(), voxels);
		return new Plan(patch, features, window(patch), 1, STEPS, data.foreground() < DENSE ? FOREGROUND
			: DENSE_FOREGROUND, data.intensity(), data.spacing(), data.uniform() ? LengthUnit.PIXEL.symbol()
				: data.unit());
	}

	/**
	 * The recommended plan for a processor that has time for a few hundred or thousand steps only: as
	 * {@link #of(Fingerprint)}, but in larger voxels where a crop shows little of a volume and the
	 * labels survive them. Many classes are told apart by their place, which only a crop of nearly the
	 * whole tells, as instance normalisation removes what all of a crop has in common; and they need
	 * many steps, so the network is narrow, as it is where time is short.
	 *
	 * @param classes including background
	 * @param seconds for training, times the cores that compute
	 */
	public static Plan quick(final Fingerprint data, final int classes, final double seconds) {
		final boolean known = LengthUnit.of(data.unit()) != LengthUnit.PIXEL;
		if (!isMany(classes)) {
			final Plan plan = of(known ? CoarserVoxels.of(data, MAX_THIN_VOXELS, SHOWN, SURVIVING) : data);
			final double voxels = plan.patch[0] * plan.patch[1] * plan.patch[2];
			return seconds * VOXELS_A_SECOND < FEW_STEPS * voxels ? plan.withFeatureSize(FEW_FEATURES) : plan;
		}
		return of(known ? CoarserVoxels.of(data, MAX_VOXELS, NEARLY_ALL, SURVIVING_WELL_ENOUGH) : data)
			.withFeatureSize(FEW_FEATURES);
	}

	/** Whether so many classes need other voxels and a narrow network. */
	public static boolean isMany(final int classes) {
		return classes > MANY_CLASSES;
	}

	/**
	 * Peak learning rate: narrow networks bear larger steps.
	 *
	 * @param classes including background
	 */
	public double rate(final int classes) {
		return featureSize >= FEATURES ? RATE : isMany(classes) ? MANY_CLASSES_RATE : NARROW_RATE;
	}

	/** The same plan with other crops, and the window that fits them. */
	public Plan withPatch(final int... edges) {
		return new Plan(edges.clone(), featureSize, window(edges), batch, steps, foreground, intensity,
			spacing, unit);
	}

	/** The same plan with another network width. */
	public Plan withFeatureSize(final int channels) {
		return new Plan(patch, channels, window, batch, steps, foreground, intensity, spacing,
			unit);
	}

	/** The same plan with another attention window. */
	public Plan withWindow(final int edge) {
		return new Plan(patch, featureSize, edge, batch, steps, foreground, intensity, spacing,
			unit);
	}

	/** The same plan with another number of crops in a step. */
	public Plan withBatch(final int crops) {
		return new Plan(patch, featureSize, window, crops, steps, foreground, intensity, spacing,
			unit);
	}

	/** The same plan with another normalisation. */
	public Plan withIntensity(final Intensity other) {
		return new Plan(patch, featureSize, window, batch, steps, foreground, other, spacing,
			unit);
	}

	/** The same plan with another share of crops on foreground. */
	public Plan withForeground(final double share) {
		return new Plan(patch, featureSize, window, batch, steps, share, intensity, spacing, unit);
	}

	/** The same plan with another voxel size; {@code pixel} leaves volumes as they are. */
	public Plan withSpacing(final double[] lengths, final String lengthUnit) {
		return new Plan(patch, featureSize, window, batch, steps, foreground, intensity, lengths,
			lengthUnit);
	}

	/** The same plan with another number of steps. */
	public Plan withSteps(final int count) {
		return new Plan(patch, featureSize, window, batch, count, foreground, intensity, spacing,
			unit);
	}

	/** Whether volumes keep the voxels they have. */
	public boolean keepsVoxels() {
		return LengthUnit.of(unit) == LengthUnit.PIXEL;
	}

	/** The plan in plain words. */
	public String describe() {
		final String crops = String.format(Locale.ROOT, "Crops of %d × %d × %d voxels, %d in a step",
			patch[0], patch[1], patch[2], batch);
		return keepsVoxels() ? crops : String.format(Locale.ROOT,
			"%s, of %.3g × %.3g × %.3g %s each", crops, spacing[0], spacing[1], spacing[2], unit);
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
	 * Edges up to about those of the volumes that come nearest to a cube (in lengths, not voxels) of
	 * the most voxels.
	 */
	private static int[] patch(final double[] size, final double[] spacing, final long most) {
		final int[] limit = new int[3];
		for (int axis = 0; axis < 3; axis++)
			limit[axis] = (int) Math.max(1, Math.min(MAX_EDGE / UNIT, Math.round(size[axis] / UNIT))) * UNIT;
		final double cube = Math.cbrt(most * spacing[0] * spacing[1] * spacing[2]);
		int[] best = { UNIT, UNIT, UNIT };
		double least = Double.POSITIVE_INFINITY;
		for (int x = UNIT; x <= limit[0]; x += UNIT)
			for (int y = UNIT; y <= limit[1]; y += UNIT)
				for (int z = UNIT; z <= limit[2]; z += UNIT) {
					final double voxels = (double) x * y * z;
					final double off = square(x * spacing[0] / cube) + square(y * spacing[1] / cube) + square(z *
						spacing[2] / cube) + square(voxels / most);
					if (voxels > most || off >= least - 1e-9) continue;
					least = off;
					best = new int[] { x, y, z };
				}
		return best;
	}

	private static double square(final double ratio) {
		return Math.log(ratio) * Math.log(ratio);
	}

	/** The window for which the least padding is computed: 4 for most edges, 6 for 96. */
	private static int window(final int[] patch) {
		int best = WINDOWS[0];
		for (final int window : WINDOWS)
			if (padding(patch, window) < padding(patch, best)) best = window;
		return best;
	}

	/**
	 * How many tokens windows add to those of a crop, all stages together. A stage has an eighth of
	 * the tokens of the one before, each of which costs four times as much.
	 */
	private static double padding(final int[] patch, final int window) {
		double padding = 0, weight = 1;
		for (int stage = 0, step = 2; stage < STAGES; stage++, step *= 2, weight *= 4) {
			double tokens = 1, padded = 1;
			for (final int edge : patch) {
				final int length = edge / step;
				tokens *= length;
				padded *= length <= window ? length : (length + window - 1) / window * window;
			}
			padding += weight * (padded - tokens);
		}
		return padding;
	}
}
