package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.util.List;

/** What a training run minimises: a stream of examples and the loss of each. */
public interface Objective extends Checkpoint.Part, AutoCloseable {

	/** The tensors to train, float32. */
	List<NDArray> parameters();

	/** Relative learning rate of each of them, in the same order; empty for the full rate. */
	default List<Double> rates() {
		return List.of();
	}

	/**
	 * The loss of one example; gradients are being recorded.
	 *
	 * @param example running number, counted over the whole run; the same number gives the same
	 *          example
	 * @param scope owner of all tensors made on the way
	 * @return a scalar
	 */
	NDArray loss(long example, NDManager scope) throws java.io.IOException;

	/** Gradients of such a loss with respect to the parameters, in the same order. */
	List<NDArray> gradients(NDArray loss);

	@Override
	void close();
}
