package org.swinj.command;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command has to say in the end: named numbers and texts, in order. */
public final class Summary {

	private final Map<String, Object> values = new LinkedHashMap<>();

	/** A summary that begins with the place of the result. */
	static Summary of(final Path output) {
		return new Summary().with("output", String.valueOf(output));
	}

	Summary with(final String name, final Object value) {
		values.put(name, value);
		return this;
	}

	/** The values by name, in order: numbers, booleans, texts and lists of texts. */
	public Map<String, Object> values() {
		return Collections.unmodifiableMap(values);
	}

	/** Whether part of the work failed although the command came to its end. */
	public boolean isPartial() {
		return values.get("failures") instanceof java.util.List<?> list && !list.isEmpty();
	}

	/** "steps 400, final_loss 0.31": for the log. */
	@Override
	public String toString() {
		final StringBuilder text = new StringBuilder();
		values.forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ").append(name).append(' ')
			.append(value));
		return text.toString();
	}
}
