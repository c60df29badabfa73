package org.swinj.network;

import ai.djl.ndarray.NDArray;

import java.util.List;

import org.swinj.backend.Operators;

/**
 * An attention that was computed by the fused kernel, which has no gradient for the position bias, and
 * what is needed to compute its gradients: probabilities are not kept but computed again, window by
 * window (Dao et al. 2022, "FlashAttention"). Handles are the owner's to close.
 *
 * @param qkv (windows, n, 3·C)
 * @param bias (heads, n, n)
 * @param masks (kinds, n, n), {@code null} for none
 * @param y the result (windows, n, C), from which gradients are taken onwards
 * @param sums logarithms of the sums of exponentials (windows, heads, n)
 */
record Attention(NDArray qkv, NDArray bias, NDArray masks, NDArray kinds, long[] counts,
	int heads, NDArray y, NDArray sums) implements Apart
{

	@Override
	public List<NDArray> inputs() {
		return List.of(qkv, bias);
	}

	@Override
	public List<NDArray> backward(final NDArray gradient, final Operators ops) {
		return ops.attentionBackward(qkv, bias, masks, kinds, counts, heads, y, sums, gradient);
	}

	@Override
	public void close() {
		qkv.close();
		bias.close();
		y.close();
		sums.close();
		if (kinds != null) kinds.close();
	}
}
