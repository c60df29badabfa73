package org.swinj.fiji;

import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.prefs.PrefService;

import org.swinj.data.VolumeFormat;

/**
 * What people last had in a dialog, also one whose command failed. Only dialogs begin with it: a
 * macro that omits an option means its default.
 */
final class LastValues {

	/** Style of values that are not for another run once the command has come to its end. */
	private static final String ONCE = "once";

	private final PrefService prefs;

	LastValues(final PrefService prefs) {
		this.prefs = prefs;
	}

	/** Whether a person may see a dialog of this command, which is one of SwinJ's. */
	static boolean concern(final Module module) {
		return !GraphicsEnvironment.isHeadless() && !Failure.inMacro() && module.getInfo()
			.getDelegateClassName().startsWith("org.swinj.");
	}

	/** Gives the last values to all options that nothing has decided yet. */
	void fill(final Module module) {
		for (final ModuleItem<?> item : options(module)) {
			final String name = item.getName();
			final Object value = module.isInputResolved(name) ? null : value(item, text(module, item));
			final boolean taken = hasStyle(item, PathWidget.IMAGES) && !String.valueOf(module.getInput(
				name)).isEmpty();
			if (value != null && !taken) module.setInput(name, value);
		}
	}

	/** Remembers the values of a dialog that was not cancelled. */
	void keep(final Module module) {
		for (final ModuleItem<?> item : options(module)) {
			final String text = String.valueOf(module.getInput(item.getName()));
			prefs.put(type(module), item.getName(), text);
			if (hasStyle(item, PathWidget.RECENT) && exists(text)) prefs.put(LastValues.class, item
				.getName(), text);
		}
	}

	/** Forgets what was for a run that has come to its end, and offers the model that it wrote. */
	void finish(final Module module) {
		for (final ModuleItem<?> item : options(module)) {
			final String text = String.valueOf(module.getInput(item.getName()));
			if (hasStyle(item, ONCE) || hasStyle(item, PathWidget.SAVE)) prefs.remove(type(module), item
				.getName());
			if (hasStyle(item, PathWidget.MODEL) && exists(text)) prefs.put(LastValues.class,
				PathWidget.MODEL, text);
		}
	}

	/** The last file or folder of an option, {@code null} if it was none or is gone. */
	String path(final Module module, final ModuleItem<?> item) {
		final String text = text(module, item);
		return text != null && exists(text) ? text : null;
	}

	/** How many options after this one have other values than those of another module. */
	static long differences(final Module module, final Module other, final String first) {
		final List<String> names = new ArrayList<>();
		module.getInfo().inputs().forEach(item -> names.add(item.getName()));
		final int begin = names.indexOf(first);
		return options(module).stream().map(ModuleItem::getName).filter(name -> names.indexOf(
			name) > begin && !Objects.equals(module.getInput(name), other.getInput(name))).count();
	}

	private String text(final Module module, final ModuleItem<?> item) {
		final String own = prefs.get(type(module), item.getName(), null);
		return hasStyle(item, PathWidget.RECENT) ? prefs.get(LastValues.class, item.getName(), own)
			: own;
	}

	/** A text as the type of an option, {@code null} if it does not suit it any more. */
	private static Object value(final ModuleItem<?> item, final String text) {
		if (text == null) return null;
		final Class<?> type = item.getType();
		try {
			if (type == int.class) return Integer.valueOf(text);
			if (type == long.class) return Long.valueOf(text);
			if (type == double.class) return Double.valueOf(text);
		}
		catch (final NumberFormatException e) {
			return null;
		}
		if (type == boolean.class) return Boolean.valueOf(text);
		final List<?> choices = item.getChoices();
		if (choices != null && !choices.isEmpty() && !choices.contains(text)) return null;
		final boolean source = hasStyle(item, PathWidget.PATH) && !hasStyle(item, PathWidget.SAVE);
		return source && !exists(text) ? null : text;
	}

	/** Whether all of these paths, separated by semicolons, are there. */
	private static boolean exists(final String paths) {
		try {
			return !paths.isBlank() && Arrays.stream(paths.split(";")).map(String::trim).map(Path::of)
				.allMatch(path -> Files.exists(path) || VolumeFormat.exists(path));
		}
		catch (final InvalidPathException e) {
			return false; // titles may hold any character
		}
	}

	private static List<ModuleItem<?>> options(final Module module) {
		final List<Class<?>> types = List.of(String.class, boolean.class, int.class, long.class,
			double.class);
		final List<ModuleItem<?>> options = new ArrayList<>();
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (types.contains(item.getType())) options.add(item);
		return options;
	}

	private static Class<?> type(final Module module) {
		return module.getDelegateObject().getClass();
	}

	private static boolean hasStyle(final ModuleItem<?> item, final String style) {
		final String all = item.getWidgetStyle();
		return all != null && Arrays.asList(all.split(",")).contains(style);
	}
}
