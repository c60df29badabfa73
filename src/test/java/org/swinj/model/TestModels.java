package org.swinj.model;

import java.util.List;
import java.util.Map;

import org.swinj.GoldenFormula;
import org.swinj.data.Intensity;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;

/** Small models for tests. */
public final class TestModels {

	private TestModels() {}

	/** Parameters by the golden formula. */
	public static StateDict weights(final SwinConfig config, final long seed) {
		final StateDict weights = new StateDict();
		for (final Map.Entry<String, long[]> entry : MonaiKeys.parameters(config).entrySet())
			weights.put(entry.getKey(), Weight.of(GoldenFormula.parameter(entry.getKey(), entry
				.getValue(), seed), entry.getValue()));
		return weights;
	}

	/** A complete CT model of feature size 12 with three classes. */
	public static SwinModel small(final long seed) {
		final SwinConfig config = new SwinConfig(1, 3, 12, List.of(1, 1, 1, 1),
			List.of(3, 3, 6, 6), 3, false, true, Merging.LEGACY);
		final ModelCard card = ModelCard.of("small", config, ModelCard.numberedClasses(3), ModelCard
			.numberedChannels(1), new double[] { 1.5, 1.5, 2 }, "mm", true, Intensity.window(-175, 250),
			new int[] { 96, 96, 64 });
		return new SwinModel(card, weights(config, seed));
	}

	/** The same with windows of 32³ voxels, which are predicted at once. */
	public static SwinModel tiny(final long seed) {
		final SwinModel small = small(seed);
		final ModelCard card = small.card();
		return new SwinModel(ModelCard.of("tiny", card.architecture(), card.classes(), card.channels(),
			card.voxelSize(), card.unit(), card.oriented(), card.intensity(), new int[] { 32, 32, 32 }),
			small.weights());
	}
}
