package org.swinj.cli;

import java.io.PrintStream;

import org.swinj.progress.Eta;
import org.swinj.progress.Progress;

/** Progress as lines on a stream, a few seconds apart. */
final class ConsoleProgress implements Progress {

	private static final long PERIOD_NANOS = 5_000_000_000L;

	private final PrintStream out;
	private final Eta eta = new Eta();
	private String stage = "";
	private long shown = System.nanoTime();
	private volatile boolean cancelled;

	ConsoleProgress(final PrintStream out) {
		this.out = out;
	}

	@Override
	public void stage(final String name) {
		stage = name;
		eta.restart();
		out.println(name);
	}

	@Override
	public void update(final long done, final long total, final String message) {
		final long now = System.nanoTime();
		if (now - shown < PERIOD_NANOS) return;
		shown = now;
		final String left = eta.left(done, total);
		out.println(stage + ": " + 100 * done / total + " %" + (message.isEmpty() ? "" : ", " + message)
			+ (left.isEmpty() ? "" : ", " + left));
	}

	@Override
	public void info(final String line) {
		out.println(line);
	}

	@Override
	public void warn(final String line) {
		out.println("Warning: " + line);
	}

	@Override
	public boolean isCancelled() {
		return cancelled;
	}

	void cancel() {
		cancelled = true;
	}
}
