package org.swinj.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a file so that its name always stands for a complete one: the old or the new. */
final class AtomicWrite {

	private AtomicWrite() {}

	/** What fills the file. */
	interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	/** Writes to a hidden sibling, which is moved over {@code target} once it is complete. */
	static void to(final Path target, final Content content) throws IOException {
		final Path absolute = target.toAbsolutePath();
		Files.createDirectories(absolute.getParent());
		final Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID
			.randomUUID() + ".tmp");
		try {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
				content.writeTo(out);
			}
			move(temporary, absolute);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static void move(final Path source, final Path target) throws IOException {
		try {
			Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}
}
