package org.swinj.workflow;

import java.io.IOException;
import java.util.List;

import org.swinj.backend.Backend;
import org.swinj.data.TrainingVolume;
import org.swinj.inference.ArgMaxSink;
import org.swinj.inference.ImageSource;
import org.swinj.inference.SlidingWindow;
import org.swinj.inference.WindowSettings;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/** Dice on whole held-back volumes, predicted by sliding windows as Segment does it. */
final class Validation {

	private static final double OVERLAP = 0.5;

	private final List<TrainingVolume> volumes;
	private final int classes;
	private final int[] patch;
	private final Backend backend;
	private final Progress progress;

	Validation(final List<TrainingVolume> volumes, final int classes, final int[] patch,
		final Backend backend, final Progress progress)
	{
		this.volumes = volumes;
		this.classes = classes;
		this.patch = patch;
		this.backend = backend;
		this.progress = progress;
	}

	/**
	 * Mean Dice of each foreground class over the first volumes.
	 *
	 * @param limit number of volumes at most
	 * @return one value per class from 1, NaN for a class that no volume has
	 */
	double[] dice(final SwinUnetr network, final int limit) throws IOException {
		final double[] sum = new double[classes];
		final int[] count = new int[classes];
		for (final TrainingVolume volume : volumes.subList(0, Math.min(limit, volumes.size()))) {
			progress.checkCancelled();
			final double[] scores = dice(network, volume);
			for (int c = 1; c < classes; c++)
				if (!Double.isNaN(scores[c])) {
					sum[c] += scores[c];
					count[c]++;
				}
		}
		final double[] mean = new double[classes - 1];
		for (int c = 1; c < classes; c++)
			mean[c - 1] = sum[c] / count[c];
		return mean;
	}

	private double[] dice(final SwinUnetr network, final TrainingVolume volume) throws IOException {
		final int[] size = volume.size();
		final ArgMaxSink predicted = new ArgMaxSink(size[2], size[1], size[0]);
		final int[] window = { patch[2], patch[1], patch[0] };
		new SlidingWindow(WindowSettings.of(window, OVERLAP), new QuietProgress(progress)).run(
			new ImageSource(volume.image()), new NetworkPredictor(network, backend, patch), classes, predicted);
		final long[][] counts = new long[classes][3]; // both, predicted, reference
		for (int z = 0; z < size[2]; z++) {
			final short[] plane = predicted.labels().getPlane(z).getCurrentStorageArray();
			for (int i = 0; i < plane.length; i++) {
				final short truth = volume.label(z * plane.length + i);
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

	/** Mean over the classes that occur. */
	static double mean(final double[] scores) {
		return java.util.Arrays.stream(scores).filter(s -> !Double.isNaN(s)).average().orElse(
			Double.NaN);
	}
}
