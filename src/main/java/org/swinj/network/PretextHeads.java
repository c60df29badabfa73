package org.swinj.network;

import ai.djl.ndarray.NDArray;

import org.swinj.backend.Operators;

/**
 * What the encoder is pretrained with (Tang et al. 2022), research-contributions {@code SSLHead}
 * without its encoder: three heads on the normalised bottleneck (B, 16f, D, H, W).
 */
public final class PretextHeads extends NetworkBlock {

	/** Quarter turns that the rotation head tells apart. */
	public static final int TURNS = 4;

	/** Length of the embedding that the contrastive head makes. */
	public static final int EMBEDDING = 512;

	private static final int ROTATION_TOKEN = 0;
	private static final int CONTRAST_TOKEN = 1;

	private final boolean pooled;
	private final LinearHead rotation;
	private final LinearHead contrast;
	private final NetworkBlock reconstruction; // null when the image is rebuilt elsewhere

	/**
	 * @param dim channels of the bottleneck, 16 times the feature size
	 * @param out channels of the image
	 * @param pooled whether rotation and contrast see the mean of all tokens; else the first and the
	 *          second token, as in the published code
	 */
	PretextHeads(final Operators ops, final long dim, final long out, final PretextDecoder decoder,
		final boolean pooled)
	{
		super(ops);
		this.pooled = pooled;
		rotation = addChildBlock("rotation_head", new LinearHead(ops, "rotation_head.", dim, TURNS,
			pooled ? LinearHead.MEAN : ROTATION_TOKEN));
		contrast = addChildBlock("contrastive_head", new LinearHead(ops, "contrastive_head.", dim,
			EMBEDDING, pooled ? LinearHead.MEAN : CONTRAST_TOKEN));
		reconstruction = switch (decoder) {
			case VAE -> new UpsamplingHead(ops, "conv.", dim, out);
			case DECONVOLUTION -> DeconvolutionHead.inSteps(ops, "conv.", dim, out);
			case LARGE_KERNEL -> DeconvolutionHead.atOnce(ops, "conv.", dim, out);
			case UNETR -> null;
		};
		if (reconstruction != null) addChildBlock("conv", reconstruction);
	}

	/** Logits of the four quarter turns, (B, 4), float32 or better. */
	NDArray rotation(final NDArray bottleneck, final boolean training) {
		return rotation.forward(bottleneck, training);
	}

	/** Embeddings (B, 512), float32 or better. */
	NDArray contrast(final NDArray bottleneck, final boolean training) {
		final long tokens = bottleneck.getShape().slice(2).size();
		if (!pooled && tokens <= CONTRAST_TOKEN) throw new IllegalArgumentException(
			"The contrastive head reads the second token of the bottleneck, but the crop gives only "
				+ tokens + ": use a crop of more than 32 voxels along some axis.");
		return contrast.forward(bottleneck, training);
	}

	/** The image (B, out, 32D, 32H, 32W) in compute precision. */
	NDArray reconstruct(final NDArray bottleneck, final boolean training) {
		return reconstruction.forward(bottleneck, training);
	}
}
