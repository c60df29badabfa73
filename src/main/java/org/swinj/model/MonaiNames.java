package org.swinj.model;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names under which Swin UNETR weights are in circulation → those of MONAI's {@code SwinUNETR}:
 * prefixes of wrappers, encoders saved alone, {@code fc1}/{@code fc2} of the published
 * self-supervised weights, and the doubled index of the denoising autoencoder's encoder.
 */
final class MonaiNames {

	private static final List<String> WRAPPERS = List.of("module.", "backbone.", "_orig_mod.",
		"model.", "network.", "net.");
	private static final List<String> ENCODERS = List.of(MonaiKeys.ENCODER, "swin_vit.", "encoder.");

	private static final Pattern ENCODER_PART = Pattern.compile(
		"patch_embed\\.proj\\..+|layers[1-4]c?\\.0\\..+");
	private static final Pattern DECODER_PART = Pattern.compile(
		"encoder(1|2|3|4|10)\\.layer\\..+|decoder[1-5]\\.(transp_conv|conv_block)\\..+|out\\.conv\\.conv\\..+");
	private static final Pattern HEAD = Pattern.compile(
		"(rotation_head|rotation_pre|contrastive_head|contrastive_pre|convTrans3d|conv|norm|mask_token)(\\..+)?");
	private static final Pattern PRETEXT_HEAD = Pattern.compile(
		"(rotation_head|contrastive_head|conv)\\..+");
	private static final Pattern DOUBLED_INDEX = Pattern.compile("(layers[1-4])\\.0\\.0\\.(.+)");

	private final boolean autoencoder;

	/** @param keys all names of the file */
	MonaiNames(final Collection<String> keys) {
		autoencoder = keys.stream().map(MonaiNames::withoutWrappers).anyMatch(key -> key.startsWith(
			"encoder.") && DOUBLED_INDEX.matcher(key.substring(8)).matches());
	}

	/** @return MONAI's name, or {@code null} if it has none */
	String canonical(final String key) {
		final String bare = withoutWrappers(key);
		String part = withoutEncoder(bare);
		if (DOUBLED_INDEX.matcher(part).matches()) part = DOUBLED_INDEX.matcher(part).replaceFirst(
			"$1.0.$2");
		if (ENCODER_PART.matcher(part).matches()) return MonaiKeys.ENCODER + part.replace(".mlp.fc",
			".mlp.linear");
		// an autoencoder's output is an image, not classes
		if (autoencoder && bare.startsWith("out.")) return null;
		return DECODER_PART.matcher(bare).matches() ? bare : null;
	}

	/** Whether a tensor without MONAI name belongs to a known part that is of no use here. */
	boolean isHead(final String key) {
		final String bare = withoutWrappers(key);
		return HEAD.matcher(withoutEncoder(bare)).matches() || autoencoder && bare.startsWith("out.");
	}

	/** Whether this is a parameter of the heads that SwinJ pretrains an encoder with. */
	static boolean isPretextHead(final String key) {
		return PRETEXT_HEAD.matcher(key).matches();
	}

	private static String withoutWrappers(final String key) {
		String bare = key;
		for (boolean found = true; found;) {
			found = false;
			for (final String prefix : WRAPPERS)
				if (bare.startsWith(prefix)) {
					bare = bare.substring(prefix.length());
					found = true;
				}
		}
		return bare;
	}

	private static String withoutEncoder(final String bare) {
		for (final String prefix : ENCODERS)
			if (bare.startsWith(prefix)) return bare.substring(prefix.length());
		return bare;
	}
}
