package org.swinj.inference;

import java.util.function.BooleanSupplier;

import org.swinj.progress.Progress;

/** Asks to stop as soon as a condition holds. */
record CancelWhen(BooleanSupplier condition) implements Progress {

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
		return condition.getAsBoolean();
	}
}
