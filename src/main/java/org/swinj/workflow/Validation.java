package org.swinj.workflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import net.imglib2.FinalInterval;
import net.imglib2.view.Views;

import org.swinj.backend.Backend;
import org.swinj.data.TrainingVolume;
import org.swinj.inference.ArgMaxSink;
import org.swinj.inference.ImageSource;
import org.swinj.inference.SlidingWindow;
import org.swinj.inference.WindowGrid;
import org.swinj.inference.WindowSettings;
import org.swinj.inference.WindowSource;
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
	private PredictedBlock latest;

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

	/** Dice of each foreground class on all annotated voxels, mean over volumes. NaN for a class that none has. */
	double[] dice(final SwinUnetr network) throws IOException {
		final List<double[]> scores = new ArrayList<>();
		for (final TrainingVolume volume : volumes) {
			progress.update(scores.size(), volumes.size(), volume.id());
			scores.add(predict(network, new PredictedBlock(volume, new int[3], volume.size(), null), true).dice(
				classes));
		}
		return mean(scores);
	}

	/** The same for blocks of two patches an axis in the middle of the foreground of a few volumes. */
	double[] quickDice(final SwinUnetr network) throws IOException {
		final List<double[]> scores = new ArrayList<>();
		for (final TrainingVolume volume : quickVolumes()) {
			final PredictedBlock predicted = predict(network, middle(volume, QUICK_PATCHES), false);
			if (scores.isEmpty()) latest = predicted;
			scores.add(predicted.dice(classes));
		}
		return mean(scores);
	}

	/**
	 * About how many seconds a last {@link #quickDice} and {@link #dice} will take, by those of one
	 * window, of which the second is taken: the first one sets up much.
	 */
	double forecast(final SwinUnetr network) throws IOException {
		final PredictedBlock one = middle(volumes.get(0), 1);
		predict(network, one, false);
		final long begin = System.nanoTime();
		predict(network, one, false);
		final double seconds = (System.nanoTime() - begin) * 1e-9;
		long windows = 0;
		for (final TrainingVolume volume : volumes)
			windows += windows(new PredictedBlock(volume, new int[3], volume.size(), null), true);
		for (final TrainingVolume volume : quickVolumes())
			windows += windows(middle(volume, QUICK_PATCHES), false);
		return seconds * windows;
	}

	/** Windows that {@link #predict} looks at. */
	private long windows(final PredictedBlock block, final boolean annotated) {
		final int[] size = block.size();
		final WindowGrid grid = new WindowGrid(window(), new long[] { size[2], size[1], size[0] },
			OVERLAP);
		if (!annotated) return grid.count();
		final AnnotatedSource source = new AnnotatedSource(image(block), block);
		return LongStream.range(0, grid.count()).filter(i -> source.isAnnotated(grid.position(i),
			window())).count();
	}

	/** The block of the first volume that {@link #quickDice} looks at, without a prediction. */
	PredictedBlock firstBlock() {
		return middle(volumes.get(0), QUICK_PATCHES);
	}

	/** The same block as the network labels it now. */
	PredictedBlock predictFirst(final SwinUnetr network) throws IOException {
		return predict(network, firstBlock(), false);
	}

	/** The same block as {@link #quickDice} predicted it last. */
	PredictedBlock latest() {
		return latest;
	}

	private List<TrainingVolume> quickVolumes() {
		return volumes.subList(0, Math.min(QUICK_VOLUMES, volumes.size()));
	}

	/** @param patches along each axis */
	private PredictedBlock middle(final TrainingVolume volume, final int patches) {
		final int[] size = new int[3];
		final int[] origin = new int[3];
		final int[] middle = volume.middleOfForeground();
		for (int axis = 0; axis < 3; axis++) {
			size[axis] = Math.min(volume.size()[axis], patches * patch[axis]);
			origin[axis] = Math.max(0, Math.min(volume.size()[axis] - size[axis], middle[axis]
				- size[axis] / 2));
		}
		return new PredictedBlock(volume, origin, size, null);
	}

	/** @param annotated windows without an annotated voxel, which count for nothing, are left out */
	private PredictedBlock predict(final SwinUnetr network, final PredictedBlock block,
		final boolean annotated) throws IOException
	{
		progress.checkCancelled();
		final int[] size = block.size();
		final ArgMaxSink predicted = new ArgMaxSink(size[2], size[1], size[0]);
		final WindowSource image = image(block);
		new SlidingWindow(WindowSettings.of(window(), OVERLAP).withEmpty(AnnotatedSource.UNWANTED),
			new QuietProgress(progress)).run(annotated ? new AnnotatedSource(image, block) : image,
				new NetworkPredictor(network, backend, patch), classes, predicted);
		final short[][] planes = new short[size[2]][];
		for (int z = 0; z < size[2]; z++)
			planes[z] = predicted.planes().get(z);
		return new PredictedBlock(block.volume(), block.origin(), size, planes);
	}

	private static WindowSource image(final PredictedBlock block) {
		final int[] origin = block.origin();
		final int[] size = block.size();
		final FinalInterval part = FinalInterval.createMinSize(origin[0], origin[1], origin[2], 0,
			size[0], size[1], size[2], block.volume().channels());
		return new ImageSource(Views.zeroMin(Views.interval(block.volume().image(), part)));
	}

	/** Slowest axis first. */
	private int[] window() {
		return new int[] { patch[2], patch[1], patch[0] };
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
