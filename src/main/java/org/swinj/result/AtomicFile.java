package org.swinj.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a file so that its name always stands for a complete one: the old or the new. */
final class AtomicFile {

	private AtomicFile() {}

	/** What fills the file. */
	interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	static void write(final Path target, final Content content) throws IOException {
		final Path absolute = target.toAbsolutePath();
		Files.createDirectories(absolute.getParent());
		final Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID
			.randomUUID() + ".tmp");
		try {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
				content.writeTo(out);
			}
			Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}
}
