package org.swinj.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.util.List;
import java.util.Locale;

/** {@link Intensity} ↔ JSON, as models and plans have it. */
public final class IntensityJson {

	private static final String SCHEME = "scheme";
	private static final List<String> NUMBERS = List.of("lower", "upper", "mean", "std");

	private IntensityJson() {}

	/**
	 * The intensity that an object with a scheme and its numbers describes.
	 *
	 * @throws IllegalArgumentException if the scheme is unknown, or a number is missing or impossible
	 */
	public static Intensity read(final JsonObject json) {
		final String name = json.get(SCHEME) instanceof JsonPrimitive text ? text.getAsString() : "";
		for (final Intensity.Scheme scheme : Intensity.Scheme.values())
			if (name(scheme).equals(name)) return switch (scheme) {
				case ZSCORE -> Intensity.zScore();
				case WINDOW -> Intensity.window(number(json, 0), number(json, 1));
				case CLIP_ZSCORE -> Intensity.clipZScore(number(json, 0), number(json, 1), number(json, 2),
					number(json, 3));
			};
		throw new IllegalArgumentException(
			"\"scheme\" of the intensity must be zscore, window or clip_zscore, not \"" + name + "\".");
	}

	/** The scheme and the numbers that it needs. */
	public static JsonObject write(final Intensity intensity) {
		final JsonObject json = new JsonObject();
		json.addProperty(SCHEME, name(intensity.scheme()));
		final double[] values = { intensity.lower(), intensity.upper(), intensity.mean(), intensity
			.std() };
		for (int i = 0; i < numbers(intensity.scheme()); i++)
			json.addProperty(NUMBERS.get(i), values[i]);
		return json;
	}

	/** How many of the numbers a scheme has. */
	private static int numbers(final Intensity.Scheme scheme) {
		return switch (scheme) {
			case ZSCORE -> 0;
			case WINDOW -> 2;
			case CLIP_ZSCORE -> 4;
		};
	}

	private static double number(final JsonObject json, final int index) {
		final JsonElement value = json.get(NUMBERS.get(index));
		if (!(value instanceof JsonPrimitive number) || !number.isNumber() || !Double.isFinite(number
			.getAsDouble())) throw new IllegalArgumentException("\"" + NUMBERS.get(index)
				+ "\" of the intensity must be a number, not " + value + ".");
		return number.getAsDouble();
	}

	private static String name(final Intensity.Scheme scheme) {
		return scheme.name().toLowerCase(Locale.ROOT);
	}
}
