package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.swinj.data.FormatException;
import org.swinj.data.VolumeFormat;
import org.swinj.progress.Progress;

/** A predicted label file and its reference. */
record LabelFiles(String name, Path prediction, Path reference) {

	/**
	 * Pairs two files, or the files of two folders that have the same name up to the extension. Files
	 * without a partner are left out with a warning.
	 *
	 * @throws FormatException if there is no pair, or a name stands for several files
	 */
	static List<LabelFiles> find(final Path predictions, final Path references,
		final Progress progress) throws IOException
	{
		if (!Files.isDirectory(predictions) && !Files.isDirectory(references)) {
			present(predictions, "prediction");
			present(references, "reference");
			return List.of(new LabelFiles(VolumeFormat.baseName(references), predictions, references));
		}
		final Map<String, Path> predicted = byName(predictions, "prediction");
		final Map<String, Path> referred = byName(references, "reference");
		final List<LabelFiles> pairs = new ArrayList<>();
		predicted.forEach((name, file) -> {
			if (referred.containsKey(name)) pairs.add(new LabelFiles(name, file, referred.get(name)));
		});
		if (pairs.isEmpty()) throw new FormatException("No prediction in \"" + predictions +
			"\" has the name of a reference in \"" + references + "\": found " + counted(predicted,
				"prediction") + " and " + counted(referred, "reference") + ".");
		final List<String> matched = pairs.stream().map(LabelFiles::name).toList();
		warn(predicted, matched, "prediction", "reference", progress);
		warn(referred, matched, "reference", "prediction", progress);
		return pairs;
	}

	private static Map<String, Path> byName(final Path source, final String role)
		throws IOException
	{
		present(source, role);
		final Map<String, Path> byName = new TreeMap<>();
		for (final Path file : volumes(source)) {
			final Path other = byName.put(VolumeFormat.baseName(file), file);
			if (other != null) throw new FormatException("Two files are the " + role + " of one case: \"" +
				other.getFileName() + "\" and \"" + file.getFileName() + "\" in \"" + source + "\".");
		}
		return byName;
	}

	private static List<Path> volumes(final Path source) throws IOException {
		return Files.isDirectory(source) ? VolumeFormat.volumes(source) : List.of(source);
	}

	private static void present(final Path path, final String role) throws FormatException {
		if (!Files.exists(path)) throw new FormatException("There is no " + role + " at \"" + path +
			"\".");
	}

	private static void warn(final Map<String, Path> files, final List<String> matched,
		final String role, final String partner, final Progress progress)
	{
		final Map<String, Path> alone = new TreeMap<>(files);
		alone.keySet().removeAll(matched);
		if (alone.size() == 1) progress.warn("The " + role + " \"" + alone.values().iterator().next()
			.getFileName() + "\" has no " + partner + " and is left out.");
		if (alone.size() > 1) progress.warn(counted(alone, role) + " have no " + partner +
			" and are left out.");
	}

	private static String counted(final Map<String, Path> files, final String role) {
		if (files.isEmpty()) return "no " + role;
		return files.size() + " " + role + (files.size() > 1 ? "s" : "") + " such as \"" + files.values()
			.iterator().next().getFileName() + "\"";
	}
}
