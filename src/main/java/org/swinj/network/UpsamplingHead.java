package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import java.util.ArrayList;
import java.util.List;

import org.swinj.backend.Operators;

/**
 * An image from the bottleneck by convolving and upsampling, variant "vae" of the published code:
 * (B, 16f, D, H, W) → (B, out, 32D, 32H, 32W).
 */
final class UpsamplingHead extends NetworkBlock {

	private static final int LEVELS = 5;
	private static final int KEYS_PER_LEVEL = 4; // convolution, norm, ReLU, upsampling

	private final List<Parameter> weights = new ArrayList<>();
	private final List<Parameter> biases = new ArrayList<>();

	UpsamplingHead(final Operators ops, final String prefix, final long dim, final long out) {
		super(ops);
		long in = dim;
		for (int level = 0; level < LEVELS; level++) {
			final long features = level == LEVELS - 1 ? in : in / 2; // 768 → 384, 192, 96, 48, 48
			convolution(prefix + KEYS_PER_LEVEL * level + ".", features, in, 3);
			in = features;
		}
		convolution(prefix + KEYS_PER_LEVEL * LEVELS + ".", out, in, 1);
	}

	private void convolution(final String prefix, final long out, final long in, final long kernel) {
		final Parameter weight = weight(prefix + "weight", out, in, kernel, kernel, kernel);
		weights.add(weight);
		biases.add(bias(prefix + "bias", out, in * kernel * kernel * kernel));
	}

	@Override
	public NDArray forward(final NDArray bottleneck, final boolean training) {
		return scoped(() -> {
			// in channels-last memory float32 instance norm is too coarse for so few voxels
			NDArray x = ops.layout(bottleneck);
			for (int level = 0; level < LEVELS; level++) {
				x = convolve(x, level, 1);
				x = ops.upsample2(ops.instanceNormLeakyRelu(x)); // (B, C/2, 2D, 2H, 2W)
			}
			return convolve(x, LEVELS, 0);
		});
	}

	private NDArray convolve(final NDArray x, final int i, final int padding) {
		return ops.conv3d(x, weights.get(i).getArray(), biases.get(i).getArray(), 1, padding);
	}
}
