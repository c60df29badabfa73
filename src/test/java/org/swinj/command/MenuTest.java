package org.swinj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;

/** What Fiji's menu and recorder see of the commands. */
class MenuTest {

	private static final Pattern ENTRY = Pattern.compile("Plugins>SwinJ, \"(.+)\", (org\\.swinj\\.\\S+)");

	@Test
	void pluginsConfigHasTheLabelsOfTheCommands() throws IOException {
		final Set<String> listed = new TreeSet<>();
		for (final String line : Files.readAllLines(Path.of("plugins.config"))) {
			final Matcher entry = ENTRY.matcher(line);
			if (entry.matches()) listed.add(entry.group(1) + " = " + entry.group(2));
		}
		final Set<String> annotated = new TreeSet<>();
		forEach(c -> annotated.add(c.getMenuPath().getLeaf().getName() + " = " + c
			.getDelegateClassName()));
		assertFalse(annotated.isEmpty());
		assertEquals(annotated, listed);
	}

	/** ImageJ runs macros by the label alone. */
	@Test
	void noLabelIsOneOfImageJ() throws IOException {
		try (InputStream in = IJ.class.getResourceAsStream("/IJ_Props.txt")) {
			final String menus = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			assertTrue(menus.contains("\"Options...\""), "the menus of ImageJ");
			forEach(c -> assertFalse(menus.contains('"' + c.getMenuPath().getLeaf().getName() + '"'), c
				.getMenuPath().getLeaf().getName()));
		}
	}

	@Test
	void optionsAreLowerSnakeDescribedAndNotRemembered() {
		forEach(c -> {
			for (final ModuleItem<?> item : c.inputs()) {
				if (item.getType().getName().startsWith("org.scijava")) continue;
				assertTrue(item.getName().matches("[a-z][a-z_]*"), item.getName());
				assertFalse(item.getDescription() == null || item.getDescription().isBlank(), item
					.getName());
				assertFalse(item.getChoices() != null && item.getChoices().contains(""), item.getName()
					+ " has an empty choice, with which ImageJ2 opens no dialog");
				assertFalse(item.isPersisted(), c.getTitle() + " remembers " + item.getName());
			}
		});
	}

	@Test
	void helpPagesExist() {
		forEach(c -> {
			final String[] page = ((SwinCommand) delegate(c)).page().split("#");
			final String heading = page[1].substring(0, 1).toUpperCase(Locale.ROOT) + page[1].substring(1);
			try {
				assertTrue(Files.readAllLines(Path.of(page[0])).contains("## " + heading), String.join("#",
					page));
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		});
	}

	private static Object delegate(final CommandInfo command) {
		try {
			return command.createModule().getDelegateObject();
		}
		catch (final ModuleException e) {
			throw new IllegalStateException(e);
		}
	}

	private static void forEach(final java.util.function.Consumer<CommandInfo> action) {
		try (Context context = new Context(CommandService.class)) {
			context.service(CommandService.class).getCommands().stream().filter(c -> c
				.getDelegateClassName().startsWith("org.swinj.command.")).forEach(action);
		}
	}
}
