package org.swinj.workflow;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.swinj.model.ModelCard;
import org.swinj.model.SegmentationClass;

/**
 * The {@code rdf.yaml} of a BioImage Model Zoo package in format 0.5, written as JSON, which is YAML.
 *
 * @param card of the model
 * @param settings what the user says of it
 * @param hashes SHA-256 of each file of the package
 * @param torch version of PyTorch that made the test output
 */
record ZooDescription(ModelCard card, ZooSettings settings, Map<String, String> hashes,
	String torch)
{

	static final String WEIGHTS = "weights.pt", INPUT = "test-input.npy", OUTPUT = "test-output.npy",
			PAGE = "README.md", ENVIRONMENT = "environment.yaml";

	private static final int STEP = 32; // voxels between sizes the network takes
	private static final Map<String, String> UNITS = Map.of("mm", "millimeter", "µm", "micrometer",
		"nm", "nanometer", "cm", "centimeter", "m", "meter", "inch", "inch");
	private static final String[][] PAPERS = { {
		"Hatamizadeh et al., Swin UNETR: Swin Transformers for Semantic Segmentation of Brain Tumors in MRI Images",
		"10.1007/978-3-031-08999-2_22" }, {
			"Tang et al., Self-Supervised Pre-Training of Swin Transformers for 3D Medical Image Analysis",
			"10.1109/CVPR52688.2022.02007" } };

	String text() {
		final JsonObject rdf = new JsonObject();
		rdf.addProperty("type", "model");
		rdf.addProperty("format_version", "0.5.4");
		rdf.addProperty("name", card.name().replaceAll("[^A-Za-z0-9_+() -]", " ").trim());
		rdf.addProperty("description", "Swin UNETR: " + card.summary());
		rdf.add("authors", array(settings.authors().stream().map(author -> object("name", author))
			.toList()));
		rdf.add("cite", papers());
		rdf.addProperty("license", settings.licence());
		rdf.add("tags", array(List.of(text("3d"), text("semantic-segmentation"), text("swin-unetr"), text(
			"swinj"))));
		rdf.addProperty("documentation", PAGE);
		rdf.add("inputs", array(List.of(input())));
		rdf.add("outputs", array(List.of(output())));
		rdf.add("weights", weights());
		return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(rdf) + "\n";
	}

	private static JsonArray papers() {
		final JsonArray papers = new JsonArray();
		for (final String[] paper : PAPERS) {
			final JsonObject entry = object("text", paper[0]);
			entry.addProperty("doi", paper[1]);
			papers.add(entry);
		}
		return papers;
	}

	private JsonObject input() {
		final JsonObject input = object("id", "image");
		input.addProperty("description", "intensities, " + card.intensity().describe());
		final JsonArray axes = axes(card.channels());
		for (int axis = 0; axis < 3; axis++) {
			final JsonObject size = new JsonObject();
			size.addProperty("min", card.patchSize()[axis]);
			size.addProperty("step", STEP);
			axes.add(space(axis, size));
		}
		input.add("axes", axes);
		input.add("test_tensor", file(INPUT));
		return input;
	}

	private JsonObject output() {
		final JsonObject output = object("id", "logits");
		output.addProperty("description", "one channel a class, the largest one wins");
		final JsonArray axes = axes(card.classes().stream().map(SegmentationClass::name).toList());
		for (int axis = 0; axis < 3; axis++) {
			final JsonObject size = object("tensor_id", "image");
			size.addProperty("axis_id", name(axis));
			axes.add(space(axis, size));
		}
		output.add("axes", axes);
		output.add("test_tensor", file(OUTPUT));
		return output;
	}

	private static JsonArray axes(final List<String> channels) {
		final JsonArray axes = new JsonArray();
		axes.add(object("type", "batch"));
		final JsonObject channel = object("type", "channel");
		channel.add("channel_names", array(channels.stream().map(ZooDescription::identifier).map(
			ZooDescription::text).toList()));
		axes.add(channel);
		return axes;
	}

	private JsonObject space(final int axis, final JsonObject size) {
		final JsonObject space = object("type", "space");
		space.addProperty("id", name(axis));
		space.add("size", size);
		final String unit = UNITS.get(card.unit());
		if (unit == null) return space;
		space.addProperty("unit", unit);
		space.addProperty("scale", card.voxelSize()[axis]);
		return space;
	}

	private static String name(final int axis) {
		return "xyz".substring(axis, axis + 1);
	}

	private JsonObject weights() {
		final MonaiCall call = new MonaiCall(card.architecture());
		final JsonObject architecture = object("callable", "SwinUNETR");
		architecture.addProperty("import_from", "monai.networks.nets");
		architecture.add("kwargs", call.arguments());
		final JsonObject state = file(WEIGHTS);
		state.add("architecture", architecture);
		state.addProperty("pytorch_version", torch);
		state.add("dependencies", file(ENVIRONMENT));
		final JsonObject weights = new JsonObject();
		weights.add("pytorch_state_dict", state);
		return weights;
	}

	private JsonObject file(final String name) {
		final JsonObject file = object("source", name);
		file.addProperty("sha256", hashes.get(name));
		return file;
	}

	/** A name as a programming language allows it. */
	private static String identifier(final String name) {
		final String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
		return plain.matches("[a-z_].*") ? plain : "c" + plain;
	}

	private static JsonElement text(final String text) {
		return new JsonPrimitive(text);
	}

	private static JsonObject object(final String key, final String value) {
		final JsonObject object = new JsonObject();
		object.addProperty(key, value);
		return object;
	}

	private static JsonArray array(final List<? extends JsonElement> elements) {
		final JsonArray array = new JsonArray();
		elements.forEach(array::add);
		return array;
	}
}
