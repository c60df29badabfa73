package org.swinj.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file so that its name always stands for a complete one: the old or the new. */
final class AtomicFile {

	private AtomicFile() {}

	/** What fills the temporary file. */
	interface Content {

		void writeTo(FileChannel channel) throws IOException;
	}

	/** Writes to a sibling, forces it to the disk and moves it over {@code target}. */
	static void write(final Path target, final Content content) throws IOException {
		final Path temporary = sibling(target);
		try {
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE))
			{
				content.writeTo(channel);
				channel.force(true);
			}
			move(temporary, target);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/** An unused hidden name beside {@code target}; its folder is made if it is missing. */
	static Path sibling(final Path target) throws IOException {
		final Path absolute = target.toAbsolutePath();
		Files.createDirectories(absolute.getParent());
		return absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
	}

	/** Moves a file or folder; a file at {@code target} is replaced. */
	static void move(final Path source, final Path target) throws IOException {
		try {
			Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}
}
