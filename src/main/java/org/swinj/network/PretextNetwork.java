package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.util.List;

import org.swinj.backend.Backend;
import org.swinj.backend.Precision;

/**
 * The encoder of a Swin UNETR and the heads it is pretrained with, research-contributions
 * {@code SSLHead} (keys {@code swinViT.*}, {@code rotation_head.*}, {@code contrastive_head.*},
 * {@code conv.*}). With {@link PretextDecoder#UNETR} the whole Swin UNETR takes the place of
 * {@code conv.*}; its output then has as many channels as the image.
 */
public final class PretextNetwork extends NetworkBlock implements AutoCloseable {

	private final SwinConfig config;
	private final Precision precision;
	private final NDManager manager;
	private final SwinUnetr unetr; // null when a head rebuilds the image
	private final SwinTransformer encoder;
	private final Sections sections;
	private final PretextHeads heads;

	/**
	 * Builds the network with random weights.
	 *
	 * @param config the network to be pretrained; its number of classes does not matter
	 * @param pooled whether rotation and contrast see the mean of all tokens of the bottleneck, see
	 *          {@link PretextHeads}
	 */
	public PretextNetwork(final SwinConfig config, final PretextDecoder decoder,
		final boolean pooled, final Backend backend)
	{
		this(config, decoder, pooled, 0, backend);
	}

	/**
	 * The same with a Swin UNETR that also tells places.
	 *
	 * @param places numbers that it gives for every voxel besides the image, 0 for none
	 */
	public PretextNetwork(final SwinConfig config, final PretextDecoder decoder,
		final boolean pooled, final int places, final Backend backend)
	{
		super(backend.operators());
		this.config = config.withOutChannels(config.inChannels() + places);
		precision = backend.precision();
		manager = backend.newScope();
		unetr = decoder == PretextDecoder.UNETR ? addChildBlock("unetr", new SwinUnetr(this.config,
			backend, 0)) : null;
		sections = unetr != null ? unetr.sections() : new Sections(ops);
		encoder = unetr != null ? unetr.encoder() : addChildBlock("swinViT", new SwinTransformer(ops,
			config, 0, sections, manager));
		heads = addChildBlock("heads", new PretextHeads(ops, 16L * config.featureSize(), config
			.inChannels(), decoder, pooled));
		if (unetr == null) encoder.getParameters().values().forEach(p -> p.initialize(manager,
			DataType.FLOAT32));
		heads.getParameters().values().forEach(p -> p.initialize(manager, DataType.FLOAT32));
	}

	/**
	 * What the network says about images (B, C, X, Y, Z).
	 *
	 * @param reconstruct whether the image is to be rebuilt
	 * @throws IllegalArgumentException if the image is too small for heads that read single tokens
	 */
	public PretextOutput run(final NDArray image, final boolean training,
		final boolean reconstruct)
	{
		final PretextOutput output;
		try (NDScope scope = new NDScope()) {
			scope.suppressNotUsedWarning();
			final NDArray x = ops.enter(image, SwinUnetr.STRIDE, precision);
			final List<NDArray> hidden = encoder.hiddenStates(x, training);
			final NDArray bottleneck = hidden.get(4); // (B, 16f, X/32, Y/32, Z/32)
			final NDArray rebuilt = reconstruct ? reconstruct(image, x, hidden, training) : null;
			final boolean places = reconstruct && config.outChannels() > config.inChannels();
			final String channels = String.valueOf(config.inChannels());
			output = new PretextOutput(heads.rotation(bottleneck, training), heads.contrast(bottleneck,
				training), places ? rebuilt.get(":, :" + channels) : rebuilt, places ? rebuilt.get(":, "
					+ channels + ":") : null);
			NDScope.unregister(output.rotation(), output.contrast());
			if (reconstruct) NDScope.unregister(output.reconstruction());
			if (places) NDScope.unregister(output.places());
		}
		NDScope.register(output.rotation());
		NDScope.register(output.contrast());
		if (reconstruct) NDScope.register(output.reconstruction());
		if (output.places() != null) NDScope.register(output.places());
		return output;
	}

	private NDArray reconstruct(final NDArray image, final NDArray x, final List<NDArray> hidden,
		final boolean training)
	{
		final NDArray rebuilt = unetr != null ? unetr.decode(x, hidden, training) : heads.reconstruct(
			hidden.get(4), training);
		final Shape s = image.getShape();
		return ops.leave(rebuilt, s.get(2), s.get(3), s.get(4));
	}

	/** The image rebuilt, (B, C, X, Y, Z), float32. */
	@Override
	public NDArray forward(final NDArray image, final boolean training) {
		return scoped(() -> run(image, training, true).reconstruction());
	}

	/** The network whose encoder is pretrained; it has as many outputs as image channels. */
	public SwinConfig config() {
		return config;
	}

	/** How gradients of this network are computed. */
	public Sections sections() {
		return sections;
	}

	/** Frees the weights. */
	@Override
	public void close() {
		if (unetr != null) unetr.close();
		manager.close();
	}
}
