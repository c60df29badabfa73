package org.swinj.network;

import ai.djl.ndarray.NDArray;

import java.util.List;

import org.swinj.backend.Operators;

/**
 * A tensor that several computations go on from: their gradients are added up before libtorch goes
 * on to what made it, which it can do once only. Handles are the owner's to close.
 *
 * @param x the tensor with its history
 * @param y the same values without
 */
record Shared(NDArray x, NDArray y) implements Apart {

	@Override
	public List<NDArray> inputs() {
		return List.of(x);
	}

	@Override
	public List<NDArray> backward(final NDArray gradient, final Operators ops) {
		return List.of(gradient);
	}

	@Override
	public void close() {
		x.close();
		y.close();
	}
}
