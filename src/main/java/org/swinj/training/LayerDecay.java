package org.swinj.training;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learning rates that fall from the top of a pretrained encoder to its first layers, whose features
 * serve any task (layer-wise decay, Bao et al. 2022). The decoder, which starts from random weights,
 * learns at the full rate.
 *
 * @param factor between one stage and the next one closer to the image; 1 for equal rates
 */
public record LayerDecay(double factor) {

	private static final Pattern STAGE = Pattern.compile("swinViT\\.layers(\\d).*");
	private static final int STAGES = 4;

	/** Relative learning rate of a parameter by its MONAI name. */
	public double of(final String parameter) {
		if (!parameter.startsWith("swinViT.")) return 1;
		final Matcher stage = STAGE.matcher(parameter);
		final int number = stage.matches() ? Integer.parseInt(stage.group(1)) : 0; // 0: patch embedding
		return Math.pow(factor, STAGES + 1 - number);
	}
}
