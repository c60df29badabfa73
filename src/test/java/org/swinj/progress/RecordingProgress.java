package org.swinj.progress;

import java.util.ArrayList;
import java.util.List;

/** Keeps the warnings of a task, and cancels it when asked to. */
public class RecordingProgress implements Progress {

	public final List<String> warnings = new ArrayList<>();
	public boolean cancelled;

	@Override
	public void stage(final String name) {}

	@Override
	public void update(final long done, final long total, final String message) {}

	@Override
	public void info(final String line) {}

	@Override
	public void warn(final String line) {
		warnings.add(line);
	}

	@Override
	public boolean isCancelled() {
		return cancelled;
	}
}
