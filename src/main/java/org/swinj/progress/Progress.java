package org.swinj.progress;

/**
 * What a long task tells its caller, and how the caller stops it. Implementations exist for Fiji's
 * task bar, the command line and tests; a task never knows which one it has.
 */
public interface Progress {

	/** Names the phase that begins, for instance {@code "Reading"} or {@code "Training"}. */
	void stage(String name);

	/**
	 * Reports how far the current phase is.
	 *
	 * @param done units finished, from 0 to {@code total}
	 * @param total units in all, at least 1
	 * @param message what a person would like to know now, may be empty
	 */
	void update(long done, long total, String message);

	/** One line for the log. */
	void info(String line);

	/** One line that the user should see: something was repaired, skipped or assumed. */
	void warn(String line);

	/** Whether the user asked to stop. Tasks ask at least every half second. */
	boolean isCancelled();

	/**
	 * Stops the calling task if the user asked for it or its thread was interrupted.
	 *
	 * @throws CancelledException in that case
	 */
	default void checkCancelled() {
		if (isCancelled() || Thread.currentThread().isInterrupted()) throw new CancelledException();
	}

	/** A listener that ignores everything and never cancels. */
	static Progress silent() {
		return new SilentProgress();
	}
}
