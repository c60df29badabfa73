package org.swinj.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar file.
 *
 * @param artifact its name without version and ending, by which ImageJ's updater knows it
 * @param classes checksum of the content of each class, by path; without those of later Java versions
 */
public record Library(Path file, String artifact, Map<String, Long> classes, boolean isLogger) {

	private static final Pattern VERSIONED = Pattern.compile("(.+?)(-\\d[^/]*)?\\.jar");
	private static final List<String> LOGGERS = List.of(
		"META-INF/services/org.slf4j.spi.SLF4JServiceProvider", "org/slf4j/impl/StaticLoggerBinder.class");

	public static Library read(final Path file) throws IOException {
		final Map<String, Long> classes = new TreeMap<>();
		final Matcher name = VERSIONED.matcher(file.getFileName().toString());
		if (!name.matches()) throw new IOException("\"" + file + "\" is not named as a jar.");
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry entry : Collections.list(zip.entries())) {
				final String path = entry.getName();
				if (path.endsWith(".class") && !path.startsWith("META-INF/") && !path.endsWith(
					"module-info.class")) classes.put(path, entry.getCrc());
			}
			return new Library(file, name.group(1), classes, LOGGERS.stream().anyMatch(
				path -> zip.getEntry(path) != null));
		}
	}

	/** All jars in a folder and the folders in it. */
	public static List<Library> readAll(final Path folder) throws IOException {
		final List<Path> files;
		try (Stream<Path> all = Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
			files = all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
		}
		final List<Library> libraries = new ArrayList<>();
		for (final Path file : files)
			libraries.add(read(file));
		return libraries;
	}

	/** Whether this is a version, perhaps the same, of another library. */
	boolean isVersionOf(final Library other) {
		return artifact.equals(other.artifact) && (classes.isEmpty() && other.classes.isEmpty() || classes
			.keySet().stream().anyMatch(other.classes::containsKey));
	}

	@Override
	public String toString() {
		return file.getFileName().toString();
	}
}
