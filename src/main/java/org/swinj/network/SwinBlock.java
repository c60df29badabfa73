package org.swinj.network;

import ai.djl.ndarray.NDArray;

import org.swinj.backend.Operators;

/** One transformer block on (B, D, H, W, C), MONAI {@code SwinTransformerBlock}. */
final class SwinBlock extends NetworkBlock {

	private static final int MLP_RATIO = 4;

	private final boolean shifted;
	private final double dropPath;
	private final LayerNorm norm1;
	private final WindowAttention attention;
	private final LayerNorm norm2;
	private final Mlp mlp;

	/**
	 * @param shifted whether the windows are shifted by half a window (every other block)
	 * @param dropPath rate of stochastic depth in training
	 * @param sections computes the attention
	 */
	SwinBlock(final Operators ops, final String prefix, final long dim, final int heads,
		final int window, final boolean shifted, final double dropPath,
		final Sections sections)
	{
		super(ops);
		this.shifted = shifted;
		this.dropPath = dropPath;
		norm1 = addChildBlock("norm1", new LayerNorm(ops, prefix + "norm1.", dim));
		attention = addChildBlock("attn", new WindowAttention(ops, prefix + "attn.", dim, heads,
			window, sections));
		norm2 = addChildBlock("norm2", new LayerNorm(ops, prefix + "norm2.", dim));
		mlp = addChildBlock("mlp", new Mlp(ops, prefix + "mlp.", dim, MLP_RATIO * dim));
	}

	NDArray forward(final NDArray x, final Windows windows, final boolean training) {
		return scoped(() -> {
			final NDArray attended = attention.forward(norm1.forward(x, training), windows, shifted);
			final NDArray y = ops.add(x, drop(attended, training));
			return ops.add(y, drop(mlp.forward(norm2.forward(y, training), training), training));
		});
	}

	private NDArray drop(final NDArray branch, final boolean training) {
		return training && dropPath > 0 ? ops.dropPath(branch, dropPath) : branch;
	}
}
