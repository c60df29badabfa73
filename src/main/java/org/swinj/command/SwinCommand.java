package org.swinj.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.TaskService;

import org.swinj.fiji.DialogNotes;
import org.swinj.fiji.Failure;
import org.swinj.fiji.TaskProgress;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/** What all commands share: progress, cancelling and failures in Fiji around one piece of work. */
public abstract class SwinCommand extends ContextCommand implements DialogNotes {

	/** Attribute of options: values beside the choices that macros of earlier versions have. */
	public static final String ALSO = "also";

	/** Attribute of options that are needed where no image is open, as in a shell. */
	public static final String SHELL = "shell";

	@Parameter
	private LogService log;
	@Parameter
	private StatusService status;
	@Parameter
	private TaskService tasks;
	@Parameter
	private CommandService commands;

	/**
	 * Does the work; the shell launcher calls this directly.
	 *
	 * @throws IOException with a sentence for the user if an input or output is to blame
	 * @throws IllegalArgumentException with a sentence for the user if a parameter is wrong
	 * @throws CancelledException when the user asked to stop
	 */
	public abstract Summary execute(Progress progress) throws IOException;

	/** What to cite in a paper that uses the result; empty for commands that do nothing of the kind. */
	String citation() {
		return "";
	}

	@Override
	public List<String> notes() throws IOException {
		return List.of();
	}

	/** Runs the command in Fiji: a failure is told in one sentence and stops a macro. */
	@Override
	public final void run() {
		final String name = title(getClass());
		try (TaskProgress progress = new TaskProgress(name, tasks, status, log)) {
			progress.info(RunLine.of(commands.getCommand(getClass()), this));
			progress.info(name + ": " + execute(progress));
			if (!citation().isEmpty()) progress.info(citation());
		}
		catch (final CancelledException e) {
			if (e.isSilent() && !Failure.inMacro()) cancel(null);
			else stop(name, e.getMessage());
		}
		catch (final ClosedByInterruptException e) {
			cancel(null);
		}
		catch (final IOException | IllegalArgumentException | ArithmeticException e) {
			stop(name, e.getMessage());
		}
		catch (final OutOfMemoryError e) {
			stop(name, "Java has no memory left (" + (Runtime.getRuntime().maxMemory() >> 20)
				+ " MiB): give it more in Edit > Options > Memory & Threads.");
		}
		catch (final RuntimeException e) {
			log.error(name, e);
			stop(name, "An error that nobody expected: " + e);
		}
	}

	/**
	 * SciJava shows the reason of a cancelled command in a dialog; so does a macro that stops. Without
	 * a display it goes to the log.
	 */
	private void stop(final String name, final String sentence) {
		if (Failure.inMacro()) {
			cancel(null);
			Failure.stopMacro(name, sentence);
		}
		else {
			cancel(sentence);
			if (GraphicsEnvironment.isHeadless()) log.error(name + ": " + sentence);
		}
	}

	/** The menu entry of a command without its ellipsis. */
	static String title(final Class<? extends SwinCommand> command) {
		final Menu[] menu = command.getAnnotation(Plugin.class).menu();
		return menu[menu.length - 1].label().replace("...", "");
	}

	/** The path a text parameter stands for, {@code null} for an empty one. */
	static Path path(final String text) {
		try {
			return text == null || text.isBlank() ? null : Path.of(text.trim());
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException("\"" + text.replace('\0', '?') + "\" is no path: " + e
				.getReason() + ".", e);
		}
	}
}
