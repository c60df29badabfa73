package org.swinj.fiji;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.scijava.event.ContextDisposingEvent;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;

/**
 * Fiji is closed, or Java ends, while a command works: the work is asked to stop and given time to
 * keep what it has.
 */
final class Closing implements AutoCloseable {

	private static final long PATIENCE_MS = 60_000;

	private final CountDownLatch over = new CountDownLatch(1);
	private final Thread hook = new Thread(this::stop, "SwinJ closing");
	private volatile boolean asked;

	/** @param events tell that the context ends, {@code null} if nothing does */
	Closing(final EventService events) {
		if (events != null) events.subscribe(this); // held weakly
		Runtime.getRuntime().addShutdownHook(hook);
	}

	/** Whether the work shall stop. */
	boolean isAsked() {
		return asked;
	}

	@EventHandler
	private void onEvent(@SuppressWarnings("unused") final ContextDisposingEvent event) {
		stop();
	}

	private void stop() {
		asked = true;
		try {
			over.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** The work is over. */
	@Override
	public void close() {
		over.countDown();
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// Java is ending already
		}
	}
}
