package org.swinj.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights compared with a network's parameters, all under MONAI's names. Convolutions on the image
 * can be adapted to another number of channels: every new channel gets the sum over the old ones
 * divided by the new number, so that a grey image answers as before. Whatever else differs in shape
 * is left out, in particular the output layer for other classes.
 */
public final class WeightFit {

	/** Convolutions that see the image: (features, channels, …). */
	private static final Set<String> IMAGE_CONVOLUTIONS = Set.of("swinViT.patch_embed.proj.weight",
		"encoder1.layer.conv1.conv.weight", "encoder1.layer.conv3.conv.weight");

	private final StateDict fitted = new StateDict();
	private final List<String> loaded = new ArrayList<>();
	private final List<String> adapted = new ArrayList<>();
	private final List<String> missing = new ArrayList<>();
	private final List<String> unexpected = new ArrayList<>();
	private final List<String> ignored = new ArrayList<>();
	private final List<String> mismatched = new ArrayList<>();

	/** @param adapt whether convolutions on the image may change their number of channels */
	WeightFit(final StateDict weights, final Map<String, long[]> parameters, final boolean adapt) {
		parameters.forEach((name, shape) -> {
			if (weights.contains(name)) fit(name, weights.get(name), shape, adapt);
			else missing.add(name);
		});
		for (final String name : weights.names())
			if (!parameters.containsKey(name) && !MonaiKeys.isBuffer(name)) (MonaiNames.isPretextHead(name)
				? ignored : unexpected).add(name);
	}

	private void fit(final String name, final Weight weight, final long[] shape,
		final boolean adapt)
	{
		if (weight.hasShape(shape)) {
			fitted.put(name, weight.asFloat32());
			loaded.add(name);
		}
		else if (adapt && IMAGE_CONVOLUTIONS.contains(name) && differOnlyInChannels(weight, shape)) {
			fitted.put(name, spread(weight, shape));
			adapted.add(name);
		}
		else {
			mismatched.add(name + " is " + weight.shapeText() + " in the file and " + Weight.text(shape)
				+ " in the network");
			missing.add(name);
		}
	}

	private static boolean differOnlyInChannels(final Weight weight, final long[] shape) {
		final long[] other = weight.shape().clone();
		if (other.length != shape.length || other[1] == 0) return false;
		other[1] = shape[1];
		return Arrays.equals(other, shape);
	}

	/** Sum over the old channels, divided by the number of new ones. */
	private static Weight spread(final Weight weight, final long[] shape) {
		final float[] old = weight.toFloats();
		final int before = (int) weight.shape()[1];
		final int after = (int) shape[1];
		final int kernel = (int) (Weight.count(shape) / shape[0] / after);
		final float[] values = new float[(int) Weight.count(shape)];
		for (int i = 0; i < values.length; i++) {
			final int feature = i / (after * kernel);
			float sum = 0;
			for (int channel = 0; channel < before; channel++)
				sum += old[(feature * before + channel) * kernel + i % kernel];
			values[i] = sum / after;
		}
		return Weight.of(values, shape);
	}

	/**
	 * Fits weights to a network that may differ in image channels or classes.
	 *
	 * @param parameters names and shapes of the network's parameters
	 * @throws ModelFormatException if nothing fits
	 */
	public static WeightFit of(final StateDict weights, final Map<String, long[]> parameters)
		throws ModelFormatException
	{
		final WeightFit fit = new WeightFit(weights, parameters, true);
		if (fit.fitted.size() > 0) return fit;
		throw new ModelFormatException("None of the " + weights.size() + " tensors fits the network"
			+ (fit.mismatched.isEmpty() ? "." : ": " + fit.mismatched.get(0) + "."));
	}

	/** The weights that fit, float32. */
	public StateDict weights() {
		return fitted;
	}

	/** What became of each tensor. */
	public ImportReport report() {
		return new ImportReport(loaded, adapted, missing, unexpected, ignored, mismatched);
	}
}
