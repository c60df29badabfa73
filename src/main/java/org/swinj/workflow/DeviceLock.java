package org.swinj.workflow;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.swinj.backend.ComputeDevice;
import org.swinj.progress.Progress;

/**
 * Lets trainings on one GPU take turns, as together they would have too little memory. A CPU is
 * shared. The system frees the lock when the process ends, however that happens.
 */
final class DeviceLock implements AutoCloseable {

	private static final long PERIOD_MS = 200;

	private final FileChannel channel; // null where nothing is locked

	private DeviceLock(final FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Waits until no other training uses the device, which is said.
	 *
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	static DeviceLock of(final ComputeDevice device, final Progress progress) throws IOException {
		if (!device.device().isGpu()) return new DeviceLock(null);
		return of(file(device.device().getDeviceId(), System.getenv("CUDA_VISIBLE_DEVICES")), "GPU "
			+ device.device().getDeviceId(), progress);
	}

	/** The same for every process, whatever numbers its GPUs have there. */
	static Path file(final int number, final String visible) {
		final String[] names = visible == null || visible.isBlank() ? new String[0] : visible.split(",");
		final String name = number < names.length ? names[number].trim() : String.valueOf(number);
		return Path.of(System.getProperty("java.io.tmpdir"), "swinj-gpu-" + name.replaceAll(
			"[^A-Za-z0-9-]", "_") + ".lock");
	}

	static DeviceLock of(final Path file, final String name, final Progress progress)
		throws IOException
	{
		final FileChannel channel;
		try {
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		}
		catch (final IOException e) {
			progress.info("Whether another training uses " + name + " is not known: \"" + file
				+ "\" cannot be opened");
			return new DeviceLock(null);
		}
		try {
			if (tryLock(channel)) return new DeviceLock(channel);
			progress.warn("Another training uses " + name + ": this one waits for its end. "
				+ "device=cpu would begin now.");
			progress.stage("Waiting for " + name);
			while (!tryLock(channel)) {
				progress.checkCancelled();
				pause();
			}
			return new DeviceLock(channel);
		}
		catch (final IOException | RuntimeException e) {
			channel.close();
			throw e;
		}
	}

	private static boolean tryLock(final FileChannel channel) throws IOException {
		try {
			final FileLock lock = channel.tryLock();
			return lock != null;
		}
		catch (final OverlappingFileLockException e) { // by this process
			return false;
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PERIOD_MS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt(); // seen by the next look at the progress
		}
	}

	/** The file stays: another process may be waiting for it. */
	@Override
	public void close() throws IOException {
		if (channel != null) channel.close();
	}
}
