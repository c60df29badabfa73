package org.swinj.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import org.swinj.progress.Progress;

/**
 * The dataset.json of the Medical Segmentation Decathlon (labels as value to name, "modality", list
 * "training") and of nnU-Net version 2 (labels as name to value, "channel_names", no list).
 */
final class DatasetJson {

	static final String FILE = "dataset.json";

	private static final String IGNORE = "ignore";
	private static final int LONGEST = 1 << 26;

	/** Where the parser met what it did not expect. */
	private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

	private final Path file;
	private final JsonObject json;
	private int ignore = -1;

	private DatasetJson(final Path file, final JsonObject json) {
		this.file = file;
		this.json = json;
	}

	/** @throws FormatException if the file is not a JSON object */
	static DatasetJson read(final Path file) throws IOException {
		if (Files.size(file) > LONGEST) throw new FormatException("File \"" + file +
			"\" has more than 64 MB, too much for a list of volumes.");
		try {
			final JsonElement root = JsonParser.parseString(Files.readString(file,
				StandardCharsets.UTF_8));
			return new DatasetJson(file, root.getAsJsonObject());
		}
		catch (final CharacterCodingException e) {
			throw new FormatException("File \"" + file + "\" is no text in UTF-8.", e);
		}
		catch (final JsonParseException | IllegalStateException e) {
			final Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
			throw new FormatException("File \"" + file + "\" is not valid JSON, " + (place.find()
				? "see " + place.group() : "it must be one object") + ".", e);
		}
	}

	/**
	 * The listed cases whose files exist; empty if there is no list.
	 *
	 * @throws FormatException if cases are listed but none of their files exist
	 */
	List<Case> cases(final Progress progress) throws IOException {
		final List<Case> cases = new ArrayList<>();
		String missing = "";
		int listed = 0, absent = 0;
		if (!json.has("training") || !json.get("training").isJsonArray()) return cases;
		for (final JsonElement entry : json.getAsJsonArray("training")) {
			if (!entry.isJsonObject() || !entry.getAsJsonObject().has("label")) continue;
			final Path labels = path(entry.getAsJsonObject(), "label");
			final Path image = firstChannel(path(entry.getAsJsonObject(), "image"));
			if (!VolumeFormat.isVolume(labels)) continue;
			listed++;
			if (VolumeFormat.exists(image) && VolumeFormat.exists(labels)) cases.add(new Case(VolumeFormat
				.baseName(labels), image, labels));
			else {
				absent++;
				missing = (VolumeFormat.exists(image) ? labels : image).toString();
			}
		}
		if (absent > 0 && cases.isEmpty()) throw new FormatException("File \"" + file + "\" lists " +
			listed + " cases, but none of them exists; for instance \"" + missing + "\" is missing.");
		if (absent > 0) progress.warn("File \"" + file + "\" lists " + absent + " of " + listed +
			" cases that do not exist, for instance \"" + missing + "\"; they were left out.");
		return cases;
	}

	/** The classes, or {@code null} if the file does not name any. */
	LabelMap labels() throws FormatException {
		if (!json.has("labels") || !json.get("labels").isJsonObject()) return null;
		final Map<Integer, String> names = new TreeMap<>();
		for (final Map.Entry<String, JsonElement> entry : json.getAsJsonObject("labels").entrySet()) {
			final boolean valueFirst = entry.getKey().matches("\\d{1,8}") && !isNumber(entry.getValue());
			if (!valueFirst && entry.getValue().isJsonArray()) throw new FormatException("File \"" + file +
				"\" defines the region \"" + entry.getKey() +
				"\" by several labels; only one label for each class is supported.");
			if (!entry.getValue().isJsonPrimitive()) throw new FormatException("File \"" + file +
				"\" gives \"" + entry.getKey() + "\" of its labels neither a name nor a whole number.");
			final String name = valueFirst ? entry.getValue().getAsString() : entry.getKey();
			final String value = valueFirst ? entry.getKey() : entry.getValue().getAsString();
			if (!value.matches("\\d{1,8}")) throw new FormatException("File \"" + file +
				"\" gives the class \"" + name + "\" the label \"" + value +
				"\", which is not a whole number from 0.");
			if (name.equalsIgnoreCase(IGNORE)) ignore = Integer.parseInt(value);
			else if (names.put(Integer.parseInt(value), name) != null) throw new FormatException("File \"" +
				file + "\" gives the label " + value + " to more than one class.");
		}
		if (names.isEmpty()) return null;
		names.putIfAbsent(0, "background");
		return new LabelMap(new ArrayList<>(names.keySet()), new ArrayList<>(names.values()));
	}

	/** Channel names in the order of their numbers; empty if the file does not tell. */
	List<String> channels() {
		final String key = json.has("channel_names") ? "channel_names" : "modality";
		if (!json.has(key) || !json.get(key).isJsonObject()) return List.of();
		final Map<Integer, String> names = new TreeMap<>();
		for (final Map.Entry<String, JsonElement> entry : json.getAsJsonObject(key).entrySet())
			if (entry.getKey().matches("\\d{1,6}") && entry.getValue().isJsonPrimitive()) names.put(Integer
				.parseInt(entry.getKey()), entry.getValue().getAsString());
		return List.copyOf(names.values());
	}

	/** Label of voxels that nobody annotated, -1 for none. Known after {@link #labels()}. */
	int ignore() {
		return ignore;
	}

	private static boolean isNumber(final JsonElement value) {
		return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
	}

	private Path path(final JsonObject entry, final String key) throws FormatException {
		final JsonElement value = entry.get(key);
		if (value == null || !value.isJsonPrimitive()) throw new FormatException("File \"" + file +
			"\" has a training case without \"" + key + "\".");
		try {
			final Path path = file.resolveSibling(value.getAsString()).normalize();
			if (path.getFileName() != null) return path;
		}
		catch (final InvalidPathException e) {
			throw noFile(key, value.getAsString(), e);
		}
		throw noFile(key, value.getAsString(), null);
	}

	private FormatException noFile(final String key, final String name, final Exception cause) {
		return new FormatException("File \"" + file + "\" has a training case whose \"" + key +
			"\" is \"" + name + "\", which is no name of a file.", cause);
	}

	/** nnU-Net appends the channel number to the file name, but not in its version 1 lists. */
	private static Path firstChannel(final Path image) {
		if (VolumeFormat.exists(image)) return image;
		final String name = image.getFileName().toString();
		final String base = VolumeFormat.baseName(image);
		final Path numbered = image.resolveSibling(base + "_0000" + name.substring(base.length()));
		return Files.exists(numbered) ? numbered : image;
	}
}
