package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

import java.util.List;
import java.util.function.UnaryOperator;

import org.swinj.backend.Backend;
import org.swinj.backend.Precision;

/**
 * Swin UNETR (Hatamizadeh et al. 2022; Tang et al. 2022), MONAI {@code SwinUNETR}: a Swin transformer
 * encoder whose hidden states feed a residual convolutional decoder.
 *
 * <p>
 * Images are (B, C, X, Y, Z) of any size; inside, they are zero-padded to multiples of 32 and the
 * logits are cropped back.
 * </p>
 */
public final class SwinUnetr extends NetworkBlock implements AutoCloseable {

	/** Total downsampling: patch embedding and four mergings. */
	public static final int STRIDE = 32;

	private final SwinConfig config;
	private final Precision precision;
	private final NDManager manager;
	private final Sections sections;

	private final SwinTransformer swinViT;
	private final ResidualBlock encoder1;
	private final ResidualBlock encoder2;
	private final ResidualBlock encoder3;
	private final ResidualBlock encoder4;
	private final ResidualBlock encoder10;
	private final UpBlock decoder5;
	private final UpBlock decoder4;
	private final UpBlock decoder3;
	private final UpBlock decoder2;
	private final UpBlock decoder1;
	private final Parameter outWeight;
	private final Parameter outBias;

	/**
	 * Builds the network with random weights.
	 *
	 * @param dropPath stochastic depth at the last transformer block, 0 for none
	 */
	public SwinUnetr(final SwinConfig config, final Backend backend, final double dropPath) {
		super(backend.operators());
		this.config = config;
		precision = backend.precision();
		manager = backend.newScope();
		sections = new Sections(ops);
		final long f = config.featureSize();
		swinViT = addChildBlock("swinViT", new SwinTransformer(ops, config, dropPath, sections,
			manager));
		encoder1 = encoder("encoder1", config.inChannels(), f);
		encoder2 = encoder("encoder2", f, f);
		encoder3 = encoder("encoder3", 2 * f, 2 * f);
		encoder4 = encoder("encoder4", 4 * f, 4 * f);
		encoder10 = encoder("encoder10", 16 * f, 16 * f);
		decoder5 = decoder("decoder5", 16 * f, 8 * f);
		decoder4 = decoder("decoder4", 8 * f, 4 * f);
		decoder3 = decoder("decoder3", 4 * f, 2 * f);
		decoder2 = decoder("decoder2", 2 * f, f);
		decoder1 = decoder("decoder1", f, f);
		outWeight = weight("out.conv.conv.weight", config.outChannels(), f, 1, 1, 1);
		outBias = bias("out.conv.conv.bias", config.outChannels(), f);
		getParameters().values().forEach(p -> p.initialize(manager, DataType.FLOAT32));
	}

	private ResidualBlock encoder(final String name, final long in, final long out) {
		return addChildBlock(name, new ResidualBlock(ops, sections, name + ".layer.", in, out));
	}

	private UpBlock decoder(final String name, final long in, final long out) {
		return addChildBlock(name, new UpBlock(ops, sections, name + ".", in, out));
	}

	/** Logits (B, classes, X, Y, Z), float32, of an image (B, C, X, Y, Z). */
	@Override
	public NDArray forward(final NDArray image, final boolean training) {
		return padded(image, x -> decode(x, swinViT.hiddenStates(x, training), training));
	}

	/** What the output layer sees of an image (B, C, X, Y, Z): features (B, F, X, Y, Z), float32. */
	public NDArray features(final NDArray image) {
		return padded(image, x -> merge(x, swinViT.hiddenStates(x, false), false));
	}

	/** The output of a part that works on the padded image, cropped back, float32. */
	private NDArray padded(final NDArray image, final UnaryOperator<NDArray> part) {
		return scoped(() -> {
			final Shape s = image.getShape();
			return ops.leave(part.apply(ops.enter(image, STRIDE, precision)), s.get(2), s.get(3), s.get(4));
		});
	}

	/** Logits (B, classes, X, Y, Z) of features (B, F, X, Y, Z). */
	public NDArray output(final NDArray features) {
		return ops.conv3d(features, outWeight.getArray(), outBias.getArray(), 1, 0);
	}

	/** Weights (classes, F, 1, 1, 1) and biases (classes) of the output layer. */
	public List<NDArray> outputLayer() {
		return List.of(outWeight.getArray(), outBias.getArray());
	}

	/**
	 * Logits in compute precision of a padded image and its hidden states. Shapes below: 96³, f = 48.
	 */
	NDArray decode(final NDArray x, final List<NDArray> hidden, final boolean training) {
		return scoped(() -> output(merge(x, hidden, training))); //        (B, classes, 96³)
	}

	private NDArray merge(final NDArray x, final List<NDArray> hidden, final boolean training) {
		return scoped(() -> {
			final NDArray enc0 = run(encoder1, x, training); //             (B, 48, 96³)
			final NDArray enc1 = run(encoder2, hidden.get(0), training); // (B, 48, 48³)
			final NDArray enc2 = run(encoder3, hidden.get(1), training); // (B, 96, 24³)
			final NDArray enc3 = run(encoder4, hidden.get(2), training); // (B, 192, 12³)
			final NDArray dec4 = run(encoder10, hidden.get(4), training); // (B, 768, 3³)
			final NDArray dec3 = run(decoder5, dec4, hidden.get(3), training); // (B, 384, 6³)
			final NDArray dec2 = run(decoder4, dec3, enc3, training); //    (B, 192, 12³)
			final NDArray dec1 = run(decoder3, dec2, enc2, training); //    (B, 96, 24³)
			final NDArray dec0 = run(decoder2, dec1, enc1, training); //    (B, 48, 48³)
			return run(decoder1, dec0, enc0, training); //                  (B, 48, 96³)
		});
	}

	private NDArray run(final ResidualBlock block, final NDArray x, final boolean training) {
		return sections.of(training, block.getParameters().values(), in -> block.forward(in[0],
			training), x);
	}

	private NDArray run(final UpBlock block, final NDArray x, final NDArray skip,
		final boolean training)
	{
		return sections.of(training, block.getParameters().values(), in -> block.forward(in[0], in[1],
			training), x, skip);
	}

	/** How gradients of this network are computed. */
	public Sections sections() {
		return sections;
	}

	/** The part that turns an image into hidden states. */
	SwinTransformer encoder() {
		return swinViT;
	}

	/** The encoder's hidden states of an image, see {@link SwinTransformer#hiddenStates}. */
	public List<NDArray> hiddenStates(final NDArray image) {
		return swinViT.hiddenStates(ops.enter(image, STRIDE, precision), false);
	}

	public SwinConfig config() {
		return config;
	}

	@Override
	public Shape[] getOutputShapes(final Shape[] inputs) {
		final long[] shape = inputs[0].getShape().clone();
		shape[1] = config.outChannels();
		return new Shape[] { new Shape(shape) };
	}

	/** Frees the weights. */
	@Override
	public void close() {
		manager.close();
	}
}
