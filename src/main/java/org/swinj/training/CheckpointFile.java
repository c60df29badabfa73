package org.swinj.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.swinj.data.AtomicFile;
import org.swinj.model.ModelFormatException;
import org.swinj.model.Safetensors;
import org.swinj.model.Weight;
import org.swinj.progress.Progress;

/**
 * Where a training keeps its latest checkpoint and the one before. Whenever the process ends, one of
 * them is complete.
 *
 * @param latest a safetensors file; its strings hold the numbers and a SHA-256 of all
 */
public record CheckpointFile(Path latest) {

	private static final String HASH = "sha256";

	/** The file beside a model that is being trained. */
	public static CheckpointFile of(final Path model) {
		final Path absolute = model.toAbsolutePath().normalize();
		return new CheckpointFile(absolute.resolveSibling(absolute.getFileName() + ".checkpoint"));
	}

	private Path previous() {
		return latest.resolveSibling(latest.getFileName() + ".previous");
	}

	private Path fresh() {
		return latest.resolveSibling(latest.getFileName() + ".new");
	}

	/** Removes what a process left that was killed while it wrote; nobody may be writing now. */
	public void clear() throws IOException {
		for (final Path unfinished : AtomicFile.leftovers(fresh()))
			Files.deleteIfExists(unfinished);
		Files.deleteIfExists(fresh());
	}

	public boolean exists() {
		return Files.exists(latest) || Files.exists(previous());
	}

	/** Writes a checkpoint; the latest one becomes the previous one. */
	void write(final Checkpoint checkpoint) throws IOException {
		final Map<String, String> texts = new LinkedHashMap<>(checkpoint.texts());
		texts.put(HASH, hash(checkpoint));
		final Path fresh = fresh();
		Safetensors.write(fresh, checkpoint.tensors(), texts);
		if (Files.exists(latest)) AtomicFile.move(latest, previous());
		AtomicFile.move(fresh, latest);
	}

	/**
	 * Reads the latest checkpoint that is whole.
	 *
	 * @param progress hears of a damaged one
	 * @return {@code null} if there is none
	 * @throws ModelFormatException if all there are are damaged
	 */
	public Checkpoint read(final Progress progress) throws IOException {
		ModelFormatException damage = null;
		for (final Path file : new Path[] { latest, previous() }) {
			if (!Files.exists(file)) continue;
			try {
				return read(file);
			}
			catch (final ModelFormatException e) {
				damage = e;
				progress.warn(e.getMessage());
			}
		}
		if (damage != null) throw damage;
		return null;
	}

	private static Checkpoint read(final Path file) throws IOException {
		final Map<String, String> texts = new LinkedHashMap<>(Safetensors.readMetadata(file));
		final Checkpoint checkpoint = new Checkpoint(Safetensors.read(file), texts);
		final String expected = texts.remove(HASH);
		if (!hash(checkpoint).equals(expected)) throw new ModelFormatException("Checkpoint \"" + file
			+ "\" is damaged: its checksum is wrong.");
		return checkpoint;
	}

	/** Removes the checkpoints of a training that is over. */
	public void delete() throws IOException {
		clear();
		Files.deleteIfExists(previous());
		Files.deleteIfExists(latest);
	}

	private static String hash(final Checkpoint checkpoint) {
		final MessageDigest digest;
		try {
			digest = MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
		new TreeMap<>(checkpoint.texts()).forEach((name, text) -> digest.update((name + "=" + text + "\n")
			.getBytes(StandardCharsets.UTF_8)));
		for (final Map.Entry<String, Weight> entry : new TreeMap<>(checkpoint.tensors().asMap())
			.entrySet())
		{
			digest.update((entry.getKey() + "=" + entry.getValue().shapeText() + "\n").getBytes(
				StandardCharsets.UTF_8));
			digest.update(entry.getValue().data());
		}
		return HexFormat.of().formatHex(digest.digest());
	}
}
