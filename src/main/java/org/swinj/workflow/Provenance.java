package org.swinj.workflow;

import ai.djl.engine.Engine;

import com.google.gson.JsonObject;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a model file says about the software that made it. */
final class Provenance {

	private Provenance() {}

	/**
	 * The settings of a run that are not empty, one {@code name=value} each, under the names that the
	 * options have.
	 *
	 * @param data what people call the data, which may be a temporary copy
	 */
	static List<String> settings(final Record settings, final String data) {
		final List<String> lines = new ArrayList<>();
		for (final RecordComponent part : settings.getClass().getRecordComponents()) {
			final String name = part.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
			final String value = name.equals("data") ? data : text(part, settings);
			if (!value.isEmpty()) lines.add(name + "=" + value);
		}
		return lines;
	}

	private static String text(final RecordComponent part, final Record settings) {
		try {
			final Object value = part.getAccessor().invoke(settings);
			return value instanceof double[] numbers ? Arrays.toString(numbers) : Objects.toString(value,
				"");
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException("Setting " + part.getName() + " cannot be read.", e);
		}
	}

	/** Versions of SwinJ, the engine and Java. */
	static String versions() {
		final Engine engine = Engine.getEngine("PyTorch");
		return "SwinJ " + Version.own() + ", " + engine.getEngineName() + " " + engine.getVersion() + ", Java "
			+ System.getProperty("java.version");
	}

	/** Versions of all that takes part in the numbers, by name. */
	static JsonObject versionsByName() {
		final JsonObject versions = new JsonObject();
		versions.addProperty("SwinJ", Version.own());
		versions.addProperty("DJL", Engine.getDjlVersion());
		versions.addProperty("PyTorch", Engine.getEngine("PyTorch").getVersion());
		versions.addProperty("Java", System.getProperty("java.version"));
		versions.addProperty("system", System.getProperty("os.name") + " " + System.getProperty(
			"os.version") + " " + System.getProperty("os.arch"));
		return versions;
	}
}
