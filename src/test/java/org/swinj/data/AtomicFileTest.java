package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.data.AtomicFile.Content;

class AtomicFileTest {

	private static final Content NEW = out -> out.write("new".getBytes());

	@TempDir
	Path folder;

	@Test
	void completeFileAppearsAlone() throws IOException {
		final Path file = folder.resolve("a/b/ü 1.txt");
		AtomicFile.write(file, NEW);
		assertEquals("new", Files.readString(file));
		assertEquals(List.of(file), files(file.getParent()));
	}

	@Test
	void oldFileStaysUntilTheNewOneIsComplete() throws IOException {
		final Path file = folder.resolve("a.txt");
		Files.writeString(file, "old");
		AtomicFile.write(file, out -> {
			out.write("new".getBytes());
			out.flush();
			assertEquals("old", Files.readString(file));
		});
		assertEquals("new", Files.readString(file));
	}

	@Test
	void failureLeavesTheOldFileAndNothingElse() throws IOException {
		final Path file = folder.resolve("a.txt");
		Files.writeString(file, "old");
		assertThrows(IOException.class, () -> AtomicFile.write(file, out -> {
			out.write(new byte[1 << 20]);
			throw new IOException("disk full");
		}));
		assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, out -> {
			throw new IllegalStateException("damaged source");
		}));
		assertEquals("old", Files.readString(file));
		assertEquals(List.of(file), files(folder));
	}

	@Test
	void interruptedThreadFinishesItsFile() throws IOException {
		final Path file = folder.resolve("a.bin");
		Thread.currentThread().interrupt();
		AtomicFile.write(file, out -> out.write(new byte[1 << 20]));
		assertTrue(Thread.interrupted());
		assertEquals(1 << 20, Files.size(file));
	}

	@Test
	void failuresNameTheFileThatWasWanted() throws IOException {
		final Path other = Files.createDirectories(folder.resolve("a/b"));
		assertTrue(assertThrows(IOException.class, () -> AtomicFile.write(other.getParent(), NEW))
			.getMessage().startsWith("File \"" + other.getParent() + "\" cannot be written: "));
		final Path file = Files.writeString(folder.resolve("f"), "old");
		assertTrue(assertThrows(IOException.class, () -> AtomicFile.write(file.resolve("x/y.txt"), NEW))
			.getMessage().matches("File \".*y.txt\" cannot be written: .+\\."));
	}

	@Test
	void folderIsNotReplaced() throws IOException {
		final Path other = Files.createDirectories(folder.resolve("a/b"));
		assertThrows(IOException.class, () -> AtomicFile.write(other.getParent(), NEW));
		assertEquals(List.of(other), files(folder.resolve("a")));
		assertEquals(List.of(other.getParent()), files(folder));
	}

	@Test
	void contentMayCloseTheStream() throws IOException {
		final Path file = folder.resolve("a.txt");
		AtomicFile.write(file, out -> {
			NEW.writeTo(out);
			out.close();
		});
		assertEquals("new", Files.readString(file));
	}

	@Test
	void linkedFolderIsAFolder() throws IOException {
		final Path real = Files.createDirectory(folder.resolve("real"));
		final Path link = Files.createSymbolicLink(folder.resolve("link"), real);
		AtomicFile.write(link.resolve("a.txt"), NEW);
		assertEquals(List.of(real.resolve("a.txt")), files(real));
	}

	@Test
	void longestNameIsPossible() throws IOException {
		final Path file = folder.resolve("n".repeat(255));
		AtomicFile.write(file, NEW);
		assertEquals(List.of(file), files(folder));
	}

	/** Needs two file systems. */
	@Test
	void moveThatCannotBeAtomicStillReplaces() throws IOException {
		final Path memory = Path.of("/dev/shm");
		assumeTrue(Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(
			folder)));
		final Path source = Files.createTempFile(memory, "swinj", ".txt");
		try {
			final Path file = folder.resolve("a.txt");
			Files.writeString(file, "old");
			Files.writeString(source, "new");
			assertThrows(AtomicMoveNotSupportedException.class, () -> Files.move(source, file,
				StandardCopyOption.ATOMIC_MOVE));
			AtomicFile.move(source, file);
			assertEquals("new", Files.readString(file));
			assertEquals(false, Files.exists(source));
		}
		finally {
			Files.deleteIfExists(source);
		}
	}

	private static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.toList();
		}
	}
}
