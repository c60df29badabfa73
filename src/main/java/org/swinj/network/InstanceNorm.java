package org.swinj.network;

import ai.djl.ndarray.NDArray;

import java.util.List;

import org.swinj.backend.Operators;

/**
 * An instance norm, with what is added to it and a leaky ReLU, that was computed in the memory of its
 * input: its gradients need the result alone. Handles are the owner's to close.
 *
 * @param x the input (B, C, D, H, W), whose values are gone
 * @param added what was added to the normalised input; {@code null} for nothing
 * @param slope of the leaky ReLU, 1 for none
 * @param y the result
 * @param scales 1/σ (B, C)
 */
record InstanceNorm(NDArray x, NDArray added, double slope, NDArray y, NDArray scales)
	implements Apart
{

	@Override
	public List<NDArray> inputs() {
		return added == null ? List.of(x) : List.of(x, added);
	}

	@Override
	public List<NDArray> backward(final NDArray gradient, final Operators ops) {
		return ops.instanceNormBackward(y, added, scales, gradient, slope);
	}

	@Override
	public void close() {
		inputs().forEach(NDArray::close);
		y.close();
		scales.close();
	}
}
