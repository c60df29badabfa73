package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import java.util.ArrayList;
import java.util.List;

import org.swinj.backend.Operators;

/**
 * An image from the bottleneck by transposed convolutions without overlap, in one step or in five:
 * (B, 16f, D, H, W) → (B, out, 32D, 32H, 32W).
 */
final class DeconvolutionHead extends NetworkBlock {

	private final int stride;
	private final List<Parameter> weights = new ArrayList<>();
	private final List<Parameter> biases = new ArrayList<>();

	private DeconvolutionHead(final Operators ops, final int stride) {
		super(ops);
		this.stride = stride;
	}

	/** Five steps of stride 2, variant "deconv" of the published code. */
	static DeconvolutionHead inSteps(final Operators ops, final String prefix, final long dim,
		final long out)
	{
		final DeconvolutionHead head = new DeconvolutionHead(ops, 2);
		for (int level = 0; level < 4; level++)
			head.step(prefix + level + ".", dim >> level, dim >> level + 1);
		head.step(prefix + "4.", dim >> 4, out);
		return head;
	}

	/** One step of stride 32, variant "large_kernel_deconv" of the published code. */
	static DeconvolutionHead atOnce(final Operators ops, final String prefix, final long dim,
		final long out)
	{
		final DeconvolutionHead head = new DeconvolutionHead(ops, SwinUnetr.STRIDE);
		head.step(prefix, dim, out);
		return head;
	}

	private void step(final String prefix, final long in, final long out) {
		weights.add(weight(prefix + "weight", in, out, stride, stride, stride));
		biases.add(bias(prefix + "bias", out, out * stride * stride * stride));
	}

	@Override
	public NDArray forward(final NDArray bottleneck, final boolean training) {
		return scoped(() -> {
			NDArray x = bottleneck;
			for (int i = 0; i < weights.size(); i++)
				x = ops.convTranspose3d(x, weights.get(i).getArray(), biases.get(i).getArray(), stride);
			return x;
		});
	}
}
