package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import org.swinj.backend.Operators;

/**
 * Doubles the resolution, joins the skip connection and convolves, MONAI {@code UnetrUpBlock}:
 * (B, in, D, H, W) and (B, out, 2D, 2H, 2W) → (B, out, 2D, 2H, 2W).
 */
final class UpBlock extends NetworkBlock {

	private final Sections sections;
	private final Parameter transposed;
	private final ResidualBlock block;

	UpBlock(final Operators ops, final Sections sections, final String prefix, final long in,
		final long out)
	{
		super(ops);
		this.sections = sections;
		transposed = weight(prefix + "transp_conv.conv.weight", in, out, 2, 2, 2);
		block = addChildBlock("conv_block", new ResidualBlock(ops, sections, prefix
			+ "conv_block.", 2 * out, out));
	}

	/** @param skip is closed as soon as it is joined, unless gradients need it: nobody else looks at it */
	NDArray forward(final NDArray x, final NDArray skip, final boolean training) {
		return scoped(() -> {
			final NDArray both = scoped(() -> {
				final NDArray up = ops.convTranspose3d(x, transposed.getArray(), 2); // (B, out, 2D, 2H, 2W)
				return ops.catChannels(up, skip); //                                    (B, 2·out, 2D, 2H, 2W)
			});
			if (!training) skip.close();
			return block.forward(sections.shared(both), training);
		});
	}
}
