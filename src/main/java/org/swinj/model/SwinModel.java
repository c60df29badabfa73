package org.swinj.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.swinj.network.SwinConfig;

/**
 * A model: a folder, or a zip of one, with {@code model.json} and {@code weights.safetensors}.
 *
 * @param card everything besides the weights
 * @param weights the network's parameters under MONAI's state-dict keys; those of an encoder-only
 *          model may include the heads it was pretrained with
 */
public record SwinModel(ModelCard card, StateDict weights) {

	/** @throws IllegalArgumentException if keys or shapes are not those of the architecture */
	public SwinModel {
		final String misfit = misfit(card, weights);
		if (misfit != null) throw new IllegalArgumentException(misfit);
	}

	/**
	 * Reads a model and verifies version, hash, keys and shapes.
	 *
	 * @throws ModelFormatException if it is damaged, foreign, unsafe or of a newer version
	 */
	public static SwinModel read(final Path path) throws IOException {
		try (ModelReader reader = ModelReader.open(path)) {
			final ModelCard card = reader.readCard();
			final StateDict weights = reader.readWeights(card.weightsSha256());
			final String misfit = misfit(card, weights);
			if (misfit != null) throw new ModelFormatException("Model \"" + reader.name()
				+ "\" is damaged: " + misfit);
			return new SwinModel(card, weights);
		}
	}

	/**
	 * Reads {@code model.json} only.
	 *
	 * @throws ModelFormatException if it is damaged, foreign, unsafe or of a newer version
	 */
	public static ModelCard readCard(final Path path) throws IOException {
		try (ModelReader reader = ModelReader.open(path)) {
			return reader.readCard();
		}
	}

	/** Whether this is the folder of a model, by its {@code model.json}, or an existing zip. */
	public static boolean isModel(final Path path) {
		return Files.isRegularFile(path) || Files.isRegularFile(path.resolve(ModelReader.CARD));
	}

	/**
	 * Writes a zip if the name ends in {@code .zip}, else a folder. A model of that name is replaced
	 * once the new one is complete; other files in its folder stay.
	 *
	 * @throws ModelFormatException if something that is not a SwinJ model has the name
	 */
	public void write(final Path path) throws IOException {
		new ModelWriter(this).write(path);
	}

	/**
	 * Tells before long work whether {@link #write} will accept the name.
	 *
	 * @throws ModelFormatException if something that is not a SwinJ model has the name
	 */
	public static void checkTarget(final Path path) throws IOException {
		ModelWriter.check(path);
	}

	/**
	 * Clears up where a process was killed while it wrote a model: a model that was just being replaced
	 * is in its place again. Nobody may be writing it now.
	 */
	public static void recover(final Path path) throws IOException {
		ModelWriter.recover(path);
	}

	/** One sentence if the weights are not those of the architecture, else {@code null}. */
	private static String misfit(final ModelCard card, final StateDict weights) {
		final SwinConfig config = card.architecture();
		final Map<String, long[]> expected = MonaiKeys.entries(config);
		for (final Map.Entry<String, Weight> entry : weights.asMap().entrySet()) {
			final long[] shape = expected.get(entry.getKey());
			if (shape == null && card.encoderOnly() && MonaiNames.isPretextHead(entry.getKey())) continue;
			if (shape == null) return "its architecture has no tensor \"" + entry.getKey() + "\".";
			if (!entry.getValue().hasShape(shape)) return "tensor \"" + entry.getKey() + "\" is " + entry
				.getValue().shapeText() + ", but its architecture needs " + Weight.text(shape) + ".";
		}
		if (weights.size() == 0) return "it has no weights.";
		if (card.encoderOnly()) return null;
		for (final String name : MonaiKeys.parameters(config).keySet())
			if (!weights.contains(name)) return "tensor \"" + name + "\" is missing.";
		return null;
	}
}
