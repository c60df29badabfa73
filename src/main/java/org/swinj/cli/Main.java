package org.swinj.cli;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;

import org.swinj.command.Summary;
import org.swinj.command.SwinCommand;
import org.swinj.progress.CancelledException;

/**
 * {@code swinj COMMAND key=value …}: progress on stderr, one line of JSON on stdout. Exit code 0
 * done, 1 failed, 2 bad arguments, 130 cancelled.
 */
public final class Main {

	static final int DONE = 0;
	static final int FAILED = 1;
	static final int BAD_ARGUMENTS = 2;
	static final int CANCELLED = 130;

	private final PrintStream out;
	private final PrintStream err;
	private final ConsoleProgress progress;

	Main(final PrintStream out, final PrintStream err) {
		this.out = out;
		this.err = err;
		progress = new ConsoleProgress(err);
	}

	/** Runs one command and ends the process with its exit code. */
	public static void main(final String... args) {
		final PrintStream out = System.out;
		System.setOut(new PrintStream(OutputStream.nullOutputStream())); // what libraries print
		final Main main = new Main(out, System.err);
		final Interrupt interrupt = Interrupt.install(main.progress::cancel);
		int code = FAILED; // of an error nobody expected
		try {
			code = main.run(args);
		}
		finally {
			out.flush();
			interrupt.exit(code);
		}
	}

	/** Runs one command; returns the exit code. */
	int run(final String... args) {
		try (Context context = new Context(CommandService.class)) {
			final List<CommandInfo> commands = commands(context);
			if (args.length == 0 || isHelp(args[0])) return usage(commands, args.length == 0 ? err : out,
				args.length == 0 ? BAD_ARGUMENTS : DONE);
			final CommandInfo info = commands.stream().filter(c -> c.getAnnotation().name().equals(args[0]))
				.findFirst().orElse(null);
			if (info == null) {
				err.println("There is no command \"" + args[0] + "\".");
				return usage(commands, err, BAD_ARGUMENTS);
			}
			final Module module = info.createModule();
			final Options options = new Options(module);
			final List<String> rest = Arrays.asList(args).subList(1, args.length);
			if (rest.stream().anyMatch(Main::isHelp)) {
				out.println("swinj " + args[0] + " key=value ...\n" + info.getDescription() + "\n" + options
					.help());
				return DONE;
			}
			return run(options, rest);
		}
		catch (final ModuleException e) {
			err.println("Command " + args[0] + " could not be loaded: " + e.getMessage());
			return FAILED;
		}
	}

	private int run(final Options options, final List<String> arguments) {
		try {
			arguments.forEach(options::set);
			return execute(options.command());
		}
		catch (final IllegalArgumentException e) {
			return fail(e, BAD_ARGUMENTS);
		}
		catch (final CancelledException e) {
			return cancelled(e);
		}
		catch (final ClosedByInterruptException e) {
			return cancelled(new CancelledException());
		}
		catch (final IOException | RuntimeException e) {
			return fail(e, FAILED);
		}
		catch (final OutOfMemoryError e) {
			return fail(new IOException("Java has no memory left (" + (Runtime.getRuntime().maxMemory()
				>> 20) + " MiB): give it more with SWINJ_HEAP, for instance SWINJ_HEAP=16g.", e), FAILED);
		}
	}

	private int execute(final SwinCommand command) throws IOException {
		final Summary summary = command.execute(progress);
		result(summary.isPartial() ? "partial" : "done", null, summary);
		return summary.isPartial() ? FAILED : DONE;
	}

	private int cancelled(final CancelledException e) {
		err.println(e.getMessage());
		result("cancelled", e.getMessage(), null);
		return CANCELLED;
	}

	private int fail(final Exception e, final int code) {
		final boolean expected = e instanceof IOException || e instanceof IllegalArgumentException
			|| e instanceof ArithmeticException;
		final String sentence = e.getMessage() == null ? e.toString() : e.getMessage();
		err.println("Error: " + sentence);
		if (!expected) for (final StackTraceElement line : e.getStackTrace())
			err.println("  at " + line);
		result("failed", sentence, null);
		return code;
	}

	/** The one line on stdout. */
	private void result(final String status, final String message, final Summary summary) {
		final JsonObject json = JsonLine.of(status, message, summary);
		out.println(json);
	}

	private static List<CommandInfo> commands(final Context context) {
		return context.service(CommandService.class).getCommands().stream().filter(
			c -> c.getDelegateClassName().startsWith(SwinCommand.class.getPackageName() + ".")).toList();
	}

	private static int usage(final List<CommandInfo> commands, final PrintStream to, final int code) {
		to.println("Usage: swinj COMMAND key=value ...");
		for (final CommandInfo c : commands)
			to.println("  " + c.getAnnotation().name());
		to.println("swinj COMMAND --help lists the options of a command.");
		return code;
	}

	private static boolean isHelp(final String argument) {
		return argument.equals("--help") || argument.equals("-h") || argument.equals("help");
	}
}
