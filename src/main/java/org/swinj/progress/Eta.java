package org.swinj.progress;

import java.util.Locale;

/** Estimates the rest of a phase from the time its part so far has taken. */
public final class Eta {

	private static final double SETTLED = 3; // seconds before an estimate is worth showing

	private long start = System.nanoTime();

	/** A new phase begins. */
	public void restart() {
		start = System.nanoTime();
	}

	/** "2 min 5 s left", or an empty text while nothing can be said. */
	public String left(final long done, final long total) {
		final double seconds = (System.nanoTime() - start) * 1e-9;
		if (done <= 0 || done >= total || seconds < SETTLED) return "";
		return text(seconds * (total - done) / done) + " left";
	}

	/** A duration for people. */
	static String text(final double seconds) {
		final long s = Math.round(seconds);
		if (s < 60) return s + " s";
		if (s < 3600) return String.format(Locale.ROOT, "%d min %d s", s / 60, s % 60);
		return String.format(Locale.ROOT, "%d h %d min", s / 3600, s % 3600 / 60);
	}
}
