package org.swinj.command;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a command has to say in the end: named numbers and texts, in order. */
public final class Summary {

	private final Map<String, Object> values = new LinkedHashMap<>();

	/** A summary that begins with the place of the result, if it was written. */
	static Summary of(final Path output) {
		final Summary summary = new Summary();
		return output == null ? summary : summary.with("output", output.toString());
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
		return values.get("failures") instanceof List<?> list && !list.isEmpty();
	}

	/** "steps 400, final loss 0.3100": for the log, without what is empty or not defined. */
	@Override
	public String toString() {
		return values.entrySet().stream().filter(e -> !List.of().equals(e.getValue()) && !e.getValue()
			.equals(Double.NaN)).map(e -> e.getKey()
			.replace('_', ' ') + ' ' + text(e.getValue())).collect(Collectors.joining(", "));
	}

	private static String text(final Object value) {
		if (!(value instanceof Double number)) return String.valueOf(value);
		return String.format(Locale.ROOT, Math.abs(number) < 1000 ? "%.4g" : "%.0f", number);
	}
}
