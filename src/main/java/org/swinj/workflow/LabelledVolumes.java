package org.swinj.workflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.swinj.data.Blocks;
import org.swinj.data.Case;
import org.swinj.data.Dataset;
import org.swinj.data.FormatException;
import org.swinj.data.HeldPart;
import org.swinj.data.LabelMap;
import org.swinj.data.Plan;
import org.swinj.data.Split;
import org.swinj.data.TrainingVolume;
import org.swinj.data.TrainingVolumeReader;
import org.swinj.data.VolumeReader;
import org.swinj.progress.Progress;

/**
 * The labelled volumes of a run, in memory.
 *
 * @param training at least one
 * @param validation held back; may be empty
 * @param heldBack what these are: ids of cases, or where the slab of the only one lies
 */
record LabelledVolumes(List<TrainingVolume> training, List<TrainingVolume> validation,
	List<String> heldBack)
{

	/** Reads all cases of a split; every case must have as many channels as the first. */
	static LabelledVolumes read(final Dataset dataset, final Split split,
		final Plan plan, final VolumeReader reader, final long seed, final Progress progress)
		throws IOException
	{
		final List<Case> cases = new ArrayList<>(split.training());
		cases.addAll(split.validation());
		progress.stage("Reading " + cases.size() + (cases.size() == 1 ? " case" : " cases"));
		final List<TrainingVolume> training = new ArrayList<>();
		final List<TrainingVolume> validation = new ArrayList<>();
		int channels = 0; // of all cases
		for (int i = 0; i < cases.size(); i++) {
			progress.update(i, cases.size(), cases.get(i).id());
			progress.checkCancelled();
			final TrainingVolume volume = new TrainingVolumeReader(dataset, dataset.ignore(), channels,
				seed, reader, progress).read(cases.get(i), plan.intensity(), plan
				.spacing(), plan.unit());
			channels = volume.channels();
			if (!volume.isAnnotated()) progress.warn("Case " + volume.id()
				+ " has no annotated voxel and is left out.");
			else (i < split.training().size() ? training : validation).add(volume);
		}
		final LabelledVolumes volumes = new LabelledVolumes(List.copyOf(training), List.copyOf(
			validation), validation.stream().map(TrainingVolume::id).toList());
		volumes.checkClasses(split, dataset, progress);
		volumes.checkLeak(progress);
		return volumes;
	}

	/**
	 * The same with a slab of all volumes held back, as there is no other subject; unchanged if labels are
	 * few or a class would be missed.
	 *
	 * @param share of the voxels to hold back
	 */
	LabelledVolumes holdingBack(final double share, final long seed, final Progress progress) {
		final boolean sparse = HeldPart.isSparse(training);
		final HeldPart part = sparse ? null : HeldPart.of(training, share);
		if (part == null) {
			progress.info("One subject, " + (sparse ? "annotated in places" : "and any part of it is the better "
				+ "part of a class") + ": all of it is trained on, and nothing is held back to judge by");
			return this;
		}
		final String where = part.describe(training.get(0)) + " of \"" + training.get(0).id() + "\"";
		progress.info("One subject: " + where
			+ " are held back to judge the training; validation=0 trains on all of it");
		final Random random = new Random(seed);
		return new LabelledVolumes(training.stream().map(v -> part.of(v, false, random)).toList(), training
			.stream().map(v -> part.of(v, true, random)).filter(TrainingVolume::isAnnotated).toList(), List.of(where));
	}

	/** There must be two classes to tell apart, and those that are never seen are told. */
	private void checkClasses(final Split split, final Dataset dataset, final Progress progress)
		throws FormatException
	{
		final LabelMap labels = dataset.labels();
		if (training.isEmpty()) throw new FormatException("None of the " + split.training().size()
			+ " training cases has an annotated voxel: all have the ignored label " + dataset.ignore()
			+ ".");
		final List<Integer> seen = new ArrayList<>();
		for (int c = 0; c < labels.classes(); c++) {
			final int index = c;
			if (training.stream().anyMatch(v -> v.has(index))) seen.add(c);
		}
		if (seen.equals(List.of(0))) throw new FormatException("None of the " + split.training().size()
			+ " training cases has a voxel of any class besides the background.");
		if (seen.size() == 1) throw new FormatException("All annotated voxels of the " + split.training()
			.size() + " training cases have the value " + labels.valueOf(seen.get(0))
			+ ": there is nothing to tell apart.");
		for (int c = 1; c < labels.classes(); c++)
			if (!seen.contains(c)) progress.warn("No training case has a voxel of class " + labels.valueOf(c)
				+ " (" + labels.names().get(c) + "): it will not be found.");
	}

	/** Tells of images that are trained on and held back, but for the blocks that one is cut into. */
	private void checkLeak(final Progress progress) {
		for (final TrainingVolume held : validation)
			for (final TrainingVolume known : training)
				if (held.isSameImage(known) && !Blocks.isOf(held.id(), known.id())) progress.warn("Case " + held.id()
					+ ", which is held back, has the same image as case " + known.id()
					+ ", which is trained on: the Dice of the validation is better than on new images.");
	}

	/** The volumes in plain words. */
	String describe() {
		return training.size() + (training.size() == 1 ? " case" : " cases") + " to train on, "
			+ validation.size() + " held back, " + channels() + (channels() == 1 ? " channel"
				: " channels");
	}

	/** Tells these volumes from others by their names and sizes. */
	String identity() {
		final StringBuilder text = new StringBuilder();
		for (final TrainingVolume v : training)
			text.append(v.id()).append(Arrays.toString(v.size()));
		return training.size() + "-" + Integer.toHexString(text.toString().hashCode());
	}

	int channels() {
		return training.get(0).channels();
	}

	/** Median voxel size of the training volumes along X, Y, Z. */
	double[] spacing() {
		final double[] median = new double[3];
		for (int axis = 0; axis < 3; axis++) {
			final int a = axis;
			median[axis] = training.stream().mapToDouble(v -> v.spacing()[a]).sorted().skip(training
				.size() / 2).findFirst().orElseThrow();
		}
		return median;
	}

	boolean isOriented() {
		return training.get(0).geometry().isOriented();
	}

	String unit() {
		return training.get(0).geometry().unit();
	}
}
