package org.swinj.fiji;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;

import org.scijava.Context;
import org.scijava.script.ScriptService;

/** ImageJ2 with its macro language and no window; starts before any class of ij is loaded. */
final class FullImageJ implements AutoCloseable {

	private final Context context = new Context();

	/** Runs the text of a macro to its end; returns all that was printed meanwhile. */
	String run(final String macro) throws InterruptedException, ExecutionException {
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		final ByteArrayOutputStream printed = new ByteArrayOutputStream();
		final PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
		System.setOut(both);
		System.setErr(both);
		try {
			context.service(ScriptService.class).run("test.ijm", macro, true).get();
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		return printed.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		context.dispose();
	}
}
