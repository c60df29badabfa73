package org.swinj.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk of a file that is to be written. */
public final class DiskSpace {

	private static final int MB = 1_000_000;

	private DiskSpace() {}

	/**
	 * Looks whether there is room.
	 *
	 * @param file to be written; its folder need not exist
	 * @param bytes it will have
	 * @param what it is, as a sentence begins
	 * @throws FormatException if it does not fit
	 */
	public static void require(final Path file, final long bytes, final String what)
		throws IOException
	{
		final long free = free(file);
		if (free < bytes) throw new FormatException(what + " needs " + mb(bytes) + " MB, but the disk of \""
			+ file + "\" has " + free / MB + " MB left.");
	}

	/** Bytes that can be written beside a file. */
	public static long free(final Path file) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		while (!Files.exists(folder) && folder.getParent() != null)
			folder = folder.getParent();
		final long free = Files.getFileStore(folder).getUsableSpace();
		return free < 0 ? Long.MAX_VALUE : free; // more than a long counts
	}

	/** Bytes as whole megabytes, rounded up. */
	private static long mb(final long bytes) {
		return (bytes + MB - 1) / MB;
	}

	/** Why writing failed, as a sentence. */
	public static String reason(final IOException failure) {
		final String text = failure instanceof FileSystemException system && system.getReason() != null
			? system.getReason() : failure.getMessage();
		return text == null ? failure.getClass().getSimpleName() + "." : text.endsWith(".") ? text : text
			+ ".";
	}
}
