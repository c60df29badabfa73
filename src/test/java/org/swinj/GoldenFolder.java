package org.swinj;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The folder with golden files: system property {@code golden.dir}, or the committed ones. */
public final class GoldenFolder {

	private GoldenFolder() {}

	public static Path dir() {
		return Path.of(System.getProperty("golden.dir", "src/test/resources/golden"));
	}

	/** The folder's files that match a glob such as {@code *.safetensors}, sorted by name. */
	public static List<Path> files(final String glob) throws IOException {
		final List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir(), glob)) {
			stream.forEach(files::add);
		}
		files.sort(null);
		return files;
	}

	/** Unpacks {@code name.gz} to {@code folder/name}. */
	public static Path gunzip(final Path file, final Path folder) throws IOException {
		final Path target = folder.resolve(file.getFileName().toString().replaceFirst("\\.gz$", ""));
		try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
			Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
		}
		return target;
	}
}
