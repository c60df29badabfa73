package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.HostTensor;
import org.swinj.backend.TrainingOperators;
import org.swinj.data.Crop;
import org.swinj.data.CropSampler;
import org.swinj.data.TrainingVolume;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/**
 * Fits a new output layer to the labels before all of the network learns. A layer of random weights would
 * need hundreds of steps to grow to the logits of a sure answer, as AdamW moves a weight by at most about
 * the rate in a step, and its gradients would shake what the network has learned before (Kumar et al. 2022,
 * "Fine-tuning can distort pretrained features and underperform out-of-distribution").
 */
public final class OutputFit {

	private static final int CROPS = 8;
	private static final int VOXELS = 16384; // of a crop
	private static final int STEPS = 200;
	private static final double RATE = 0.1;
	private static final double DECAY = 1e-4;

	private final CropSampler sampler;
	private final DiceCeLoss loss;
	private final Backend backend;
	private final TrainingOperators ops;
	private final Progress progress;

	/**
	 * @param sampler its examples of negative numbers, which no training draws, are fitted to
	 * @param loss to make small
	 */
	public OutputFit(final CropSampler sampler, final DiceCeLoss loss, final Backend backend,
		final Progress progress)
	{
		this.sampler = sampler;
		this.loss = loss;
		this.backend = backend;
		this.progress = progress;
		ops = new TrainingOperators(backend.operators());
	}

	/** Replaces the weights of the output layer, if a voxel of the examples is annotated. */
	public void fit(final SwinUnetr network) {
		progress.stage("Fitting the output layer");
		try (NDManager scope = backend.newScope()) {
			final NDList seen = new NDList(); //  (F, voxels) of each crop
			final NDList truth = new NDList(); // (voxels)
			try (Gradients off = backend.gradients(false)) {
				for (int i = 1; i <= CROPS; i++) {
					progress.checkCancelled();
					look(network, sampler.draw(-i), i, scope, seen, truth);
				}
			}
			if (seen.isEmpty()) return;
			final NDArray features = NDArrays.concat(seen, 1);
			final long f = features.getShape().get(0), n = features.getShape().get(1);
			descend(network, features.reshape(1, f, n, 1, 1), NDArrays.concat(truth, 0).reshape(1, n, 1, 1),
				scope);
		}
	}

	/** Adds the features and classes of some annotated voxels of a crop. */
	private void look(final SwinUnetr network, final Crop crop, final int seed, final NDManager scope,
		final NDList seen, final NDList truth)
	{
		final short[] classes = crop.labels();
		final int[] annotated = IntStream.range(0, classes.length).filter(
			i -> classes[i] != TrainingVolume.UNLABELLED).toArray();
		if (annotated.length == 0) return;
		final long[] some = new SplittableRandom(seed).ints(Math.min(VOXELS, annotated.length), 0,
			annotated.length).mapToLong(i -> annotated[i]).toArray();
		try (NDManager each = scope.newSubManager()) {
			final NDArray image = new HostTensor().images(each, new float[][] { crop.image() }, crop
				.channels(), crop.size()); //                           (1, C, X, Y, Z)
			final NDArray labels = new HostTensor().labels(each, classes, crop.size()); // (1, X, Y, Z)
			final NDArray features = network.features(image); //      (1, F, X, Y, Z)
			final NDArray at = each.create(place(some, crop.size()));
			seen.add(attached(features.reshape(features.getShape().get(1), labels.size()).get(new NDIndex(
				":, {}", at)), scope));
			truth.add(attached(labels.reshape(labels.size()).get(at), scope));
		}
	}

	/** Places of voxels, x fastest, in a tensor (X, Y, Z), z fastest. */
	private static long[] place(final long[] voxels, final int[] size) {
		final long[] places = new long[voxels.length];
		for (int i = 0; i < voxels.length; i++) {
			final long x = voxels[i] % size[0], y = voxels[i] / size[0] % size[1];
			places[i] = (x * size[1] + y) * size[2] + voxels[i] / size[0] / size[1];
		}
		return places;
	}

	private static NDArray attached(final NDArray tensor, final NDManager scope) {
		tensor.attach(scope);
		return tensor;
	}

	private void descend(final SwinUnetr network, final NDArray features, final NDArray classes,
		final NDManager scope)
	{
		final List<NDArray> layer = network.outputLayer();
		try (Gradients off = backend.gradients(false)) {
			layer.forEach(weights -> weights.muli(0));
		}
		layer.forEach(weights -> weights.setRequiresGradient(true));
		final AdamW adam = new AdamW(layer, List.of(), DECAY, ops, scope);
		float first = 0, last = 0;
		for (int step = 0; step < STEPS; step++) {
			progress.checkCancelled();
			try (NDManager each = scope.newSubManager(); Gradients on = backend.gradients(true)) {
				final NDArray x = features.duplicate();
				x.attach(each);
				final NDArray value = loss.of(network.output(x), classes, ops);
				last = value.getFloat();
				if (step == 0) first = last;
				final List<NDArray> gradients = ops.gradients(value, layer);
				try (Gradients off = backend.gradients(false)) {
					adam.step(gradients, RATE * (STEPS - step) / STEPS);
				}
			}
		}
		progress.info(String.format(Locale.ROOT,
			"Output layer fitted to random crops: loss %.4f, of zeros %.4f", last, first));
	}
}
