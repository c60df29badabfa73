package org.swinj.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.swinj.backend.Backend;
import org.swinj.model.ModelCard;
import org.swinj.model.ModelFormatException;
import org.swinj.training.FirstSteps;

/**
 * What a training can be verified by; {@code manifest} in {@code model.json}.
 *
 * @param kind fine-tune or pretrain
 * @param options all settings of the run
 * @param versions of SwinJ, DJL, PyTorch, Java and the system, by name
 * @param device what it ran on
 * @param precision float32 or bfloat16
 * @param threads of the CPU that an operator used
 * @param files all that were read, with their hashes
 * @param losses of the first steps; empty if they cannot be repeated
 * @param rates of the same steps
 */
record Manifest(String kind, JsonObject options, JsonObject versions, String device,
	String precision, int threads, List<InputFile> files, List<Double> losses, List<Double> rates)
{

	static Manifest of(final String kind, final Record settings, final Backend backend,
		final List<InputFile> files, final FirstSteps first)
	{
		return new Manifest(kind, RecordJson.write(settings), Provenance.versionsByName(), backend.device()
			.reason(), backend.precision().id(), backend.threads(), files, first.losses(), first.rates());
	}

	JsonObject json() {
		final JsonObject json = new JsonObject();
		json.addProperty("kind", kind);
		json.add("options", options);
		json.add("versions", versions);
		json.addProperty("device", device);
		json.addProperty("precision", precision);
		json.addProperty("threads", threads);
		final JsonArray list = new JsonArray();
		for (final InputFile file : files) {
			final JsonObject entry = new JsonObject();
			entry.addProperty("path", file.path());
			entry.addProperty("bytes", file.bytes());
			entry.addProperty("sha256", file.sha256());
			list.add(entry);
		}
		json.add("files", list);
		json.add("first_losses", texts(losses));
		json.add("first_rates", texts(rates));
		return json;
	}

	/** As texts, which know NaN and every bit. */
	private static JsonArray texts(final List<Double> numbers) {
		final JsonArray list = new JsonArray();
		numbers.forEach(number -> list.add(Double.toString(number)));
		return list;
	}

	/** @throws ModelFormatException if the model has none, or a damaged one */
	static Manifest of(final ModelCard card, final Path model) throws ModelFormatException {
		final JsonObject json = card.manifest();
		if (json == null) throw new ModelFormatException("Model \"" + model
			+ "\" has no manifest: it was imported, or trained before manifests were written.");
		try {
			final List<InputFile> files = new ArrayList<>();
			for (final JsonElement element : json.getAsJsonArray("files")) {
				final JsonObject file = element.getAsJsonObject();
				files.add(new InputFile(file.get("path").getAsString(), file.get("bytes").getAsLong(), file
					.get("sha256").getAsString()));
			}
			return new Manifest(json.get("kind").getAsString(), json.getAsJsonObject("options"), json
				.getAsJsonObject("versions"), json.get("device").getAsString(), json.get("precision")
					.getAsString(), json.get("threads").getAsInt(), files, numbers(json, "first_losses"), numbers(
						json, "first_rates"));
		}
		catch (final RuntimeException e) { // whatever is missing or of another kind
			throw new ModelFormatException("Model \"" + model + "\" is damaged: its manifest cannot be read.",
				e);
		}
	}

	private static List<Double> numbers(final JsonObject json, final String key) {
		return json.getAsJsonArray(key).asList().stream().map(e -> Double.valueOf(e.getAsString()))
			.toList();
	}
}
