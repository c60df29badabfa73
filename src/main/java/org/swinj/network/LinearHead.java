package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import org.swinj.backend.Operators;

/** A linear map of one token of the bottleneck, or of their mean: (B, dim, D, H, W) → (B, out). */
final class LinearHead extends NetworkBlock {

	/** Token index that stands for the mean of all. */
	static final int MEAN = -1;

	private final int token;
	private final Parameter weight;
	private final Parameter bias;

	/** @param token place of the token that is read, or {@link #MEAN} */
	LinearHead(final Operators ops, final String prefix, final long dim, final long out,
		final int token)
	{
		super(ops);
		this.token = token;
		weight = weight(prefix + "weight", out, dim);
		bias = bias(prefix + "bias", out, dim);
	}

	@Override
	public NDArray forward(final NDArray bottleneck, final boolean training) {
		return scoped(() -> ops.linear(ops.token(bottleneck, token), weight.getArray(), bias
			.getArray()));
	}
}
