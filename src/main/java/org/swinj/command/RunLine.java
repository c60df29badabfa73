package org.swinj.command;

import java.util.List;
import java.util.Objects;

import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;

import org.swinj.workflow.Version;

/** What the log says at the beginning of a run: version, command, and the options that are not defaults. */
final class RunLine {

	private static final List<Class<?>> OPTIONS = List.of(String.class, boolean.class, int.class,
		long.class, double.class);

	private RunLine() {}

	/**
	 * For instance {@code SwinJ 0.1.0: Segment input=[my stack.tif] model=/m}.
	 *
	 * @param info of the command
	 * @param command with the values it runs with
	 */
	static String of(final CommandInfo info, final SwinCommand command) {
		try {
			final Module module = info.createModule(command);
			final Module defaults = info.createModule();
			final StringBuilder line = new StringBuilder("SwinJ " + Version.own() + ": " + SwinCommand.title(
				command.getClass()));
			for (final ModuleItem<?> item : info.inputs())
				if (OPTIONS.contains(item.getType()) && !Objects.equals(item.getValue(module), item.getValue(
					defaults))) line.append(' ').append(option(item, module));
			return line.toString();
		}
		catch (final ModuleException e) {
			throw new IllegalStateException(e);
		}
	}

	private static String option(final ModuleItem<?> item, final Module module) {
		final String value = String.valueOf(item.getValue(module));
		return item.getName() + "=" + (value.contains(" ") ? "[" + value + "]" : value);
	}
}
