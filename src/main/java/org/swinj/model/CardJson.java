package org.swinj.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import java.util.List;
import java.util.Map;

import org.swinj.data.Intensity;
import org.swinj.data.IntensityJson;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;

/** {@link ModelCard} ↔ text of {@code model.json}. */
final class CardJson {

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping()
		.serializeNulls().create();

	private static final int DEEPEST = 50;

	private CardJson() {}

	// ---- reading

	/** @param file the model's name for messages */
	static ModelCard parse(final String json, final String file) throws ModelFormatException {
		final JsonObject root;
		try {
			if (!(JsonParser.parseString(json) instanceof JsonObject object))
				throw new ModelFormatException("Model \"" + file
					+ "\" is damaged: its model.json is not a JSON object.");
			root = object;
		}
		catch (final JsonParseException e) {
			throw new ModelFormatException("Model \"" + file + "\" is damaged: its model.json is not JSON.",
				e);
		}
		if (isDeeper(root, DEEPEST)) throw new ModelFormatException("Model \"" + file
			+ "\" is damaged: its model.json is nested more than " + DEEPEST + " levels deep.");
		final JsonFields fields = new JsonFields(root, file);
		final double version = fields.number("format_version");
		if (!(version >= 1)) throw fields.wrong("format_version", "a version");
		if (version >= ModelCard.FORMAT_VERSION + 1) throw new ModelFormatException("Model \"" + file
			+ "\" has format version " + (long) version + ", but this SwinJ reads up to "
			+ ModelCard.FORMAT_VERSION + ": please update SwinJ.");
		try {
			return card(fields, root);
		}
		catch (final IllegalArgumentException e) {
			throw new ModelFormatException("Model \"" + file + "\" is damaged: " + e.getMessage(), e);
		}
	}

	/** Whether a structure has more levels; what is unknown in it is written again some day. */
	private static boolean isDeeper(final JsonElement element, final int levels) {
		if (!element.isJsonArray() && !element.isJsonObject()) return false;
		if (levels == 0) return true;
		final Iterable<JsonElement> children = element.isJsonArray() ? element.getAsJsonArray() : element
			.getAsJsonObject().asMap().values();
		for (final JsonElement child : children)
			if (isDeeper(child, levels - 1)) return true;
		return false;
	}

	private static ModelCard card(final JsonFields f, final JsonObject root)
		throws ModelFormatException
	{
		final int[] patch = f.integers("patch_size").stream().mapToInt(Integer::intValue).toArray();
		return new ModelCard(f.text("name"), architecture(f.object("architecture")), f.flag(
			"encoder_only"), f.objects("classes", c -> new SegmentationClass(c.integer("value"), c.text(
				"name"), c.text("color"))), f.texts("channels"), f.numbers("voxel_size"), f.text("unit"),
			f.flag("oriented"), intensity(f, root), patch, f.has("training") ? training(f
				.object("training")) : null, f.text("weights_sha256"), root);
	}

	private static SwinConfig architecture(final JsonFields f) throws ModelFormatException {
		return new SwinConfig(f.integer("in_channels"), f.integer("out_channels"), f.integer(
			"feature_size"), f.integers("depths"), f.integers("num_heads"), f.integer("window_size"), f
				.flag("use_v2"), f.flag("normalize"), Merging.of(f.text("merging")));
	}

	private static Intensity intensity(final JsonFields f, final JsonObject root)
		throws ModelFormatException
	{
		f.object("intensity");
		return IntensityJson.read(root.getAsJsonObject("intensity"));
	}

	private static Training training(final JsonFields f) throws ModelFormatException {
		return new Training(f.longInteger("seed"), f.integer("steps"), f.number("final_loss"), f.number(
			"best_dice"), f.has("held_back") ? f.texts("held_back") : List.of(), f.text("device"), f.text(
				"versions"), f.text("date"), f.texts("settings"), f.texts("inputs"));
	}

	// ---- writing

	/** The text of {@code model.json}; keys of the card's source that SwinJ does not know stay. */
	static String write(final ModelCard card) {
		final JsonObject json = new JsonObject();
		json.addProperty("format_version", ModelCard.FORMAT_VERSION);
		json.addProperty("name", card.name());
		json.add("architecture", architecture(card.architecture()));
		json.addProperty("encoder_only", card.encoderOnly());
		json.add("classes", classes(card.classes()));
		json.add("channels", GSON.toJsonTree(card.channels()));
		json.add("voxel_size", GSON.toJsonTree(card.voxelSize()));
		json.addProperty("unit", card.unit());
		json.addProperty("oriented", card.oriented());
		json.add("intensity", IntensityJson.write(card.intensity()));
		json.add("patch_size", GSON.toJsonTree(card.patchSize()));
		json.add("training", card.training() == null ? JsonNull.INSTANCE : training(card.training()));
		json.addProperty("weights_sha256", card.weightsSha256());
		return GSON.toJson(withUnknown(json, card.source())) + "\n";
	}

	private static JsonObject architecture(final SwinConfig config) {
		final JsonObject json = new JsonObject();
		json.addProperty("in_channels", config.inChannels());
		json.addProperty("out_channels", config.outChannels());
		json.addProperty("feature_size", config.featureSize());
		json.add("depths", GSON.toJsonTree(config.depths()));
		json.add("num_heads", GSON.toJsonTree(config.heads()));
		json.addProperty("window_size", config.window());
		json.addProperty("use_v2", config.v2());
		json.addProperty("normalize", config.normalize());
		json.addProperty("merging", config.merging().id());
		return json;
	}

	private static JsonArray classes(final List<SegmentationClass> classes) {
		final JsonArray json = new JsonArray();
		for (final SegmentationClass c : classes) {
			final JsonObject entry = new JsonObject();
			entry.addProperty("value", c.value());
			entry.addProperty("name", c.name());
			entry.addProperty("color", c.color());
			json.add(entry);
		}
		return json;
	}

	private static JsonObject training(final Training training) {
		final JsonObject json = new JsonObject();
		json.addProperty("seed", training.seed());
		json.addProperty("steps", training.steps());
		json.add("final_loss", finite(training.finalLoss()));
		json.add("best_dice", finite(training.bestDice()));
		json.add("held_back", GSON.toJsonTree(training.heldBack()));
		json.addProperty("device", training.device());
		json.addProperty("versions", training.versions());
		json.addProperty("date", training.date());
		json.add("settings", GSON.toJsonTree(training.settings()));
		json.add("inputs", GSON.toJsonTree(training.inputs()));
		return json;
	}

	private static JsonElement finite(final double value) {
		return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
	}

	/** Adds what the source has and the known tree lacks, object by object. */
	private static JsonObject withUnknown(final JsonObject known, final JsonObject source) {
		for (final Map.Entry<String, JsonElement> entry : source.entrySet())
			if (!known.has(entry.getKey())) known.add(entry.getKey(), entry.getValue());
			else if (known.get(entry.getKey()) instanceof JsonObject child && entry
				.getValue() instanceof JsonObject other) withUnknown(child, other);
		return known;
	}
}
