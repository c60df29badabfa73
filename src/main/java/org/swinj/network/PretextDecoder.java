package org.swinj.network;

import java.util.Locale;

/** What turns the encoder's output into an image again while the encoder is pretrained. */
public enum PretextDecoder {

	/** Five trilinear upsamplings with a convolution each; the published code's default. */
	VAE("vae"),

	/** Five transposed convolutions and nothing between them. */
	DECONVOLUTION("deconv"),

	/** One transposed convolution with a kernel of 32 voxels. */
	LARGE_KERNEL("large_kernel_deconv"),

	/** The decoder of the Swin UNETR, skip connections included, so that it is pretrained as well. */
	UNETR("unetr");

	private final String id;

	PretextDecoder(final String id) {
		this.id = id;
	}

	/** The name used in settings; for the first three that of the published code. */
	public String id() {
		return id;
	}

	/**
	 * @param id a name, or "head" for {@link #VAE}
	 * @throws IllegalArgumentException if no decoder has this name
	 */
	public static PretextDecoder of(final String id) {
		final String wish = id.trim().toLowerCase(Locale.ROOT);
		if (wish.equals("head")) return VAE;
		for (final PretextDecoder d : values())
			if (d.id.equals(wish)) return d;
		throw new IllegalArgumentException("Unknown decoder \"" + id
			+ "\": use unetr, head, vae, deconv or large_kernel_deconv.");
	}
}
