package org.swinj.training;

import java.util.List;

import org.swinj.progress.Progress;

/** Keeps warnings. */
record Warnings(List<String> lines) implements Progress {

	@Override
	public void stage(final String name) {}

	@Override
	public void update(final long done, final long total, final String message) {}

	@Override
	public void info(final String line) {}

	@Override
	public void warn(final String line) {
		lines.add(line);
	}

	@Override
	public boolean isCancelled() {
		return false;
	}
}
