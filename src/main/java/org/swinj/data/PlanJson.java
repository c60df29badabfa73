package org.swinj.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@link PartialPlan} ↔ text of {@code plan.json}. */
public final class PlanJson {

	/** The name that plans have beside their model. */
	public static final String FILE = "plan.json";

	private static final int VERSION = 1;
	private static final long MOST_BYTES = 1 << 20;
	private static final int LONGEST_EDGE = 1024;
	private static final int MOST_FEATURES = 384;
	private static final int FEATURE_UNIT = 12;
	private static final int LARGEST_WINDOW = 32;
	private static final int MOST_CROPS = 64;
	private static final double MOST_MINUTES = 100_000;

	static final List<String> KEYS = List.of("format_version", "voxel_size", "unit", "intensity",
		"patch_size", "feature_size", "window_size", "batch", "foreground", "mirror", "rate", "steps",
		"minutes");

	private PlanJson() {}

	// ---- reading

	/**
	 * Reads a plan.
	 *
	 * @throws FormatException if the file is no plan, or has an unknown key or an impossible value
	 */
	public static PartialPlan read(final Path file) throws IOException {
		if (!Files.isRegularFile(file)) throw new FormatException("Plan \"" + file
			+ "\" does not exist.");
		if (Files.size(file) > MOST_BYTES) throw new FormatException("Plan \"" + file
			+ "\" has more than 1 MB, too much for a plan.");
		return parse(tree(file), file.toString());
	}

	private static JsonObject tree(final Path file) throws IOException {
		try {
			return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
		}
		catch (final JsonParseException | IllegalStateException | CharacterCodingException e) {
			throw new FormatException("Plan \"" + file + "\" is not a JSON object.", e);
		}
	}

	/**
	 * The plan that a JSON object holds.
	 *
	 * @param file for messages
	 * @throws FormatException if it has an unknown key or an impossible value
	 */
	public static PartialPlan parse(final JsonObject json, final String file) throws IOException {
		return plan(new PlanFields(json, file, KEYS));
	}

	static PartialPlan plan(final PlanFields f) throws FormatException {
		final Integer version = f.whole("format_version", 1, Integer.MAX_VALUE);
		if (version != null && version > VERSION) throw f.wrong("format_version", "at most " + VERSION
			+ " for this SwinJ");
		final double[] spacing = f.three("voxel_size", "above 0", v -> v > 0);
		final String unit = unit(f, spacing);
		final double[] edges = f.three("patch_size", "a multiple of " + Plan.UNIT + " up to "
			+ LONGEST_EDGE, v -> v > 0 && v % Plan.UNIT == 0 && v <= LONGEST_EDGE);
		final Integer features = f.whole("feature_size", FEATURE_UNIT, MOST_FEATURES);
		if (features != null && features % FEATURE_UNIT != 0) throw f.wrong("feature_size",
			"a multiple of " + FEATURE_UNIT);
		return new PartialPlan(spacing, unit, f.intensity("intensity"), edges == null ? null : Arrays
			.stream(edges).mapToInt(v -> (int) v).toArray(), features, f.whole("window_size", 2,
				LARGEST_WINDOW), f.whole("batch", 1, MOST_CROPS), f.number("foreground",
					"a number from 0 to 1", v -> v >= 0 && v <= 1), f.threeFlags("mirror"), f.number("rate",
						"a number above 0 and below 1", v -> v > 0 && v < 1), f.whole("steps", 0,
							Integer.MAX_VALUE), f.number("minutes", "a number from 0 to 100000", v -> v >= 0
								&& v <= MOST_MINUTES));
	}

	private static String unit(final PlanFields f, final double[] spacing) throws FormatException {
		final String unit = f.text("unit");
		if (unit == null) return null;
		final LengthUnit known = LengthUnit.of(unit);
		if (known == null) throw f.wrong("unit", "pixel or a length such as mm or µm");
		if (known != LengthUnit.PIXEL && spacing == null) throw f.wrong("unit",
			"pixel where there is no voxel_size");
		return known.symbol();
	}

	// ---- writing

	/** What is settled, as a tree. */
	public static JsonObject write(final PartialPlan plan) {
		final JsonObject json = new JsonObject();
		json.addProperty("format_version", VERSION);
		add(json, "voxel_size", plan.spacing() == null ? null : array(Arrays.stream(plan.spacing())
			.mapToObj(PlanJson::number).toList()));
		add(json, "unit", plan.unit() == null ? null : new JsonPrimitive(plan.unit()));
		add(json, "intensity", plan.intensity() == null ? null : IntensityJson.write(plan.intensity()));
		add(json, "patch_size", plan.patch() == null ? null : array(Arrays.stream(plan.patch())
			.mapToObj(JsonPrimitive::new).toList()));
		add(json, "feature_size", number(plan.featureSize()));
		add(json, "window_size", number(plan.window()));
		add(json, "batch", number(plan.batch()));
		add(json, "foreground", number(plan.foreground()));
		add(json, "mirror", plan.mirror() == null ? null : flags(plan.mirror()));
		add(json, "rate", number(plan.rate()));
		add(json, "steps", number(plan.steps()));
		add(json, "minutes", number(plan.minutes()));
		return json;
	}

	/** A tree as text with one line for each key. */
	public static String text(final JsonObject json) {
		final List<String> lines = new ArrayList<>();
		for (final Map.Entry<String, JsonElement> entry : json.entrySet())
			lines.add("  \"" + entry.getKey() + "\": " + inline(entry.getValue()));
		return "{\n" + String.join(",\n", lines) + "\n}\n";
	}

	private static String inline(final JsonElement value) {
		final List<String> parts = new ArrayList<>();
		if (value instanceof JsonArray array) {
			array.forEach(element -> parts.add(inline(element)));
			return "[" + String.join(", ", parts) + "]";
		}
		if (!(value instanceof JsonObject object)) return value.toString();
		object.entrySet().forEach(e -> parts.add("\"" + e.getKey() + "\": " + inline(e.getValue())));
		return "{ " + String.join(", ", parts) + " }";
	}

	private static void add(final JsonObject json, final String key, final JsonElement value) {
		if (value != null) json.add(key, value);
	}

	private static JsonArray array(final List<JsonPrimitive> values) {
		final JsonArray array = new JsonArray();
		values.forEach(array::add);
		return array;
	}

	private static JsonArray flags(final boolean[] values) {
		final JsonArray array = new JsonArray();
		for (final boolean value : values)
			array.add(value);
		return array;
	}

	/** Without the exponent and the trailing zero that Java would write. */
	private static JsonPrimitive number(final Number value) {
		return value == null ? null : new JsonPrimitive(new BigDecimal(new BigDecimal(value.toString())
			.stripTrailingZeros().toPlainString()));
	}
}
