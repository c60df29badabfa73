package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import org.swinj.backend.Operators;

/** Two linear layers with a GELU between them, MONAI {@code MLPBlock}. */
final class Mlp extends NetworkBlock {

	private final Parameter weight1;
	private final Parameter bias1;
	private final Parameter weight2;
	private final Parameter bias2;

	Mlp(final Operators ops, final String prefix, final long dim, final long hidden) {
		super(ops);
		weight1 = weight(prefix + "linear1.weight", hidden, dim);
		bias1 = bias(prefix + "linear1.bias", hidden, dim);
		weight2 = weight(prefix + "linear2.weight", dim, hidden);
		bias2 = bias(prefix + "linear2.bias", dim, hidden);
	}

	@Override
	public NDArray forward(final NDArray x, final boolean training) {
		return scoped(() -> {
			final NDArray h = ops.gelu(ops.linear(x, weight1.getArray(), bias1.getArray())); // (…, 4C)
			return ops.linear(h, weight2.getArray(), bias2.getArray()); // (…, C)
		});
	}
}
