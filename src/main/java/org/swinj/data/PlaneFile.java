package org.swinj.data;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Planes of 16-bit numbers in a temporary file, which disappears with this object. An interrupted thread
 * goes on reading, unlike with a channel.
 */
final class PlaneFile {

	private final int planeSize;
	private final RandomAccessFile file; // closed when nobody can reach it any more

	/**
	 * @param planeSize numbers in a plane
	 * @param planes that will be written
	 * @throws FormatException if the disk has no room for them
	 */
	PlaneFile(final int planeSize, final long planes) throws IOException {
		this.planeSize = planeSize;
		final File temporary = File.createTempFile("swinj", ".planes");
		temporary.deleteOnExit();
		DiskSpace.require(temporary.toPath(), planes * planeSize * Short.BYTES,
			"An image too large for Java's memory");
		file = new RandomAccessFile(temporary, "rw");
		temporary.delete(); // where open files may be deleted, as on Linux and macOS
	}

	synchronized void write(final long index, final short[] plane) throws IOException {
		final byte[] bytes = new byte[plane.length * Short.BYTES];
		ByteBuffer.wrap(bytes).asShortBuffer().put(plane);
		file.seek(index * bytes.length);
		file.write(bytes);
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
