package org.swinj.cli;

/** Ctrl-C and a polite kill: the work is asked to stop and given time to keep what it has. */
final class Interrupt {

	private static final long PATIENCE_MS = 60_000;

	private final Thread worker;
	private final Runnable cancel;
	private volatile boolean over;
	private volatile boolean stopping;

	private Interrupt(final Thread worker, final Runnable cancel) {
		this.worker = worker;
		this.cancel = cancel;
	}

	/** @param cancel asks the calling thread's work to stop */
	static Interrupt install(final Runnable cancel) {
		final Interrupt interrupt = new Interrupt(Thread.currentThread(), cancel);
		Runtime.getRuntime().addShutdownHook(new Thread(interrupt::stop, "SwinJ interrupt"));
		return interrupt;
	}

	/** Ends the process, unless it is ending already and waits for the calling thread. */
	void exit(final int code) {
		if (stopping) return;
		over = true;
		System.exit(code);
	}

	private void stop() {
		if (over) return;
		stopping = true;
		cancel.run();
		try {
			worker.join(PATIENCE_MS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(Main.CANCELLED);
	}
}
