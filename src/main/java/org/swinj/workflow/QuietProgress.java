package org.swinj.workflow;

import org.swinj.progress.Progress;

/** Passes on warnings and cancellation, but not the progress of a task within a task. */
record QuietProgress(Progress outer) implements Progress {

	@Override
	public void stage(final String name) {}

	@Override
	public void update(final long done, final long total, final String message) {}

	@Override
	public void info(final String line) {}

	@Override
	public void warn(final String line) {
		outer.warn(line);
	}

	@Override
	public boolean isCancelled() {
		return outer.isCancelled();
	}
}
