package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import org.swinj.backend.Operators;

/** Layer normalisation over the last axis, with affine parameters, eps 1e-5. */
final class LayerNorm extends NetworkBlock {

	private final Parameter gamma;
	private final Parameter beta;

	LayerNorm(final Operators ops, final String prefix, final long dim) {
		super(ops);
		gamma = ones(prefix + "weight", dim);
		beta = zeros(prefix + "bias", dim);
	}

	@Override
	public NDArray forward(final NDArray x, final boolean training) {
		return ops.layerNorm(x, gamma.getArray(), beta.getArray());
	}
}
