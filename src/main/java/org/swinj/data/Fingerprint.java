package org.swinj.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import org.swinj.progress.Progress;

/**
 * What a set of labelled volumes has in common; decides voxel size, crops and intensities of a
 * training. The rules for the voxel size and for CT are those of nnU-Net (Isensee 2021).
 *
 * @param cases number of volumes
 * @param spacing voxel size along X, Y, Z (in RAS where known) that suits all: the median, but
 *          along an axis that is much coarser than the others the 10th percentile
 * @param unit of the voxel size; {@code pixel} if no length is known or the volumes do not agree
 * @param uniform whether all voxel sizes are within 5 % of that one
 * @param size median voxels along X, Y, Z once resampled to that voxel size
 * @param foreground share of the annotated voxels that are not background
 * @param ct whether the intensities are those of CT, which mean the same in every volume
 * @param intensity how to normalise them
 * @param oriented whether X, Y, Z are the same directions in all volumes, as in scans of a body
 * @param twins along which axes classes change places in a mirror image, in most volumes
 * @param across axis across which voxels keep their length, as single slices are annotated; -1 for none
 * @param survival mean Dice of labels brought to larger voxels and back, for each of a few sizes
 */
public record Fingerprint(int cases, double[] spacing, String unit, boolean uniform, double[] size,
	double foreground, boolean ct, Intensity intensity, boolean oriented, boolean[] twins,
	int across, double[] survival)
{

	/** An axis this many times coarser than the others is coarse. */
	private static final double COARSE = 3;
	private static final double UNIFORM = 0.05;
	private static final double CT_AIR = -150;
	private static final double WHOLE_SHARE = 0.95;
	private static final double LOWEST = 0.5, HIGHEST = 99.5; // percentiles of the foreground

	/**
	 * Reads the cases to train on, one after the other.
	 *
	 * @param cases at least one
	 * @param ignore label value of voxels that nobody annotated, -1 for none
	 * @throws FormatException if a case cannot be read, or image and labels differ in size
	 */
	public static Fingerprint of(final Dataset dataset, final List<Case> cases, final int ignore,
		final VolumeReader reader, final Progress progress) throws IOException
	{
		progress.stage("Looking at the data");
		final CaseCheck check = new CaseCheck(dataset, 0, Progress.silent());
		final List<CaseFacts> facts = new ArrayList<>();
		for (final Case c : cases) {
			progress.update(facts.size(), cases.size(), c.id());
			progress.checkCancelled();
			final Volume image = reader.read(c.image());
			final Volume labels = reader.readLabels(c.labels());
			check.check(c.id(), image, labels);
			facts.add(CaseFacts.of(image, dataset.labels().classesOf(labels, ignore), ignore, c.id()
				.hashCode()));
		}
		return of(facts, dataset.channels());
	}

	/** @param channels names of the channels where known; CT and MR are believed */
	static Fingerprint of(final List<CaseFacts> facts, final List<String> channels) {
		final boolean comparable = facts.stream().map(f -> f.grid().geometry().unit()).distinct()
			.count() == 1;
		final double[] spacing = comparable ? spacing(facts) : new double[] { 1, 1, 1 };
		final double[] size = new double[3];
		boolean uniform = true;
		for (int axis = 0; axis < 3; axis++) {
			final int a = axis;
			size[axis] = median(facts, f -> f.grid().size()[a] * (comparable ? f.grid().geometry()
				.spacing()[a] / spacing[a] : 1));
			uniform &= !comparable || facts.stream().allMatch(f -> Math.abs(f.grid().geometry().spacing()[a]
				/ spacing[a] - 1) <= UNIFORM);
		}
		final boolean ct = isCt(facts, channels);
		final long annotated = facts.stream().mapToLong(CaseFacts::annotated).sum();
		final long inside = facts.stream().mapToLong(CaseFacts::inside).sum();
		return new Fingerprint(facts.size(), spacing, comparable ? facts.get(0).grid().geometry().unit()
			: LengthUnit.PIXEL.symbol(), uniform, size, annotated == 0 ? 0 : (double) inside / annotated, ct,
			ct ? ctIntensity(facts) : Intensity.zScore(), facts.stream().allMatch(f -> f.grid().geometry()
				.isOriented()), twins(facts), across(facts), survival(facts));
	}

	/** The volumes in plain words. */
	public String describe() {
		final StringBuilder mirrored = new StringBuilder();
		for (int axis = 0; axis < 3; axis++)
			if (twins[axis]) mirrored.append(mirrored.isEmpty() ? ", classes change places when mirrored along "
				: " and ").append("XYZ".charAt(axis));
		return String.format(Locale.ROOT,
			"%d %s, voxels of %.3g × %.3g × %.3g %s%s, median size %.0f × %.0f × %.0f, " +
				"%.2g %% of the voxels are of a class, %s%s", cases, cases == 1 ? "case" : "cases", spacing[0],
			spacing[1], spacing[2], unit, uniform ? "" : " after resampling", size[0], size[1], size[2], 100 *
				foreground, ct ? "CT" : "no CT", mirrored);
	}

	/**
	 * The same data brought to another voxel size.
	 *
	 * @param other along X, Y, Z, in {@link #unit}
	 * @throws IllegalArgumentException if a length is not positive
	 */
	public Fingerprint at(final double[] other) {
		final double[] scaled = new double[3];
		for (int axis = 0; axis < 3; axis++) {
			if (!(other[axis] > 0)) throw new IllegalArgumentException(
				"voxel_size must be positive, but is " + other[axis] + " along " + "XYZ".charAt(axis) + ".");
			scaled[axis] = size[axis] * spacing[axis] / other[axis];
		}
		return new Fingerprint(cases, other.clone(), unit, false, scaled, foreground, ct, intensity,
			oriented, twins, across, survival);
	}

	private static boolean[] twins(final List<CaseFacts> facts) {
		final boolean[] twins = new boolean[3];
		for (int axis = 0; axis < 3; axis++) {
			final int a = axis;
			twins[axis] = 2 * facts.stream().filter(f -> f.twins()[a]).count() > facts.size();
		}
		return twins;
	}

	private static int across(final List<CaseFacts> facts) {
		return facts.stream().mapToInt(CaseFacts::across).max().orElseThrow();
	}

	/** Zeros where single slices are annotated across several axes. */
	private static double[] survival(final List<CaseFacts> facts) {
		final double[] mean = new double[facts.get(0).survival().length];
		if (facts.stream().mapToInt(CaseFacts::across).filter(axis -> axis >= 0).distinct().count() > 1)
			return mean;
		for (final CaseFacts f : facts)
			for (int i = 0; i < mean.length; i++)
				mean[i] += f.survival()[i] / facts.size();
		return mean;
	}

	private static double[] spacing(final List<CaseFacts> facts) {
		final double[] target = new double[3];
		final double[] voxels = new double[3];
		for (int axis = 0; axis < 3; axis++) {
			final int a = axis;
			target[axis] = median(facts, f -> f.grid().geometry().spacing()[a]);
			voxels[axis] = median(facts, f -> f.grid().size()[a]);
		}
		int coarse = 0;
		for (int axis = 1; axis < 3; axis++)
			if (target[axis] > target[coarse]) coarse = axis;
		final int b = (coarse + 1) % 3, c = (coarse + 2) % 3;
		final double finer = Math.max(target[b], target[c]);
		final boolean few = voxels[coarse] * COARSE < Math.min(voxels[b], voxels[c]);
		if (target[coarse] > COARSE * finer && few) {
			final int axis = coarse;
			target[coarse] = Math.max(finer, percentile(facts, f -> f.grid().geometry().spacing()[axis],
				10));
		}
		return target;
	}

	/** By the names of the channels, else by whole numbers that reach down to those of air. */
	private static boolean isCt(final List<CaseFacts> facts, final List<String> channels) {
		final List<String> names = channels.stream().map(n -> n.trim().toUpperCase(Locale.ROOT)).toList();
		if (!names.isEmpty() && names.stream().allMatch("CT"::equals)) return hasForeground(facts);
		if (names.stream().anyMatch(n -> n.matches("MR.*|T[12].*|FLAIR|PET"))) return false;
		for (final CaseFacts f : facts) {
			final float[] values = f.all();
			int whole = 0;
			for (final float v : values)
				if (v == Math.rint(v)) whole++;
			if (values.length == 0 || VoxelSample.percentile(values, LOWEST) > CT_AIR
				|| whole < WHOLE_SHARE * values.length) return false;
		}
		return hasForeground(facts);
	}

	private static boolean hasForeground(final List<CaseFacts> facts) {
		return facts.stream().anyMatch(f -> f.foreground().length > 0);
	}

	/** Clip to nearly all of the foreground, then standardise by it. */
	private static Intensity ctIntensity(final List<CaseFacts> facts) {
		final int most = facts.stream().mapToInt(f -> f.foreground().length).sum();
		final float[] all = new float[most];
		int at = 0;
		for (final CaseFacts f : facts) {
			System.arraycopy(f.foreground(), 0, all, at, f.foreground().length);
			at += f.foreground().length;
		}
		Arrays.sort(all);
		final double lower = VoxelSample.percentile(all, LOWEST);
		final double upper = VoxelSample.percentile(all, HIGHEST);
		if (!(lower < upper)) return Intensity.zScore();
		double mean = 0, square = 0;
		for (final float v : all)
			mean += Math.max(lower, Math.min(upper, v)) / all.length;
		for (final float v : all)
			square += Math.pow(Math.max(lower, Math.min(upper, v)) - mean, 2) / all.length;
		return Intensity.clipZScore(lower, upper, mean, Math.sqrt(square));
	}

	private static double median(final List<CaseFacts> facts,
		final ToDoubleFunction<CaseFacts> value)
	{
		return percentile(facts, value, 50);
	}

	private static double percentile(final List<CaseFacts> facts,
		final ToDoubleFunction<CaseFacts> value, final double percent)
	{
		final double[] sorted = facts.stream().mapToDouble(value).sorted().toArray();
		final double at = percent / 100 * (sorted.length - 1);
		final int below = (int) at;
		return below + 1 == sorted.length ? sorted[below] : sorted[below] + (at - below) * (sorted[below
			+ 1] - sorted[below]);
	}
}
