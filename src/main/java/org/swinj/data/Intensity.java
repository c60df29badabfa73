package org.swinj.data;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How raw intensities become network input, per channel.
 *
 * @param scheme the rule
 * @param lower lower limit in raw units; unused by {@link Scheme#ZSCORE}
 * @param upper upper limit in raw units; unused by {@link Scheme#ZSCORE}
 * @param mean mean of the training data after clipping, {@link Scheme#CLIP_ZSCORE} only
 * @param std standard deviation of the training data, {@link Scheme#CLIP_ZSCORE} only
 */
public record Intensity(Scheme scheme, double lower, double upper, double mean, double std) {

	private static final String NUMBER = "[-+]?[0-9]*\\.?[0-9]+";

	/** The rules; names as in model files, in lower case. */
	public enum Scheme {

		/** Subtract mean and divide by standard deviation of each volume's non-zero voxels. */
		ZSCORE,

		/** Clip to [lower, upper], then scale to [0, 1]. */
		WINDOW,

		/** Clip to [lower, upper], subtract the mean and divide by the deviation of the training set. */
		CLIP_ZSCORE
	}

	public Intensity {
		if (scheme == null) throw new IllegalArgumentException("The intensity scheme is missing.");
		if (scheme != Scheme.ZSCORE && !(lower < upper)) throw new IllegalArgumentException(
			"The intensity window must rise, but goes from " + lower + " to " + upper + ".");
		if (scheme == Scheme.CLIP_ZSCORE && !(std > 0)) throw new IllegalArgumentException(
			"The standard deviation of the intensities must be positive, not " + std + ".");
	}

	/** Each volume by its own mean and deviation. */
	public static Intensity zScore() {
		return new Intensity(Scheme.ZSCORE, 0, 1, 0, 1);
	}

	/** Clip to [lower, upper], then scale to [0, 1]. */
	public static Intensity window(final double lower, final double upper) {
		return new Intensity(Scheme.WINDOW, lower, upper, 0, 1);
	}

	/** Clip to [lower, upper], then standardise by the training set's mean and deviation. */
	public static Intensity clipZScore(final double lower, final double upper, final double mean,
		final double std)
	{
		return new Intensity(Scheme.CLIP_ZSCORE, lower, upper, mean, std);
	}

	/** The rule for people. */
	public String describe() {
		final String clipped = "clipped to " + number(lower) + " … " + number(upper);
		return switch (scheme) {
			case ZSCORE -> "each volume by its own mean and deviation";
			case WINDOW -> clipped + ", then scaled to 0 … 1";
			case CLIP_ZSCORE -> clipped + ", then by mean " + number(mean) + " and deviation " + number(std);
		};
	}

	private static String number(final double value) {
		return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
	}

	/**
	 * The scheme a text names: {@code zscore}, or a window such as {@code -175,250}.
	 *
	 * @throws IllegalArgumentException for any other text
	 */
	public static Intensity parse(final String text) {
		final String wish = text == null ? "" : text.trim();
		if (wish.isEmpty() || wish.equalsIgnoreCase("zscore")) return zScore();
		final String[] limits = wish.split("\\s*,\\s*");
		if (limits.length == 2 && limits[0].matches(NUMBER) && limits[1].matches(NUMBER)) return window(
			Double.parseDouble(limits[0]), Double.parseDouble(limits[1]));
		throw new IllegalArgumentException("intensity must be zscore or a window such as -175,250, not \""
			+ text + "\".");
	}
}
