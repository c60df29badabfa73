package org.swinj.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;

import org.swinj.data.VolumeFiles;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/**
 * Computes SHA-256 of the files that a training reads, on a thread of its own while it trains. Sizes
 * and times are noted before anything is read: a file that changes later gets no hash.
 */
final class InputFiles implements AutoCloseable {

	private static final int BUFFER_BYTES = 1 << 16;
	private static final long PATIENCE_MS = 100;

	/** What a file looked like before it was read. */
	private record Seen(Path file, long bytes, FileTime changed) {

		static Seen of(final Path file) throws IOException {
			final BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
			return new Seen(file, a.size(), a.lastModifiedTime());
		}
	}

	private final Path folder;
	private final List<Seen> files = new ArrayList<>();
	private final List<InputFile> hashed = new ArrayList<>(); // guarded by itself
	private final Progress progress;
	private final Thread thread = new Thread(this::hashAll, "SwinJ hashes");
	private volatile boolean closed;

	/**
	 * Notes what the files are like.
	 *
	 * @param place data folder, or a file in what takes its place
	 * @param volumes volumes of any format, and other files; folders are those of DICOM slices
	 */
	InputFiles(final Path place, final Collection<Path> volumes, final Progress progress) {
		folder = folder(place);
		this.progress = progress;
		for (final Path volume : new LinkedHashSet<>(volumes)) {
			progress.checkCancelled();
			try {
				for (final Path file : VolumeFiles.of(volume))
					files.add(Seen.of(file));
			}
			catch (final IOException e) {
				// who reads it will say what is wrong with it
			}
		}
		thread.setDaemon(true);
		thread.setPriority(Thread.MIN_PRIORITY);
	}

	/** What names of files are relative to. */
	static Path folder(final Path place) {
		final Path absolute = place.toAbsolutePath().normalize();
		return Files.isRegularFile(absolute) ? absolute.getParent() : absolute;
	}

	void start() {
		thread.start();
	}

	/**
	 * Waits for the hashes.
	 *
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	List<InputFile> await() {
		if (thread.isAlive()) progress.stage("Hashing input files");
		while (thread.isAlive()) {
			progress.checkCancelled();
			synchronized (hashed) {
				progress.update(hashed.size(), files.size(), "");
			}
			try {
				thread.join(PATIENCE_MS);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}
		return soFar();
	}

	/** The files, those not yet looked at without a hash. */
	List<InputFile> soFar() {
		synchronized (hashed) {
			final List<InputFile> all = new ArrayList<>(hashed);
			for (final Seen seen : files.subList(all.size(), files.size()))
				all.add(new InputFile(name(seen.file), seen.bytes, ""));
			return all;
		}
	}

	private void hashAll() {
		try {
			for (final Seen seen : files) {
				final InputFile file = new InputFile(name(seen.file), seen.bytes, hash(seen));
				synchronized (hashed) {
					hashed.add(file);
				}
			}
		}
		catch (final CancelledException e) {
			// nobody needs them any more
		}
	}

	private void checkOpen() {
		if (closed) throw new CancelledException();
	}

	private String hash(final Seen seen) {
		try {
			final String hash = hash(seen.file, this::checkOpen);
			if (Seen.of(seen.file).equals(seen)) return hash;
			progress.warn("File \"" + seen.file + "\" changed after it was read: the model cannot be " +
				"verified by it.");
		}
		catch (final IOException e) {
			progress.warn("File \"" + seen.file + "\" cannot be read any more: the model cannot be " +
				"verified by it.");
		}
		return "";
	}

	/**
	 * SHA-256 of files.
	 *
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	static List<String> hashes(final List<Path> files, final Progress progress) throws IOException {
		progress.stage("Hashing input files");
		final List<String> hashes = new ArrayList<>();
		for (final Path file : files) {
			progress.update(hashes.size(), files.size(), file.getFileName().toString());
			hashes.add(hash(file, progress::checkCancelled));
		}
		return hashes;
	}

	/** @param stop asked now and then, may throw */
	private static String hash(final Path file, final Runnable stop) throws IOException {
		final MessageDigest digest;
		try {
			digest = MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java platform has SHA-256.", e);
		}
		final byte[] buffer = new byte[BUFFER_BYTES];
		try (InputStream in = Files.newInputStream(file)) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				stop.run();
				digest.update(buffer, 0, n);
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private String name(final Path file) {
		final Path absolute = file.toAbsolutePath().normalize();
		return (absolute.startsWith(folder) ? folder.relativize(absolute) : absolute).toString().replace(
			'\\', '/');
	}

	/** Ends the hashing. */
	@Override
	public void close() {
		closed = true;
	}
}
