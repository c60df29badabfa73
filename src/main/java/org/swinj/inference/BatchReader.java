package org.swinj.inference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/**
 * Reads the windows of a volume in the order of the grid, one batch ahead of the caller on a thread
 * of its own, into two sets of arrays that take turns. The thread ends with {@link #close()}.
 */
final class BatchReader implements AutoCloseable {

	private static final long PATIENCE_MS = 200;

	private final WindowSource source;
	private final WindowGrid grid;
	private final WindowSettings settings;
	private final Progress progress;
	private final int windowSize;
	private final float[][][] arrays; // turn, window of the batch, voxel
	private final ExecutorService queue = Executors.newSingleThreadExecutor(this::newThread);
	private Thread thread;
	private Future<WindowBatch> pending;
	private long next; // window of the grid; used by the reading thread only
	private int turn;
	private volatile boolean closed;

	BatchReader(final WindowSource source, final WindowGrid grid, final WindowSettings settings,
		final Progress progress)
	{
		this.source = source;
		this.grid = grid;
		this.settings = settings;
		this.progress = progress;
		int size = source.channels();
		for (final int length : settings.window())
			size = Math.multiplyExact(size, length);
		windowSize = size;
		arrays = new float[2][settings.batch()][];
		pending = queue.submit(this::read);
	}

	/** The next batch, or an empty one after the last. Its arrays are valid until the next call. */
	WindowBatch next() throws IOException {
		final WindowBatch batch = await();
		pending = queue.submit(this::read);
		return batch;
	}

	/** Waits for the window that is being read, if any, and ends the thread. */
	@Override
	public void close() {
		// no interrupt: it would close the file under a lazy volume
		closed = true;
		queue.shutdown();
		boolean interrupted = false;
		while (true) {
			try {
				thread.join();
				break;
			}
			catch (final InterruptedException e) {
				interrupted = true;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
	}

	private WindowBatch await() throws IOException {
		while (true) {
			progress.checkCancelled();
			try {
				return pending.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
			}
			catch (final TimeoutException stillReading) {
				continue;
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new CancelledException();
			}
			catch (final ExecutionException e) {
				if (e.getCause() instanceof IOException cause) throw cause;
				if (e.getCause() instanceof RuntimeException cause) throw cause;
				if (e.getCause() instanceof Error cause) throw cause;
				throw new IllegalStateException(e.getCause());
			}
		}
	}

	private WindowBatch read() throws IOException {
		turn = 1 - turn;
		final List<long[]> positions = new ArrayList<>();
		final List<float[]> windows = new ArrayList<>();
		while (!closed && next < grid.count() && windows.size() < settings.batch()) {
			final long[] position = grid.position(next++);
			final float[] window = array(windows.size());
			source.read(position, settings.window(), window);
			if (isEmpty(window)) continue;
			positions.add(position);
			windows.add(window);
		}
		return new WindowBatch(positions.toArray(new long[0][]), windows.toArray(new float[0][]), next);
	}

	private float[] array(final int index) {
		if (arrays[turn][index] == null) arrays[turn][index] = new float[windowSize];
		return arrays[turn][index];
	}

	private boolean isEmpty(final float[] window) {
		for (final float value : window)
			if (value != settings.empty()) return false; // NaN differs from everything
		return true;
	}

	private Thread newThread(final Runnable task) {
		thread = new Thread(task, "SwinJ window reader");
		thread.setDaemon(true);
		return thread;
	}
}
