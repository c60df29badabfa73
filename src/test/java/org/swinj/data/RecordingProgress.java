package org.swinj.data;

import java.util.ArrayList;
import java.util.List;

import org.swinj.progress.Progress;

/** Keeps the warnings of a task. */
final class RecordingProgress implements Progress {

	final List<String> warnings = new ArrayList<>();
	boolean cancelled;

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
