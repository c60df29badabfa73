package org.swinj.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.util.ArrayList;
import java.util.List;

/** Typed access to the fields of a JSON object; a missing or ill-typed one is named in a sentence. */
final class JsonFields {

	private final JsonObject object;
	private final String file;

	/** @param file name for messages */
	JsonFields(final JsonObject object, final String file) {
		this.object = object;
		this.file = file;
	}

	/** Reads one JSON value as a Java object. */
	interface Reader<T> {

		T read(JsonFields fields) throws ModelFormatException;
	}

	boolean has(final String key) {
		return object.has(key) && !object.get(key).isJsonNull();
	}

	JsonFields object(final String key) throws ModelFormatException {
		if (!(object.get(key) instanceof JsonObject child)) throw wrong(key, "an object");
		return new JsonFields(child, file);
	}

	String text(final String key) throws ModelFormatException {
		return primitive(key, "a text").getAsString();
	}

	boolean flag(final String key) throws ModelFormatException {
		final JsonPrimitive value = primitive(key, "true or false");
		if (!value.isBoolean()) throw wrong(key, "true or false");
		return value.getAsBoolean();
	}

	/** A number; null stands for NaN, which JSON lacks. */
	double number(final String key) throws ModelFormatException {
		if (object.has(key) && object.get(key).isJsonNull()) return Double.NaN;
		return toNumber(key, primitive(key, "a number"));
	}

	int integer(final String key) throws ModelFormatException {
		return toInteger(key, primitive(key, "a whole number"));
	}

	long longInteger(final String key) throws ModelFormatException {
		try {
			return Long.parseLong(primitive(key, "a whole number").getAsString());
		}
		catch (final NumberFormatException e) {
			throw wrong(key, "a whole number");
		}
	}

	double[] numbers(final String key) throws ModelFormatException {
		final JsonArray array = array(key);
		final double[] values = new double[array.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = toNumber(key, array.get(i));
		return values;
	}

	List<Integer> integers(final String key) throws ModelFormatException {
		final List<Integer> values = new ArrayList<>();
		for (final JsonElement element : array(key))
			values.add(toInteger(key, element));
		return values;
	}

	List<String> texts(final String key) throws ModelFormatException {
		final List<String> values = new ArrayList<>();
		for (final JsonElement element : array(key)) {
			if (!element.isJsonPrimitive()) throw wrong(key, "a list of texts");
			values.add(element.getAsString());
		}
		return values;
	}

	<T> List<T> objects(final String key, final Reader<T> reader) throws ModelFormatException {
		final List<T> values = new ArrayList<>();
		for (final JsonElement element : array(key)) {
			if (!(element instanceof JsonObject child)) throw wrong(key, "a list of objects");
			values.add(reader.read(new JsonFields(child, file)));
		}
		return values;
	}

	private JsonArray array(final String key) throws ModelFormatException {
		if (!(object.get(key) instanceof JsonArray array)) throw wrong(key, "a list");
		return array;
	}

	private JsonPrimitive primitive(final String key, final String wanted)
		throws ModelFormatException
	{
		if (!(object.get(key) instanceof JsonPrimitive value)) throw wrong(key, wanted);
		return value;
	}

	private int toInteger(final String key, final JsonElement value) throws ModelFormatException {
		final double number = toNumber(key, value);
		if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) throw wrong(key,
			"a whole number");
		return (int) number;
	}

	private double toNumber(final String key, final JsonElement value) throws ModelFormatException {
		if (!(value instanceof JsonPrimitive number) || !number.isNumber()) throw wrong(key, "a number");
		final double parsed = number.getAsDouble();
		if (!Double.isFinite(parsed)) throw wrong(key, "a finite number");
		return parsed;
	}

	/** The sentence for a field that is not what it should be. */
	ModelFormatException wrong(final String key, final String wanted) {
		final String found = has(key) ? "is not " + wanted : "is missing";
		return new ModelFormatException("Model \"" + file + "\" is damaged: \"" + key
			+ "\" of its model.json " + found + ".");
	}
}
