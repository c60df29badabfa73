package org.swinj.workflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.view.Views;

import org.swinj.backend.Backend;
import org.swinj.data.TrainingVolume;
import org.swinj.inference.ArgMaxSink;
import org.swinj.inference.ImageSource;
import org.swinj.inference.SlidingWindow;
import org.swinj.inference.WindowSettings;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/** Dice on held-back volumes, predicted by sliding windows as Segment does it. */
final class Validation {

	private static final double OVERLAP = 0.5;
	private static final int QUICK_VOLUMES = 8;
	private static final int QUICK_PATCHES = 2; // per axis

	private final List<TrainingVolume> volumes;
	private final int classes;
	private int[] patch;
	private final Backend backend;
	private final Progress progress;

	/** @param volumes at least one */
	Validation(final List<TrainingVolume> volumes, final int classes, final int[] patch,
		final Backend backend, final Progress progress)
	{
		this.volumes = volumes;
		this.classes = classes;
		this.patch = patch;
		this.backend = backend;
		this.progress = progress;
	}

	/** Predicts in other windows from now on. */
	void usePatch(final int[] edges) {
		patch = edges;
	}

	/** Dice of each foreground class, mean over all volumes, whole. NaN for a class that none has. */
	double[] dice(final SwinUnetr network) throws IOException {
		final List<double[]> scores = new ArrayList<>();
		for (final TrainingVolume volume : volumes) {
			progress.update(scores.size(), volumes.size(), volume.id());
			scores.add(dice(network, volume, new int[3], volume.size()));
		}
		return mean(scores);
	}

	/** The same for blocks of two patches an axis in the middle of the foreground of a few volumes. */
	double[] quickDice(final SwinUnetr network) throws IOException {
		final List<double[]> scores = new ArrayList<>();
		for (final TrainingVolume volume : volumes.subList(0, Math.min(QUICK_VOLUMES, volumes
			.size())))
		{
			final int[] size = new int[3];
			final int[] origin = new int[3];
			final int[] middle = volume.middleOfForeground();
			for (int axis = 0; axis < 3; axis++) {
				size[axis] = Math.min(volume.size()[axis], QUICK_PATCHES * patch[axis]);
				origin[axis] = Math.max(0, Math.min(volume.size()[axis] - size[axis], middle[axis]
					- size[axis] / 2));
			}
			scores.add(dice(network, volume, origin, size));
		}
		return mean(scores);
	}

	private double[] dice(final SwinUnetr network, final TrainingVolume volume, final int[] origin,
		final int[] size) throws IOException
	{
		progress.checkCancelled();
		final ArgMaxSink predicted = new ArgMaxSink(size[2], size[1], size[0]);
		final int[] window = { patch[2], patch[1], patch[0] };
		final FinalInterval block = FinalInterval.createMinSize(origin[0], origin[1], origin[2], 0,
			size[0], size[1], size[2], volume.channels());
		new SlidingWindow(WindowSettings.of(window, OVERLAP), new QuietProgress(progress)).run(
			new ImageSource(Views.zeroMin(Views.interval(volume.image(), block))), new NetworkPredictor(
				network, backend, patch), classes, predicted);
		final long[][] counts = new long[classes][3]; // both, predicted, reference
		for (int z = 0; z < size[2]; z++) {
			final short[] plane = predicted.labels().getPlane(z).getCurrentStorageArray();
			for (int i = 0; i < plane.length; i++) {
				final short truth = volume.label(origin[0] + i % size[0], origin[1] + i / size[0], origin[2]
					+ z);
				if (truth == TrainingVolume.UNLABELLED) continue;
				if (truth == plane[i]) counts[truth][0]++;
				counts[plane[i]][1]++;
				counts[truth][2]++;
			}
		}
		final double[] dice = new double[classes];
		for (int c = 0; c < classes; c++)
			dice[c] = counts[c][2] == 0 ? Double.NaN : 2.0 * counts[c][0] / (counts[c][1] + counts[c][2]);
		return dice;
	}

	/** Mean over volumes for each class from 1 on. */
	private double[] mean(final List<double[]> scores) {
		final double[] mean = new double[classes - 1];
		for (int c = 1; c < classes; c++) {
			final int at = c;
			mean[c - 1] = average(scores.stream().mapToDouble(s -> s[at]).toArray());
		}
		return mean;
	}

	/** Mean over the values that are numbers. */
	static double average(final double[] scores) {
		return Arrays.stream(scores).filter(s -> !Double.isNaN(s)).average().orElse(Double.NaN);
	}
}
