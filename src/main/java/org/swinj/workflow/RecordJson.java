package org.swinj.workflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Settings ↔ JSON: records of numbers, flags, texts, paths, and lists of numbers or paths. */
final class RecordJson {

	private RecordJson() {}

	static JsonObject write(final Record settings) {
		final JsonObject json = new JsonObject();
		for (final RecordComponent part : settings.getClass().getRecordComponents()) {
			try {
				json.add(part.getName(), element(part.getAccessor().invoke(settings)));
			}
			catch (final ReflectiveOperationException e) {
				throw new IllegalStateException("Setting " + part.getName() + " cannot be read.", e);
			}
		}
		return json;
	}

	private static JsonElement element(final Object value) {
		if (value == null) return JsonNull.INSTANCE;
		if (value instanceof Boolean flag) return new JsonPrimitive(flag);
		if (value instanceof Number number) return new JsonPrimitive(number);
		if (value instanceof Path path) return new JsonPrimitive(path.toAbsolutePath().normalize()
			.toString());
		if (value instanceof String text) return new JsonPrimitive(text);
		final JsonArray list = new JsonArray();
		if (value instanceof double[] numbers) Arrays.stream(numbers).forEach(list::add);
		else for (final Object one : (List<?>) value)
			list.add(element(one));
		return list;
	}

	/**
	 * The settings written before.
	 *
	 * @throws IllegalArgumentException if one is missing or does not fit
	 */
	static <R extends Record> R read(final JsonObject json, final Class<R> type) {
		final RecordComponent[] parts = type.getRecordComponents();
		final Object[] values = new Object[parts.length];
		for (int i = 0; i < parts.length; i++) {
			final JsonElement element = json.get(parts[i].getName());
			try {
				values[i] = value(element, parts[i].getType());
			}
			catch (final RuntimeException e) {
				throw new IllegalArgumentException("Setting \"" + parts[i].getName()
					+ "\" of the model's manifest is missing or damaged.", e);
			}
		}
		try {
			final Constructor<R> constructor = type.getDeclaredConstructor(Arrays.stream(parts).map(
				RecordComponent::getType).toArray(Class<?>[]::new));
			return constructor.newInstance(values);
		}
		catch (final InvocationTargetException e) {
			throw new IllegalArgumentException("The settings of the model's manifest make no sense: " + e
				.getCause().getMessage(), e);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}

	private static Object value(final JsonElement json, final Class<?> type) {
		if (type == int.class) return json.getAsInt();
		if (type == long.class) return json.getAsLong();
		if (type == double.class) return json.getAsDouble();
		if (type == boolean.class) return json.getAsBoolean();
		if (json.isJsonNull()) return null;
		if (type == String.class) return json.getAsString();
		if (type == Path.class) return Path.of(json.getAsString());
		final JsonArray list = json.getAsJsonArray();
		if (type == double[].class) return list.asList().stream().mapToDouble(JsonElement::getAsDouble)
			.toArray();
		final List<Path> paths = new ArrayList<>();
		list.forEach(one -> paths.add(Path.of(one.getAsString())));
		return paths;
	}
}
