package org.swinj.network;

import java.util.List;

/**
 * Everything that decides the shape and the numerics of a Swin UNETR; MONAI's constructor arguments
 * in brackets.
 *
 * @param inChannels image channels [in_channels]
 * @param outChannels classes including background [out_channels]
 * @param featureSize channels of the patch embedding, a multiple of 12 [feature_size]
 * @param depths transformer blocks of the four stages [depths]
 * @param heads attention heads of the four stages [num_heads]
 * @param window edge of an attention window in tokens [7 in MONAI]
 * @param v2 one residual convolution block before each stage [use_v2]
 * @param normalize layer-normalise the hidden states handed to the decoder [normalize]
 * @param merging order of patch merging [downsample]
 */
public record SwinConfig(int inChannels, int outChannels, int featureSize, List<Integer> depths,
	List<Integer> heads, int window, boolean v2, boolean normalize, Merging merging)
{

	/** More than any such network has; a damaged file may claim billions. */
	private static final int MOST_FEATURES = 1536, MOST_DEPTH = 100, WIDEST_WINDOW = 16;

	public SwinConfig {
		check(inChannels >= 1, "The network needs at least 1 input channel, not " + inChannels + ".");
		check(outChannels >= 1, "The network needs at least 1 output class, not " + outChannels + ".");
		check(featureSize > 0 && featureSize % 12 == 0 && featureSize <= MOST_FEATURES,
			"The feature size must be a positive multiple of 12 up to " + MOST_FEATURES + ", not " +
				featureSize + ".");
		check(depths.size() == 4 && heads.size() == 4,
			"The network has 4 stages: give 4 depths and 4 head counts.");
		check(window >= 2 && window <= WIDEST_WINDOW, "The attention window must span 2 to " +
			WIDEST_WINDOW + " tokens, not " + window + ".");
		depths = List.copyOf(depths);
		heads = List.copyOf(heads);
		for (int i = 0; i < 4; i++) {
			check(depths.get(i) >= 1 && heads.get(i) >= 1,
				"Depths and head counts must be at least 1.");
			check(depths.get(i) <= MOST_DEPTH, "Stage " + (i + 1) + " must have at most " + MOST_DEPTH +
				" blocks, not " + depths.get(i) + ".");
			check((featureSize << i) % heads.get(i) == 0, "Stage " + (i + 1) + " has "
				+ (featureSize << i) + " channels, not divisible by " + heads.get(i) + " heads.");
		}
	}

	/** MONAI's defaults (version 1): depths 2,2,2,2, heads 3,6,12,24, window 7, legacy merging. */
	public static SwinConfig monai(final int inChannels, final int outChannels,
		final int featureSize)
	{
		return new SwinConfig(inChannels, outChannels, featureSize, List.of(2, 2, 2, 2),
			List.of(3, 6, 12, 24), 7, false, true, Merging.LEGACY);
	}

	/** The same network with another number of classes. */
	public SwinConfig withOutChannels(final int classes) {
		return new SwinConfig(inChannels, classes, featureSize, depths, heads, window, v2, normalize,
			merging);
	}

	/** The same network with another number of image channels. */
	public SwinConfig withInChannels(final int channels) {
		return new SwinConfig(channels, outChannels, featureSize, depths, heads, window, v2, normalize,
			merging);
	}

	/** The same network with another order of patch merging. */
	public SwinConfig withMerging(final Merging order) {
		return new SwinConfig(inChannels, outChannels, featureSize, depths, heads, window, v2,
			normalize, order);
	}

	/** The same network with or without the residual blocks of version 2. */
	public SwinConfig withV2(final boolean on) {
		return new SwinConfig(inChannels, outChannels, featureSize, depths, heads, window, on,
			normalize, merging);
	}

	/** The same network with another attention window. */
	public SwinConfig withWindow(final int edge) {
		return new SwinConfig(inChannels, outChannels, featureSize, depths, heads, edge, v2, normalize,
			merging);
	}

	private static void check(final boolean ok, final String sentence) {
		if (!ok) throw new IllegalArgumentException(sentence);
	}
}
