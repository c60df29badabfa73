package org.swinj.data;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A slab of the volumes of one subject whose labels are held back where no other subject is there to
 * judge by: the one that judges most classes without holding back the better part of any, a
 * thick one rather than a thin one.
 *
 * @param axis across which the slab lies: 0, 1, 2 for X, Y, Z
 * @param part which of the slabs, from 0
 * @param count of slabs
 */
public record HeldPart(int axis, int part, int count) {

	private static final int THIN = 6; // planes
	private static final int FINEST = 4; // times as many slabs as asked for
	private static final double MOST = 0.5; // of the voxels of a class may be held back
	private static final double FEW = 0.25; // of all voxels are annotated: labels are too dear to hold back
	private static final double LITTLE = 0.25; // of an equal share; less does not judge a class

	/**
	 * Chooses.
	 *
	 * @param volumes of one subject
	 * @param share of the voxels to hold back, above 0, at most 0.9
	 * @return {@code null} if a class would be missed whatever is held back
	 */
	public static HeldPart of(final List<TrainingVolume> volumes, final double share) {
		final int slabs = (int) Math.max(2, Math.round(1 / share));
		Candidate best = null;
		for (int count = slabs; count <= FINEST * slabs; count *= 2)
			for (int axis = 0; axis < 3; axis++) {
				final int a = axis;
				final int thick = THIN * count;
				if (volumes.stream().anyMatch(v -> v.size()[a] < thick)) continue;
				final long[][] voxels = voxels(volumes, axis, count);
				for (int part = 0; part < count; part++) {
					final Candidate next = Candidate.of(new HeldPart(axis, part, count), voxels);
					if (next != null && (best == null || next.isBetterThan(best))) best = next;
				}
			}
		return best == null ? null : best.part();
	}

	/** Whether labels are few, as those of some slices or scribbles are, so that all should be trained on. */
	public static boolean isSparse(final List<TrainingVolume> volumes) {
		long annotated = 0;
		long all = 0;
		for (final TrainingVolume volume : volumes)
			for (final short label : volume.labels()) {
				all++;
				if (label != TrainingVolume.UNLABELLED) annotated++;
			}
		return annotated < FEW * all;
	}

	/** Annotated voxels of each class in each slab. */
	private static long[][] voxels(final List<TrainingVolume> volumes, final int axis,
		final int count)
	{
		final long[][] voxels = new long[volumes.get(0).classes()][count];
		for (final TrainingVolume volume : volumes) {
			final int[] size = volume.size();
			final short[] labels = volume.labels();
			final int stride = axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
			for (int i = 0; i < labels.length; i++)
				if (labels[i] >= 0) voxels[labels[i]][(int) ((long) (i / stride % size[axis]) * count
					/ size[axis])]++;
		}
		return voxels;
	}

	/** What is left to train on, or with {@code held} what is held back: the same image, fewer labels. */
	public TrainingVolume of(final TrainingVolume volume, final boolean held,
		final RandomGenerator random)
	{
		return volume.labelledIn(held ? Blocks.name(volume.id(), part) : volume.id(), axis, first(volume),
			end(volume), held, random);
	}

	/** Where it lies, as in "planes 41 to 60 of 100 across Z". */
	public String describe(final TrainingVolume volume) {
		return "planes " + (first(volume) + 1) + " to " + end(volume) + " of " + volume.size()[axis]
			+ " across " + "XYZ".charAt(axis);
	}

	private int first(final TrainingVolume volume) {
		return plane(part, volume.size()[axis]);
	}

	private int end(final TrainingVolume volume) {
		return plane(part + 1, volume.size()[axis]);
	}

	/** First plane of a slab. */
	private int plane(final int slab, final int length) {
		return (slab * length + count - 1) / count;
	}

	/**
	 * A slab that leaves enough of every class.
	 *
	 * @param classes besides the background that can be judged by it
	 * @param unevenness how far all classes are from an equal share
	 */
	private record Candidate(HeldPart part, int classes, double unevenness) {

		static Candidate of(final HeldPart part, final long[][] voxels) {
			final double equal = 1.0 / part.count();
			int present = 0;
			double sum = 0;
			for (int c = 0; c < voxels.length; c++) {
				final long all = Arrays.stream(voxels[c]).sum();
				if (all == 0) continue;
				final double inside = (double) voxels[c][part.part()] / all;
				if (inside > MOST) return null;
				if (c > 0 && inside > LITTLE * equal) present++;
				sum += Math.abs(inside - equal);
			}
			return present == 0 ? null : new Candidate(part, present, sum);
		}

		/** By more classes, else as thicker, else as more even. */
		boolean isBetterThan(final Candidate other) {
			if (classes != other.classes) return classes > other.classes;
			if (part.count() != other.part.count()) return part.count() < other.part.count();
			return unevenness < other.unevenness;
		}
	}
}
