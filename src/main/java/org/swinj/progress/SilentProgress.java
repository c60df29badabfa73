package org.swinj.progress;

/** Ignores all reports; see {@link Progress#silent()}. */
final class SilentProgress implements Progress {

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
		return false;
	}
}
