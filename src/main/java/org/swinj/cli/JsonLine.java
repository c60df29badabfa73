package org.swinj.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import org.swinj.command.Summary;

/** The outcome of a run as one JSON object. */
final class JsonLine {

	private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

	private JsonLine() {}

	/**
	 * @param message why it did not succeed, or {@code null}
	 * @param summary of a run that came to its end, or {@code null}
	 */
	static JsonObject of(final String status, final String message, final Summary summary) {
		final JsonObject json = new JsonObject();
		json.addProperty("status", status);
		if (message != null) json.addProperty("message", message);
		if (summary != null) summary.values().forEach((name, value) -> json.add(name, json(value)));
		return json;
	}

	/** JSON knows no NaN: what is not defined becomes null. */
	private static JsonElement json(final Object value) {
		if (value instanceof Double number && !Double.isFinite(number)) return JsonNull.INSTANCE;
		return GSON.toJsonTree(value);
	}
}
