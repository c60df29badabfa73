package org.swinj.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

import org.swinj.progress.CancelledException;

/**
 * Prepares numbered examples ahead of their use on one background thread. Examples are asked for in
 * ascending order.
 *
 * @param <T> an example
 */
final class Prefetcher<T> implements AutoCloseable {

	private final LongFunction<T> source;
	private final int depth;
	private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
		final Thread t = new Thread(task, "SwinJ examples");
		t.setDaemon(true);
		return t;
	});
	private final Deque<Future<T>> ahead = new ArrayDeque<>();
	private long next = -1; // number of the first example in the queue
	private long waitedNanos;

	/** @param depth examples kept ready */
	Prefetcher(final LongFunction<T> source, final int depth) {
		this.source = source;
		this.depth = depth;
	}

	/** The example with this number. */
	T get(final long number) {
		if (number != next) {
			ahead.forEach(f -> f.cancel(false));
			ahead.clear();
			next = number;
		}
		while (ahead.size() <= depth) {
			final long n = next + ahead.size();
			ahead.add(thread.submit(() -> source.apply(n)));
		}
		next++;
		final long start = System.nanoTime();
		try {
			return ahead.remove().get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancelledException();
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof RuntimeException cause) throw cause;
			throw new IllegalStateException(e.getCause());
		}
		finally {
			waitedNanos += System.nanoTime() - start;
		}
	}

	/** Time the training has waited for examples so far. */
	double waitedSeconds() {
		return waitedNanos * 1e-9;
	}

	@Override
	public void close() {
		thread.shutdownNow();
	}
}
