package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.swinj.model.ModelCard;
import org.swinj.model.ModelFormatException;
import org.swinj.model.MonaiKeys;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.network.SwinConfig;
import org.swinj.progress.Progress;

/**
 * Writes a model's weights as MONAI's {@code SwinUNETR} expects them in
 * {@code load_state_dict(strict=True)}: its names, its index buffers, one safetensors file.
 */
public final class ExportModel {

	private static final String CARD = "swinj"; // key of the model's card in the file

	private static final String EXTENSION = ".safetensors";

	private final Path model;
	private final Path output;
	private final Progress progress;

	/**
	 * @param model SwinJ model folder or zip
	 * @param output safetensors file to write
	 * @throws IllegalArgumentException if something is missing or the file has another extension
	 */
	public ExportModel(final Path model, final Path output, final Progress progress) {
		Check.present(model, "model", "the SwinJ model");
		Check.present(output, "output", "the safetensors file to write");
		Check.that(output.toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION),
			"Weights are written as " + EXTENSION + ": \"" + output + "\" needs that at its end.");
		this.model = model;
		this.output = output;
		this.progress = progress;
	}

	/**
	 * Reads the model and writes the file.
	 *
	 * @return the number of tensors written
	 * @throws ModelFormatException if the model is damaged or the output is a folder
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public int run() throws IOException {
		if (Files.isDirectory(output)) throw new ModelFormatException("Output \"" + output
			+ "\" is a folder, not a safetensors file.");
		progress.stage("Reading model");
		final SwinModel read = SwinModel.read(model);
		progress.checkCancelled();
		progress.stage("Writing weights");
		final SwinConfig config = read.card().architecture();
		final StateDict weights = MonaiKeys.stateDict(config, read.weights());
		Safetensors.write(output, weights, metadata(read.card()));
		progress.info(weights.size() + " tensors written for " + constructor(config));
		return weights.size();
	}

	/** The card of the model that a file was written of, {@code null} if it comes from elsewhere. */
	static ModelCard cardIn(final Path file) throws IOException {
		if (!file.toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION)) return null;
		final String json = Safetensors.readMetadata(file).get(CARD);
		return json == null ? null : ModelCard.parse(json, String.valueOf(file.getFileName()));
	}

	/** What else is known of the model, so that an import here gives the same one again. */
	private static Map<String, String> metadata(final ModelCard card) {
		final SwinConfig config = card.architecture();
		return Map.of("format", "pt", "monai", constructor(config), "merging", config.merging().id(), CARD,
			card.withManifest(null).json());
	}

	/** The call that builds the same network in MONAI, for people who load the file there. */
	private static String constructor(final SwinConfig config) {
		final MonaiCall call = new MonaiCall(config);
		return call.python() + " of " + call.versions();
	}
}
