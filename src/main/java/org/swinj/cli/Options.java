package org.swinj.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

import org.swinj.command.SwinCommand;

/** The text parameters of a command, set from {@code key=value} arguments. */
final class Options {

	private final Module module;
	private final List<ModuleItem<?>> items = new ArrayList<>();

	/** @param module a command with the values it starts with */
	Options(final Module module) {
		this.module = module;
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (isOption(item.getType())) items.add(item);
	}

	private static boolean isOption(final Class<?> type) {
		return type == String.class || type == boolean.class || type == int.class || type == long.class
			|| type == double.class;
	}

	/**
	 * Sets one option.
	 *
	 * @throws IllegalArgumentException if it is not {@code key=value}, unknown or of the wrong type
	 */
	void set(final String argument) {
		final int equals = argument.indexOf('=');
		if (equals < 1) throw new IllegalArgumentException("\"" + argument
			+ "\" is not of the form key=value.");
		final String key = argument.substring(0, equals);
		final ModuleItem<?> item = items.stream().filter(i -> i.getName().equals(key)).findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no option \"" + key
				+ "\"; there are " + items.stream().map(ModuleItem::getName).collect(Collectors.joining(
					", ")) + "."));
		module.setInput(key, value(item, argument.substring(equals + 1)));
	}

	private static Object value(final ModuleItem<?> item, final String text) {
		final Class<?> type = item.getType();
		final String name = item.getName();
		try {
			if (type == int.class) return Integer.valueOf(text);
			if (type == long.class) return Long.valueOf(text);
			if (type == double.class) return finite(Double.valueOf(text));
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(name + " must be a " + (type == double.class ? "" : "whole ")
				+ "number, not \"" + text + "\".", e);
		}
		if (type == boolean.class) {
			if (text.equalsIgnoreCase("true")) return true;
			if (text.equalsIgnoreCase("false")) return false;
			throw new IllegalArgumentException(name + " must be true or false, not \"" + text + "\".");
		}
		final List<?> choices = choices(item);
		if (!choices.isEmpty() && !choices.contains(text) && !isEarlier(item, text))
			throw new IllegalArgumentException(name + " must be one of " + choices.stream().map(
				String::valueOf).collect(Collectors.joining(", ")) + ", not \"" + text + "\".");
		return text;
	}

	private static List<?> choices(final ModuleItem<?> item) {
		return item.getChoices() == null ? List.of() : item.getChoices();
	}

	private static boolean isEarlier(final ModuleItem<?> item, final String text) {
		final String also = item.get(SwinCommand.ALSO);
		return also != null && Arrays.asList(also.split(",")).contains(text);
	}

	private static Double finite(final Double value) {
		if (!Double.isFinite(value)) throw new NumberFormatException();
		return value;
	}

	/** The command ready to work. */
	SwinCommand command() {
		return (SwinCommand) module.getDelegateObject();
	}

	/**
	 * One line per option, those first that have to be given: name, default, label in the dialog, meaning,
	 * values.
	 */
	String help() {
		final StringBuilder needed = new StringBuilder();
		final StringBuilder others = new StringBuilder();
		for (final ModuleItem<?> item : items) {
			final String preset = String.valueOf(item.getValue(module));
			final boolean isNeeded = preset.isEmpty() && (item.isRequired() || item.is(SwinCommand.SHELL));
			(isNeeded ? needed : others).append(String.format(Locale.ROOT, "  %-22s %s: %s%s%n", item
				.getName() + "=" + (isNeeded ? "..." : preset), item.getLabel(), item.getDescription(), values(
					item)));
		}
		return (needed.isEmpty() ? "" : "Needed:\n" + needed) + (others.isEmpty() ? ""
			: "Optional, with their defaults:\n" + others);
	}

	/** What an option may be, behind its meaning. */
	private static String values(final ModuleItem<?> item) {
		final Class<?> type = item.getType();
		if (type == boolean.class) return " (true or false)";
		if (type == double.class) return " (a number)";
		if (type != String.class) return " (a whole number)";
		final String all = choices(item).stream().map(String::valueOf).collect(Collectors.joining(", "));
		return all.isEmpty() ? "" : " (one of " + all + ")";
	}
}
