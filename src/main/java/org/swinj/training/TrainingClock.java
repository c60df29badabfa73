package org.swinj.training;

import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;

/** Seconds of training: those before an interruption count, pauses do not. */
final class TrainingClock {

	private static final int LOOK_MILLIS = 50; // in a pause

	private long begin = System.nanoTime();
	private long paused; // nanoseconds since the begin
	private double earlier; // seconds before an interruption

	void start() {
		begin = System.nanoTime();
		paused = 0;
	}

	/** The training has taken so many seconds before it was begun here. */
	void startAfter(final double seconds) {
		earlier = seconds;
	}

	double seconds() {
		return earlier + (System.nanoTime() - begin - paused) * 1e-9;
	}

	/**
	 * Waits while the watcher wants it.
	 *
	 * @throws org.swinj.progress.CancelledException when the user asked to stop meanwhile
	 */
	void await(final TrainingWatcher watcher, final Progress progress) {
		final long since = System.nanoTime();
		try {
			while (watcher.isPaused() && !watcher.isStopped()) {
				progress.checkCancelled();
				sleep();
			}
		}
		finally {
			paused += System.nanoTime() - since;
		}
	}

	private static void sleep() {
		try {
			Thread.sleep(LOOK_MILLIS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt(); // which cancels
		}
	}
}
