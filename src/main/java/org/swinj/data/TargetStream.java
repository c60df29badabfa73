package org.swinj.data;

import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Writes a file that stands in for another one, which is what failures name. An interrupted thread
 * goes on writing, unlike with a channel: what it saves when it is stopped must not be lost.
 */
final class TargetStream extends FilterOutputStream {

	private final FileOutputStream file;
	private final Path target;
	private boolean closed;

	/**
	 * @param file that is written; it exists
	 * @param target what people call it
	 */
	TargetStream(final Path file, final Path target) throws IOException {
		super(new FileOutputStream(file.toFile()));
		this.file = (FileOutputStream) out;
		this.target = target;
	}

	/** One sentence about a file that could not be made or moved. */
	static IOException failure(final Path target, final FileSystemException cause) {
		final String reason = cause instanceof AccessDeniedException ? "permission is missing" : cause
			.getReason() != null ? cause.getReason() : cause instanceof NoSuchFileException
				? "its folder takes no files" : cause.getClass().getSimpleName();
		return failure(target, reason, cause);
	}

	private static IOException failure(final Path target, final String reason,
		final IOException cause)
	{
		return new IOException("File \"" + target + "\" cannot be written: " + reason + ".", cause);
	}

	@Override
	public void write(final int b) throws IOException {
		attempt(() -> out.write(b));
	}

	@Override
	public void write(final byte[] bytes, final int offset, final int length) throws IOException {
		attempt(() -> out.write(bytes, offset, length));
	}

	/** Waits until all is on the disk. */
	@Override
	public void close() throws IOException {
		if (closed) return;
		closed = true;
		try {
			attempt(file.getFD()::sync);
		}
		finally {
			attempt(out::close);
		}
	}

	private void attempt(final Step step) throws IOException {
		try {
			step.run();
		}
		catch (final IOException e) {
			throw failure(target, e.getMessage(), e);
		}
	}

	private interface Step {

		void run() throws IOException;
	}
}
