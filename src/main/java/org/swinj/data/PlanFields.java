package org.swinj.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Typed access to the keys of a plan: {@code null} for one that is absent, and a sentence with
 * file, key and value for one that is wrong.
 */
final class PlanFields {

	private final JsonObject object;
	private final String file;

	/**
	 * @param file for messages
	 * @throws FormatException if there is a key that is not known
	 */
	PlanFields(final JsonObject object, final String file, final List<String> known)
		throws FormatException
	{
		this.object = object;
		this.file = file;
		for (final String key : object.keySet())
			if (!known.contains(key)) throw new FormatException("Plan \"" + file
				+ "\" has an unknown key \"" + key + "\" with the value " + object.get(key)
				+ "; there are " + String.join(", ", known) + ".");
	}

	private boolean has(final String key) {
		return object.has(key) && !object.get(key).isJsonNull();
	}

	/** A number in a range. */
	Double number(final String key, final String wanted, final Predicate<Double> fits)
		throws FormatException
	{
		if (!has(key)) return null;
		return fitting(key, object.get(key), wanted, fits);
	}

	/** A whole number in a range. */
	Integer whole(final String key, final int least, final int most) throws FormatException {
		final Double number = number(key, String.format(Locale.ROOT, "a whole number from %d to %d",
			least, most), v -> v == Math.rint(v) && v >= least && v <= most);
		return number == null ? null : Integer.valueOf(number.intValue());
	}

	/** Three numbers, for X, Y and Z. */
	double[] three(final String key, final String wanted, final Predicate<Double> fits)
		throws FormatException
	{
		if (!has(key)) return null;
		final String each = "three numbers, each " + wanted;
		final JsonArray array = three(key, each);
		final double[] numbers = new double[3];
		for (int axis = 0; axis < 3; axis++)
			numbers[axis] = fitting(key, array.get(axis), each, fits);
		return numbers;
	}

	/** Three times true or false, for X, Y and Z. */
	boolean[] threeFlags(final String key) throws FormatException {
		if (!has(key)) return null;
		final String wanted = "three times true or false";
		final boolean[] flags = new boolean[3];
		for (int axis = 0; axis < 3; axis++) {
			if (!(three(key, wanted).get(axis) instanceof JsonPrimitive flag) || !flag.isBoolean())
				throw wrong(key, wanted);
			flags[axis] = flag.getAsBoolean();
		}
		return flags;
	}

	String text(final String key) throws FormatException {
		if (!has(key)) return null;
		if (!(object.get(key) instanceof JsonPrimitive text) || !text.isString()) throw wrong(key,
			"a text");
		return text.getAsString();
	}

	/** Any number of texts. */
	List<String> texts(final String key) throws FormatException {
		if (!has(key)) return null;
		if (!(object.get(key) instanceof JsonArray array)) throw wrong(key, "a list of texts");
		final List<String> texts = new ArrayList<>();
		for (final JsonElement element : array) {
			if (!(element instanceof JsonPrimitive text) || !text.isString()) throw wrong(key,
				"a list of texts");
			texts.add(text.getAsString());
		}
		return texts;
	}

	Intensity intensity(final String key) throws FormatException {
		if (!has(key)) return null;
		if (!(object.get(key) instanceof JsonObject json)) throw wrong(key, "an object with a scheme");
		try {
			final Intensity intensity = IntensityJson.read(json);
			if (IntensityJson.write(intensity).keySet().containsAll(json.keySet())) return intensity;
		}
		catch (final IllegalArgumentException e) {
			throw new FormatException(start(key) + " is " + json + ": " + e.getMessage(), e);
		}
		throw wrong(key, "a scheme and its numbers, and nothing else");
	}

	/** The sentence for a value that is not what it should be. */
	FormatException wrong(final String key, final String wanted) {
		return new FormatException(start(key) + " must be " + wanted + ", not " + object.get(key)
			+ ".");
	}

	private String start(final String key) {
		return "Plan \"" + file + "\": \"" + key + "\"";
	}

	private double fitting(final String key, final JsonElement value, final String wanted,
		final Predicate<Double> fits) throws FormatException
	{
		if (!(value instanceof JsonPrimitive number) || !number.isNumber() || !Double.isFinite(number
			.getAsDouble()) || !fits.test(number.getAsDouble())) throw wrong(key, wanted);
		return number.getAsDouble();
	}

	private JsonArray three(final String key, final String wanted) throws FormatException {
		if (!(object.get(key) instanceof JsonArray array) || array.size() != 3) throw wrong(key,
			wanted);
		return array;
	}
}
