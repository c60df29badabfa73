package org.swinj.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes a file so that its name always stands for a complete one: the old or the new. */
public final class AtomicFile {

	private static final int BUFFER_BYTES = 1 << 16;
	private static final String PREFIX = ".swinj-";
	private static final String SUFFIX = ".tmp";

	private AtomicFile() {}

	/** What fills the file; it may close the stream, but need not. */
	@FunctionalInterface
	public interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	/**
	 * Writes to a sibling, forces it to the disk and moves it over {@code target}. Whatever goes
	 * wrong, the sibling is removed and {@code target} is as it was.
	 *
	 * @throws IOException if the content fails or the file system does
	 */
	public static void write(final Path target, final Content content) throws IOException {
		final Path temporary;
		try {
			temporary = Files.createFile(sibling(target));
		}
		catch (final FileSystemException e) {
			throw TargetStream.failure(target, e);
		}
		try {
			try (OutputStream out = new BufferedOutputStream(new TargetStream(temporary, target),
				BUFFER_BYTES))
			{
				content.writeTo(out);
			}
			moveTo(target, temporary);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static void moveTo(final Path target, final Path temporary) throws IOException {
		try {
			move(temporary, target);
		}
		catch (final FileSystemException e) {
			throw TargetStream.failure(target, e);
		}
	}

	/** An unused hidden name beside {@code target}; its folder is made if it is missing. */
	public static Path sibling(final Path target) throws IOException {
		final Path absolute = target.toAbsolutePath();
		final Path folder = absolute.getParent();
		if (!Files.isDirectory(folder)) Files.createDirectories(folder); // early Java 17 refuses links
		return absolute.resolveSibling(prefix(target) + UUID.randomUUID() + SUFFIX);
	}

	/**
	 * Hidden siblings of {@code target} that a writer left when its process was killed. Only for those
	 * who know that nobody writes {@code target} now.
	 */
	public static List<Path> leftovers(final Path target) throws IOException {
		final Path folder = target.toAbsolutePath().getParent();
		if (!Files.isDirectory(folder)) return List.of();
		final String prefix = prefix(target);
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(file -> isTemporary(file) && file.getFileName().toString().startsWith(
				prefix)).toList();
		}
	}

	/** Whether this is the name of a file that is not complete yet. */
	public static boolean isTemporary(final Path file) {
		final String name = file.getFileName().toString();
		return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
	}

	/** Short enough for the longest names, and other for another target. */
	private static String prefix(final Path target) {
		return PREFIX + Integer.toHexString(target.getFileName().toString().hashCode()) + "-";
	}

	/** Moves a file or folder, at once if the file system can, over a file at {@code target}. */
	public static void move(final Path source, final Path target) throws IOException {
		try {
			Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
		}
		forceFolder(target.toAbsolutePath().getParent());
	}

	/** Waits until names in a folder are on the disk, where the system lets one ask for it. */
	private static void forceFolder(final Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (final IOException e) {
			// Windows opens no folders: it orders changes of names itself
		}
	}
}
