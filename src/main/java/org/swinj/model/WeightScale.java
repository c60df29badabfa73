package org.swinj.model;

import java.util.regex.Pattern;

/**
 * The scale of convolutions that instance normalisation follows. Up to
 * its epsilon it does not matter for what a network computes, but it grows in training, and the
 * larger weights are, the less a step of the optimiser turns them: a network that was pretrained would
 * learn more slowly than a random one.
 */
public final class WeightScale {

	/** Convolutions of residual blocks; all of them are normalised. */
	private static final Pattern NORMALISED = Pattern.compile(
		".*\\.(layer|conv_block)\\.conv[123]\\.conv\\.weight");

	private WeightScale() {}

	/** The same network, with these convolutions as large as random ones. */
	public static StateDict renewed(final StateDict weights) {
		final StateDict renewed = new StateDict();
		weights.asMap().forEach((name, weight) -> renewed.put(name, NORMALISED.matcher(name).matches()
			? renewed(weight) : weight));
		return renewed;
	}

	private static Weight renewed(final Weight weight) {
		final float[] values = weight.toFloats();
		double squares = 0;
		for (final float value : values)
			squares += (double) value * value;
		if (squares == 0) return weight;
		final double fan = (double) values.length / weight.shape()[0];
		final double random = Math.sqrt(1 / (3 * fan)); // deviation of uniform ± 1/√fan, as torch draws
		final double factor = random / Math.sqrt(squares / values.length);
		for (int i = 0; i < values.length; i++)
			values[i] *= (float) factor;
		return Weight.of(values, weight.shape());
	}
}
