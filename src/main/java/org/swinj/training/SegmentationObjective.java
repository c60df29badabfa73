package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;

import java.util.List;

import org.swinj.backend.Backend;
import org.swinj.backend.HostTensor;
import org.swinj.backend.TrainingOperators;
import org.swinj.data.Crop;
import org.swinj.data.CropSampler;
import org.swinj.network.SwinUnetr;

/** Supervised training: the Dice and cross-entropy loss of the network's logits on labelled crops. */
public final class SegmentationObjective implements Objective {

	private static final int EXAMPLES_AHEAD = 4;

	private final SwinUnetr network;
	private final TrainingOperators ops;
	private final Prefetcher<Crop> crops;
	private final DiceCeLoss loss;
	private final List<NDArray> parameters;
	private final List<Double> rates;
	private final HostTensor image = new HostTensor();
	private final HostTensor labels = new HostTensor();

	public SegmentationObjective(final SwinUnetr network, final CropSampler sampler,
		final DiceCeLoss loss, final LayerDecay decay, final Backend backend)
	{
		this.network = network;
		this.loss = loss;
		ops = new TrainingOperators(backend.operators());
		crops = new Prefetcher<>(sampler::draw, EXAMPLES_AHEAD);
		parameters = network.getParameters().values().stream().map(Parameter::getArray).toList();
		rates = network.getParameters().keys().stream().map(decay::of).toList();
		parameters.forEach(p -> p.setRequiresGradient(true));
	}

	@Override
	public List<NDArray> parameters() {
		return parameters;
	}

	@Override
	public List<Double> rates() {
		return rates;
	}

	@Override
	public NDArray loss(final long example, final NDManager scope) {
		final Crop crop = crops.get(example);
		final NDArray x = image.images(scope, new float[][] { crop.image() }, crop.channels(), crop
			.size()); // (1, C, X, Y, Z)
		final NDArray y = labels.labels(scope, crop.labels(), crop.size()); // (1, X, Y, Z)
		return loss.of(network.forward(x, true), y, ops);
	}

	@Override
	public List<NDArray> gradients(final NDArray value) {
		return network.sections().gradients(value, parameters);
	}

	/** Time the training has waited for examples so far. */
	public double waitedSeconds() {
		return crops.waitedSeconds();
	}

	@Override
	public void close() {
		crops.close();
	}
}
