package org.swinj.workflow;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.swinj.data.FormatException;

/**
 * Keeps a second training away from an output while one runs. The system frees it when the process
 * ends, however that happens.
 */
final class OutputLock implements AutoCloseable {

	private final Path file;
	private final FileChannel channel;

	private OutputLock(final Path file, final FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/** @throws FormatException if another training writes this output */
	static OutputLock of(final Path output) throws IOException {
		final Path absolute = output.toAbsolutePath().normalize();
		final Path file = absolute.resolveSibling(absolute.getFileName() + ".lock");
		final FileChannel channel;
		try {
			if (!Files.isDirectory(file.getParent())) Files.createDirectories(file.getParent());
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		}
		catch (final FileSystemException e) {
			throw new FormatException("Model \"" + output + "\" cannot be written: its folder \"" + file
				.getParent() + "\" takes no files.", e);
		}
		try {
			if (channel.tryLock() != null) return new OutputLock(file, channel);
		}
		catch (final OverlappingFileLockException e) {
			// by this process
		}
		channel.close();
		throw new FormatException("Another training writes \"" + output
			+ "\" right now: wait for its end or choose another output.");
	}

	@Override
	public void close() throws IOException {
		Files.deleteIfExists(file); // before it is free for others
		channel.close();
	}
}
