package org.swinj.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The models in a folder, each a folder or a zip of its own.
 *
 * @param folder where they are; need not exist
 */
public record ModelLibrary(Path folder) {

	private static final String ZIP = ".zip";

	/**
	 * A model of the library.
	 *
	 * @param path folder or zip
	 * @param card what it is
	 * @param bytes size of its files
	 */
	public record Entry(Path path, ModelCard card, long bytes) {}

	/** All models by name; what is no model or cannot be read is left out. */
	public List<Entry> list() throws IOException {
		final List<Entry> entries = new ArrayList<>();
		if (!Files.isDirectory(folder)) return entries;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (final Path path : files)
				try {
					entries.add(new Entry(path, SwinModel.readCard(path), size(path)));
				}
				catch (final ModelFormatException e) {
					continue; // some other file
				}
		}
		entries.sort(Comparator.comparing(entry -> entry.path().getFileName().toString()));
		return entries;
	}

	private static long size(final Path path) throws IOException {
		if (!Files.isDirectory(path)) return Files.size(path);
		long sum = 0;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
			for (final Path file : files)
				sum += Files.size(file);
		}
		return sum;
	}

	/**
	 * Copies a model into the library, once it has been read to its end.
	 *
	 * @return the copy
	 * @throws ModelFormatException if it is no complete model, or the library has one of its name
	 */
	public Path add(final Path model) throws IOException {
		final SwinModel read = SwinModel.read(model);
		final Path target = free(model.toAbsolutePath().normalize().getFileName().toString());
		Files.createDirectories(folder);
		read.write(target);
		return target;
	}

	/**
	 * Gives a model another name, on the disk and in its card.
	 *
	 * @return where it is now
	 * @throws ModelFormatException if the name cannot be a file's or is taken
	 */
	public Path rename(final Path model, final String name) throws IOException {
		final String wanted = name.trim();
		if (!wanted.matches("[^/\\\\:*?\"<>|]+") || wanted.startsWith(".")) throw new ModelFormatException(
			"\"" + name + "\" cannot be the name of a model: letters, digits, spaces, - and _ can.");
		final boolean zip = model.toString().endsWith(ZIP);
		final Path target = free(zip && !wanted.endsWith(ZIP) ? wanted + ZIP : wanted);
		final SwinModel read = SwinModel.read(model);
		Files.move(model, target);
		new SwinModel(read.card().withName(wanted.endsWith(ZIP) ? wanted.substring(0, wanted.length()
			- ZIP.length()) : wanted), read.weights()).write(target);
		return target;
	}

	private Path free(final String name) throws ModelFormatException {
		final Path target = folder.resolve(name);
		if (Files.exists(target)) throw new ModelFormatException("There is a model \"" + name
			+ "\" in \"" + folder + "\" already: rename one of them.");
		return target;
	}

	/**
	 * Deletes a model of this library with the files that belong to it.
	 *
	 * @throws ModelFormatException if it is no model or lies elsewhere
	 */
	public void delete(final Path model) throws IOException {
		final Path path = model.toAbsolutePath().normalize();
		if (!path.getParent().equals(folder.toAbsolutePath().normalize())) throw new ModelFormatException(
			"Model \"" + model + "\" is not in \"" + folder + "\" and was not deleted.");
		SwinModel.readCard(path);
		final List<Path> all;
		try (Stream<Path> files = Files.walk(path)) {
			all = files.sorted(Comparator.reverseOrder()).toList();
		}
		for (final Path file : all)
			Files.delete(file);
	}
}
