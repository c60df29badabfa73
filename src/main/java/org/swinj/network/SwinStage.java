package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.swinj.backend.Operators;

/**
 * Transformer blocks at one resolution followed by patch merging, MONAI {@code BasicLayer};
 * (B, D, H, W, C) → (B, D/2, H/2, W/2, 2C).
 */
final class SwinStage extends NetworkBlock {

	private final int window;
	private final ResidualBlock convolution; // version 2 only, else null
	private final List<SwinBlock> blocks = new ArrayList<>();
	private final PatchMerging downsample;
	private final Sections sections;
	private final NDManager manager;
	private final Map<List<Long>, Windows> windows = new HashMap<>(); // by feature map size

	/**
	 * @param number 1 to 4, as in the state-dict keys
	 * @param dropPath rate of stochastic depth of each block
	 * @param sections runs the blocks
	 * @param manager owner of the masks, which are kept for every size met
	 */
	SwinStage(final Operators ops, final String prefix, final int number, final SwinConfig config,
		final double[] dropPath, final Sections sections, final NDManager manager)
	{
		super(ops);
		this.sections = sections;
		this.manager = manager;
		window = config.window();
		final long dim = (long) config.featureSize() << (number - 1);
		final int heads = config.heads().get(number - 1);
		final String layer = prefix + "layers" + number;
		for (int i = 0; i < dropPath.length; i++)
			blocks.add(addChildBlock("block", new SwinBlock(ops, layer + ".0.blocks." + i + ".", dim,
				heads, window, i % 2 == 1, dropPath[i], sections)));
		downsample = addChildBlock("downsample", new PatchMerging(ops, layer + ".0.downsample.", dim,
			config.merging()));
		convolution = config.v2() ? addChildBlock("convolution", new ResidualBlock(ops, sections, layer
			+ "c.0.layer.", dim, dim)) : null;
	}

	@Override
	public NDArray forward(final NDArray x, final boolean training) {
		return scoped(() -> {
			NDArray y = x;
			if (convolution != null) y = run(convolution, in -> scoped(() -> ops.toTokens(convolution
				.forward(ops.toVolume(in), training))), y, training);
			final Windows cut = windows(y);
			for (final SwinBlock block : blocks)
				y = run(block, in -> block.forward(in, cut, training), y, training);
			return run(downsample, in -> downsample.forward(in, training), y, training);
		});
	}

	private NDArray run(final NetworkBlock block, final UnaryOperator<NDArray> forward,
		final NDArray x, final boolean training)
	{
		return sections.of(training, block.getParameters().values(), in -> forward.apply(in[0]), x);
	}

	private Windows windows(final NDArray x) {
		final long[] size = Arrays.copyOfRange(x.getShape().getShape(), 1, 4);
		return windows.computeIfAbsent(List.of(size[0], size[1], size[2]), s -> new Windows(size,
			window, manager));
	}
}
