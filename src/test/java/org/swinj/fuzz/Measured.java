package org.swinj.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import com.sun.management.ThreadMXBean;

/**
 * What happened when a file was read on a thread of its own.
 *
 * @param bytes what came out, 0 if it was refused
 * @param error what was thrown, {@code null} for nothing
 * @param seconds computing time of the thread
 * @param allocated bytes that the thread took, freed ones included
 */
record Measured(long bytes, Throwable error, double seconds, long allocated) {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
	private static final double PATIENCE = 20;
	private static final long LOOK = 500; // milliseconds

	/** Waits for the end, but not for ever: a thread that goes on computing is left behind. */
	static Measured of(final Fuzz.Parser parser, final Path file) throws InterruptedException {
		final Measured[] result = new Measured[1];
		final Thread thread = new Thread(() -> result[0] = run(parser, file), "parser");
		thread.setDaemon(true);
		thread.start();
		double seconds = 0;
		while (thread.isAlive() && seconds < PATIENCE) {
			thread.join(LOOK);
			seconds = THREADS.getThreadCpuTime(thread.getId()) / 1e9;
		}
		if (!thread.isAlive()) return result[0];
		final IllegalStateException endless = new IllegalStateException("it does not end");
		endless.setStackTrace(thread.getStackTrace());
		return new Measured(0, endless, seconds, 0);
	}

	private static Measured run(final Fuzz.Parser parser, final Path file) {
		final long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
		final long timeBefore = THREADS.getCurrentThreadCpuTime();
		long bytes = 0;
		Throwable error = null;
		try {
			bytes = parser.read(file);
		}
		catch (final IOException | RuntimeException | Error e) {
			error = e;
		}
		return new Measured(bytes, error, (THREADS.getCurrentThreadCpuTime() - timeBefore) / 1e9, THREADS
			.getCurrentThreadAllocatedBytes() - bytesBefore);
	}
}
