package org.swinj.result;

import org.swinj.progress.Progress;

/** Of a user who has changed their mind already. */
final class CancelledProgress implements Progress {

	@Override
	public void stage(final String name) {}

	@Override
	public void update(final long done, final long total, final String message) {}

	@Override
	public void info(final String line) {}

	@Override
	public void warn(final String line) {}

	@Override
	public boolean isCancelled() {
		return true;
	}
}
