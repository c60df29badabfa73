package org.swinj.data;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Planes of 16-bit numbers in a temporary file, which disappears with this object. An interrupted thread
 * goes on reading, unlike with a channel.
 */
final class PlaneFile {

	private static final Cleaner CLEANER = Cleaner.create();

	private final int planeSize;
	private final RandomAccessFile file;

	/** Closes and deletes the file, when nobody can reach it any more or Java ends. */
	private record End(RandomAccessFile file, File path) implements Runnable {

		@Override
		public void run() {
			try {
				file.close();
			}
			catch (final IOException e) {
				// it is not needed any more
			}
			path.delete();
		}
	}

	/**
	 * @param planeSize numbers in a plane
	 * @param planes that will be written
	 * @throws FormatException if the disk has no room for them
	 */
	PlaneFile(final int planeSize, final long planes) throws IOException {
		this.planeSize = planeSize;
		DiskSpace.require(Path.of(System.getProperty("java.io.tmpdir"), "swinj.planes"), planes * planeSize
			* Short.BYTES, "An image too large for Java's memory");
		final File temporary = File.createTempFile("swinj", ".planes");
		file = new RandomAccessFile(temporary, "rw");
		if (temporary.delete()) return; // it is there until it is closed
		final End end = new End(file, temporary); // Windows
		CLEANER.register(this, end);
		Runtime.getRuntime().addShutdownHook(new Thread(end));
	}

	synchronized void write(final long index, final short[] plane) throws IOException {
		final byte[] bytes = new byte[plane.length * Short.BYTES];
		ByteBuffer.wrap(bytes).asShortBuffer().put(plane);
		try {
			file.seek(index * bytes.length);
			file.write(bytes);
		}
		catch (final IOException e) {
			throw new IOException("Labels too large for Java's memory are kept in \"" + System.getProperty(
				"java.io.tmpdir") + "\", which cannot be written: " + DiskSpace.reason(e), e);
		}
	}

	/** A plane that was written, or zeros for one that was not. */
	synchronized short[] read(final long index) {
		final byte[] bytes = new byte[planeSize * Short.BYTES];
		final short[] plane = new short[planeSize];
		try {
			if (file.length() < (index + 1) * bytes.length) return plane;
			file.seek(index * bytes.length);
			file.readFully(bytes);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		ByteBuffer.wrap(bytes).asShortBuffer().get(plane);
		return plane;
	}
}
