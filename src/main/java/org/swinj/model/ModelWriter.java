package org.swinj.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.swinj.data.AtomicFile;

/** Writes a model so that its name always stands for a complete one: the old or the new. */
final class ModelWriter {

	private final SwinModel model;

	ModelWriter(final SwinModel model) {
		this.model = model;
	}

	void write(final Path path) throws IOException {
		final Path target = path.toAbsolutePath().normalize();
		check(path);
		if (target.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip"))
			AtomicFile.write(target, this::writeZip);
		else writeFolder(target);
	}

	/** Refuses a name that {@link #write} would refuse. */
	static void check(final Path path) throws IOException {
		final Path target = path.toAbsolutePath().normalize();
		if (target.getFileName() == null) throw new ModelFormatException("\"" + path
			+ "\" is not a name for a model.");
		if (Files.exists(target)) checkReplaceable(target);
	}

	private static void checkReplaceable(final Path target) throws IOException {
		if (Files.isDirectory(target)) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
				if (!files.iterator().hasNext()) return;
			}
			if (Files.isRegularFile(target.resolve(ModelReader.CARD))) return;
		}
		else if (Files.size(target) == 0) return;
		else try (ModelReader reader = ModelReader.open(target)) {
			return;
		}
		catch (final ModelFormatException e) {
			// falls through to the refusal
		}
		throw new ModelFormatException("\"" + target
			+ "\" exists and is not a SwinJ model; it was left as it is.");
	}

	// ---- folder

	private void writeFolder(final Path target) throws IOException {
		final Path fresh = AtomicFile.sibling(target);
		try {
			Files.createDirectory(fresh);
			final String[] hash = new String[1];
			AtomicFile.write(fresh.resolve(ModelReader.WEIGHTS), out -> hash[0] = writeHashed(out));
			AtomicFile.write(fresh.resolve(ModelReader.CARD), out -> out.write(json(hash[0])));
			replace(target, fresh);
		}
		finally {
			delete(fresh);
		}
	}

	/** Puts the fresh folder in the target's place; back to the old one if that fails. */
	private static void replace(final Path target, final Path fresh) throws IOException {
		if (!Files.exists(target)) {
			AtomicFile.move(fresh, target);
			return;
		}
		final Path old = AtomicFile.sibling(target);
		AtomicFile.move(target, old);
		try {
			AtomicFile.move(fresh, target);
		}
		catch (final IOException e) {
			AtomicFile.move(old, target);
			throw e;
		}
		keepOtherFiles(old, target);
		delete(old);
	}

	private static void keepOtherFiles(final Path old, final Path target) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(old)) {
			for (final Path file : files)
				if (!Files.exists(target.resolve(file.getFileName())) && !AtomicFile.isTemporary(file)) Files
					.move(file, target.resolve(file.getFileName()));
		}
	}

	/**
	 * Clears up after a writer whose process was killed: the model is in its place again if it was just
	 * being replaced, and nothing unfinished is left. Nobody may be writing the model now.
	 */
	static void recover(final Path path) throws IOException {
		final Path target = path.toAbsolutePath().normalize();
		final List<Path> left = new ArrayList<>(AtomicFile.leftovers(target));
		if (!Files.exists(target)) {
			final Path whole = left.stream().filter(folder -> Files.exists(folder.resolve(
				ModelReader.CARD))).findFirst().orElse(null); // the card comes last
			if (whole != null) AtomicFile.move(whole, target);
			left.remove(whole);
		}
		for (final Path rest : left) {
			if (Files.isDirectory(rest) && Files.isDirectory(target)) keepOtherFiles(rest, target);
			delete(rest);
			Files.deleteIfExists(rest);
		}
	}

	/** Deletes a folder of plain files, if it is there. */
	private static void delete(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (final Path file : files)
				Files.deleteIfExists(file);
		}
		Files.deleteIfExists(folder);
	}

	// ---- zip

	private void writeZip(final OutputStream out) throws IOException {
		final ZipOutputStream zip = new ZipOutputStream(out);
		zip.setLevel(Deflater.NO_COMPRESSION); // weights hardly shrink
		zip.putNextEntry(new ZipEntry(ModelReader.WEIGHTS));
		final String hash = writeHashed(zip);
		zip.closeEntry();
		zip.putNextEntry(new ZipEntry(ModelReader.CARD));
		zip.write(json(hash));
		zip.closeEntry();
		zip.finish();
	}

	// ---- content

	private String writeHashed(final OutputStream out) throws IOException {
		final MessageDigest digest = sha256();
		final DigestOutputStream hashed = new DigestOutputStream(out, digest);
		Safetensors.write(Channels.newChannel(hashed), model.weights(), Map.of("format", "pt"));
		return HexFormat.of().formatHex(digest.digest());
	}

	private byte[] json(final String hash) {
		return CardJson.write(model.card().withWeightsSha256(hash)).getBytes(StandardCharsets.UTF_8);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java platform has SHA-256.", e);
		}
	}
}
