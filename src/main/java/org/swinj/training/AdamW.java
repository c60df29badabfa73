package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.ArrayList;
import java.util.List;

import org.swinj.backend.TrainingOperators;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), numerically as in torch.optim. */
public final class AdamW {

	private final TrainingOperators ops;
	private final List<NDArray> parameters;
	private final List<NDArray> means = new ArrayList<>();
	private final List<NDArray> squares = new ArrayList<>();
	private final List<NDArray> steps = new ArrayList<>();
	private final double decay;

	/**
	 * @param parameters tensors to train, float32
	 * @param decay weight decay, applied to all of them
	 * @param manager owner of the two moments of each parameter
	 */
	public AdamW(final List<NDArray> parameters, final double decay, final TrainingOperators ops,
		final NDManager manager)
	{
		this.parameters = List.copyOf(parameters);
		this.decay = decay;
		this.ops = ops;
		for (final NDArray p : parameters) {
			means.add(manager.zeros(p.getShape()));
			squares.add(manager.zeros(p.getShape()));
			steps.add(manager.zeros(new Shape()));
		}
	}

	/** Moves the parameters against the gradients. */
	public void step(final List<NDArray> gradients, final double rate) {
		ops.adamW(parameters, gradients, means, squares, steps, rate, decay);
	}
}
