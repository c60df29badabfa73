package org.swinj.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the launcher inside the test and keeps what it printed. */
final class Shell {

	final int code;
	final String out;
	final String err;

	private Shell(final int code, final String out, final String err) {
		this.code = code;
		this.out = out;
		this.err = err;
	}

	static Shell run(final String... arguments) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		final ByteArrayOutputStream err = new ByteArrayOutputStream();
		final int code = new Main(stream(out), stream(err)).run(arguments);
		return new Shell(code, out.toString(StandardCharsets.UTF_8), err.toString(
			StandardCharsets.UTF_8));
	}

	/** The one line of JSON on stdout. */
	JsonObject json() {
		if (out.lines().count() != 1) throw new AssertionError("not one line: " + out);
		return JsonParser.parseString(out).getAsJsonObject();
	}

	private static PrintStream stream(final ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}
}
