package org.swinj.data;

import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is known of a public data set.
 *
 * @param name what users call it by
 * @param plan what is published of trainings on it
 * @param classes names of the label values 0, 1, 2 …
 * @param channels names of the image channels
 * @param layout what its folder has in it, in words
 * @param validation how the ids of the cases end that the published split holds back; may be empty
 * @param source what is published and what is left to the data, in words
 */
public record Preset(String name, PartialPlan plan, List<String> classes, List<String> channels,
	String layout, List<String> validation, String source)
{

	private static final String FOLDER = "presets/";
	private static final List<String> OWN_KEYS = List.of("classes", "channels", "layout",
		"validation", "source");

	/** All presets there are. */
	public static List<String> names() throws IOException {
		return text("names.txt").lines().toList();
	}

	/** @throws IllegalArgumentException if there is no preset of this name */
	public static Preset of(final String name) throws IOException {
		if (!names().contains(name)) throw new IllegalArgumentException("There is no preset \"" + name
			+ "\"; there are " + String.join(", ", names()) + ".");
		final List<String> known = new ArrayList<>(PlanJson.KEYS);
		known.addAll(OWN_KEYS);
		final String file = name + ".json";
		final PlanFields fields = new PlanFields(JsonParser.parseString(text(file)).getAsJsonObject(),
			file, known);
		final List<String> validation = fields.texts("validation");
		return new Preset(name, PlanJson.plan(fields), fields.texts("classes"), fields.texts(
			"channels"), fields.text("layout"), validation == null ? List.of() : validation, fields.text(
				"source"));
	}

	private static String text(final String file) throws IOException {
		try (InputStream in = Preset.class.getResourceAsStream(FOLDER + file)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * A data set with the names of this one, where it has none of its own.
	 *
	 * @throws FormatException if its labels or channels are not those of this one
	 */
	public Dataset name(final Dataset data) throws FormatException {
		final List<Integer> values = IntStream.range(0, classes.size()).boxed().toList();
		final LabelMap labels = data.labels();
		if (!labels.values().equals(values)) throw misfit(data, classes.size()
			+ " classes with the labels 0 to " + (classes.size() - 1), labels.classes() + ": " + labels
				.values().toString().replaceAll("[\\[\\]]", ""));
		if (!data.channels().isEmpty() && (data.channels().size() != channels.size() || isCt(data
			.channels()) != isCt(channels))) throw misfit(data, count(channels), count(data.channels()));
		final List<String> names = new ArrayList<>();
		for (final int value : values)
			names.add(labels.names().get(value).equals("class " + value) ? classes.get(value) : labels
				.names().get(value));
		return new Dataset(data.folder(), data.cases(), new LabelMap(values, names), data.channels()
			.isEmpty() ? channels : data.channels(), data.ignore());
	}

	/** The ids of the cases that the published split holds back; empty if some are missing. */
	public List<String> heldBack(final List<Case> cases) {
		final List<String> ids = cases.stream().map(Case::id).filter(id -> validation.stream().anyMatch(
			id::endsWith)).toList();
		return ids.size() == validation.size() && ids.size() < cases.size() ? ids : List.of();
	}

	private static boolean isCt(final List<String> channels) {
		return channels.stream().allMatch("CT"::equalsIgnoreCase);
	}

	private static String count(final List<String> channels) {
		return channels.size() + (channels.size() == 1 ? " channel (" : " channels (") + String.join(
			", ", channels) + ")";
	}

	private FormatException misfit(final Dataset data, final String wanted, final String found) {
		return new FormatException("Preset " + name + " has " + wanted + ", but data folder \"" + data
			.folder() + "\" has " + found + ".");
	}
}
