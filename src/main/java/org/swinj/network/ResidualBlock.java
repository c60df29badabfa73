package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import org.swinj.backend.Operators;

/**
 * Two 3×3×3 convolutions with instance norm and a skip connection, MONAI {@code UnetResBlock}. When
 * the number of channels changes, the skip is a normalised 1×1×1 convolution.
 */
final class ResidualBlock extends NetworkBlock {

	private final Sections sections;
	private final Parameter conv1;
	private final Parameter conv2;
	private final Parameter conv3; // null when in = out

	/** @param sections computes the norms */
	ResidualBlock(final Operators ops, final Sections sections, final String prefix, final long in,
		final long out)
	{
		super(ops);
		this.sections = sections;
		conv1 = weight(prefix + "conv1.conv.weight", out, in, 3, 3, 3);
		conv2 = weight(prefix + "conv2.conv.weight", out, out, 3, 3, 3);
		conv3 = in == out ? null : weight(prefix + "conv3.conv.weight", out, in, 1, 1, 1);
	}

	@Override
	public NDArray forward(final NDArray x, final boolean training) {
		return scoped(() -> {
			final NDArray y = scoped(() -> {
				final NDArray first = ops.conv3d(x, conv1.getArray(), 1, 1); // (B, out, D, H, W)
				return ops.conv3d(sections.instanceNormLeakyRelu(first), conv2.getArray(), 1, 1);
			});
			final NDArray skip = conv3 == null ? x : sections.instanceNorm(ops.conv3d(x, conv3.getArray(), 1,
				0));
			return sections.instanceNormAddLeakyRelu(y, skip);
		});
	}
}
