package org.swinj.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;

/** The text of docs/macros.md, from the parameters of the commands. */
final class MacroReference {

	private static final String INTRODUCTION = """
		# Macro reference

		Made from the commands' own parameters: `./mvnw test -Dtest=MacroReferenceTest -Ddocs.write=true`
		writes it again.

		In a macro, a command is `run("NAME...", "option=value option=value")`; the recorder writes such
		lines. The same words are options of `scripts/swinj` in a shell, and keys in Groovy or Python.

		- Values with spaces stand in brackets: `input=[my stack.tif]`.
		- A switch needs its value: `rois=false`.
		- An option left out has the default that is given here, whatever a dialog had before; a line without any option
		  opens the dialog.
		- A failure stops the macro with one sentence.
		- Where a title of an open image is possible, it goes before a file of that name.
		""";
	private static final List<Class<?>> TYPES = List.of(String.class, boolean.class, int.class, long.class,
		double.class);

	private MacroReference() {}

	static String text() {
		try (Context context = new Context(CommandService.class)) {
			return INTRODUCTION + context.service(CommandService.class).getCommands().stream().filter(c -> c
				.getDelegateClassName().startsWith("org.swinj.command.")).sorted(Comparator.comparingDouble(c -> c
					.getMenuPath().getLeaf().getWeight())).map(MacroReference::section).collect(Collectors
						.joining());
		}
	}

	private static String section(final CommandInfo command) {
		final String label = command.getMenuPath().getLeaf().getName();
		final String shell = command.getAnnotation().name();
		final List<String> rows = new ArrayList<>();
		final List<String> needed = new ArrayList<>();
		try {
			final Module module = command.createModule();
			for (final ModuleItem<?> item : command.inputs()) {
				if (!TYPES.contains(item.getType())) continue;
				final Object value = item.getValue(module);
				final String preset = value instanceof Double ? String.valueOf(value).replaceFirst("\\.0$", "")
					: String.valueOf(value);
				final boolean isNeeded = item.isRequired() && preset.isEmpty();
				if (isNeeded) needed.add(item.getName() + "=...");
				rows.add("| `" + item.getName() + "` | " + (isNeeded ? "*needed*" : preset.isEmpty() ? ""
					: "`" + preset + "`") + " | " + meaning(item) + " |\n");
			}
		}
		catch (final ModuleException e) {
			throw new IllegalStateException(e);
		}
		if (needed.isEmpty() && !rows.isEmpty()) needed.add(rows.get(0).replaceFirst("\\| `(.*?)` \\| `(.*?)`.*\n",
			"$1=$2"));
		final String description = command.getDescription();
		return "\n## " + label.replace("...", "") + "\n\n" + (description == null || description.isEmpty()
			? "" : description + " ") + (shell.isEmpty() ? "" : "In a shell: `scripts/swinj " + shell + "`.")
			+ "\n\n```js\nrun(\"" + label + "\", \"" + String.join(" ", needed) + "\");\n```\n" + (rows
				.isEmpty() ? "" : "\n| option | default | meaning |\n|---|---|---|\n" + String.join("",
					rows));
	}

	private static String meaning(final ModuleItem<?> item) {
		final List<?> choices = item.getChoices();
		final String label = item.getLabel().replaceAll(" \\(.*", "");
		return "**" + label + "**: " + item.getDescription().replace("|", "\\|") + (choices == null
			|| choices.isEmpty() ? "" : "; one of " + choices.stream().filter(
				c -> c != null && !c.toString().isEmpty()).map(c -> "`" + c + "`").collect(
				Collectors.joining(", ")));
	}
}
