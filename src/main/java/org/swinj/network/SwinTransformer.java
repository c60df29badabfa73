package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.swinj.backend.Operators;

/**
 * The encoder, MONAI {@code SwinTransformer} (keys {@code swinViT.*}): patch embedding and four
 * stages of window attention.
 */
public final class SwinTransformer extends NetworkBlock {

	/** Voxels of an image that leaves so much free memory that giving it back pays. */
	private static final int LARGE = 1 << 19;

	private static final int PATCH = 2;
	private static final String PREFIX = "swinViT.";

	private final boolean normalize;
	private final Sections sections;
	private final Parameter embedWeight;
	private final Parameter embedBias;
	private final List<SwinStage> stages = new ArrayList<>();

	/**
	 * @param dropPath stochastic depth, rising linearly from 0 to this rate over the blocks
	 * @param sections runs its parts
	 * @param manager owner of tensors that are kept between calls
	 */
	public SwinTransformer(final Operators ops, final SwinConfig config, final double dropPath,
		final Sections sections, final NDManager manager)
	{
		super(ops);
		normalize = config.normalize();
		this.sections = sections;
		final long f = config.featureSize();
		final long in = config.inChannels();
		embedWeight = weight(PREFIX + "patch_embed.proj.weight", f, in, PATCH, PATCH, PATCH);
		embedBias = bias(PREFIX + "patch_embed.proj.bias", f, in * PATCH * PATCH * PATCH);
		final int blocks = config.depths().stream().mapToInt(Integer::intValue).sum();
		int block = 0;
		for (int i = 1; i <= 4; i++) {
			final double[] rates = new double[config.depths().get(i - 1)];
			for (int j = 0; j < rates.length; j++)
				rates[j] = dropPath * block++ / Math.max(1, blocks - 1);
			stages.add(addChildBlock("layers" + i, new SwinStage(ops, PREFIX, i, config, rates,
				sections, manager)));
		}
	}

	/**
	 * The five hidden states of x (B, C, D, H, W): (B, f·2^i, D/2^(i+1), …) for i = 0 … 4,
	 * layer-normalised over the channels unless the configuration says otherwise. The next stage
	 * continues from the state before that normalisation.
	 */
	public List<NDArray> hiddenStates(final NDArray x, final boolean training) {
		final List<NDArray> states = new ArrayList<>();
		try (NDScope scope = new NDScope()) {
			scope.suppressNotUsedWarning();
			NDArray y = sections.of(training, List.of(embedWeight, embedBias), in -> embed(in[0]), x); // (B, D/2, H/2, W/2, f)
			states.add(projectOut(y, training));
			for (final SwinStage stage : stages) {
				y = stage.forward(y, training); // (B, D/2, H/2, W/2, 2C)
				states.add(projectOut(y, training));
			}
			states.forEach(NDScope::unregister);
		}
		states.forEach(NDScope::register);
		if (x.size() >= LARGE) ops.giveBack();
		return states;
	}

	private NDArray embed(final NDArray x) {
		return scoped(() -> ops.toTokens(ops.conv3d(x, embedWeight.getArray(), embedBias.getArray(),
			PATCH, 0)));
	}

	private NDArray projectOut(final NDArray tokens, final boolean training) {
		return sections.of(training, List.of(), in -> scoped(() -> ops.toVolume(normalize ? ops
			.layerNorm(in[0]) : in[0])), tokens);
	}

	/** The last hidden state, (B, 16f, D/32, H/32, W/32). */
	@Override
	public NDArray forward(final NDArray x, final boolean training) {
		return scoped(() -> hiddenStates(x, training).get(4));
	}
}
