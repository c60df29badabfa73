package org.swinj.workflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.swinj.data.Case;
import org.swinj.data.Dataset;
import org.swinj.data.FormatException;
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
 */
record LabelledVolumes(List<TrainingVolume> training, List<TrainingVolume> validation) {

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
		if (training.stream().noneMatch(v -> v.has(1, dataset.labels().classes())))
			throw new FormatException("None of the " + split.training().size()
				+ " training cases has a voxel of any class besides the background.");
		return new LabelledVolumes(List.copyOf(training), List.copyOf(validation));
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
