package org.swinj.backend;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PyTorch for CUDA that can be installed.
 *
 * @param version of PyTorch
 * @param flavor the CUDA it was built for, cu128
 * @param library folder of libtorch among the parts, empty for the top
 * @param parts the files it consists of
 */
record EngineSource(String version, String flavor, String library, List<Part> parts) {

	/**
	 * One file.
	 *
	 * @param path where it goes in the engine's folder
	 * @param zipped whether it must be unpacked with gzip
	 * @param sha256 what it must be as it is stored at its source, {@code null} if nobody tells
	 */
	record Part(String path, URI from, boolean zipped, String sha256) {}

	private static final String TORCH = System.mapLibraryName("torch");
	private static final String SUMS = "SHA256SUMS";
	private static final Pattern SUM = Pattern.compile("([0-9a-fA-F]{64})\\s+\\*?(.+)");
	private static final Pattern IN_NAME = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:-\\d+)?-(cu\\d{3})\\b");
	private static final Pattern IN_PYTHON = Pattern.compile(
		"__version__ = '(\\d+\\.\\d+\\.\\d+)\\+(cu\\d{3})'");

	/**
	 * A folder that somebody brought: the site-packages of a Python with torch, its torch/lib, or a
	 * folder as DJL keeps it, named like 2.7.1-cu128-linux-x86_64, with its files as they are or as
	 * .gz. A file SHA256SUMS in it is obeyed.
	 *
	 * @throws IOException if there is no PyTorch for CUDA
	 */
	static EngineSource folder(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) throw new IOException("There is no folder \"" + folder + "\".");
		final Path lib = Stream.of(folder, folder.resolve("torch/lib"), folder.resolve("lib")).filter(
			place -> Files.exists(place.resolve(TORCH)) || Files.exists(place.resolve(TORCH + ".gz")))
			.findFirst().orElseThrow(() -> new IOException("Folder \"" + folder + "\" has no " + TORCH
				+ ": choose the lib folder of a PyTorch for CUDA.")).toRealPath();
		final boolean python = lib.endsWith(Path.of("torch", "lib"));
		final Path top = python ? lib.getParent().getParent() : lib;
		final Matcher name = python ? matcher(IN_PYTHON, top.resolve("torch/version.py")) : IN_NAME.matcher(
			lib.getFileName().toString().equals("lib") ? lib.getParent().getFileName().toString() : lib
				.getFileName().toString());
		if (!name.find()) throw new IOException("Folder \"" + folder + "\" does not tell which PyTorch it is: "
			+ "name it as " + Engines.VERSION + "-cu128-linux-x86_64.");
		final List<Path> files = new ArrayList<>(files(lib));
		if (python && Files.isDirectory(top.resolve("nvidia"))) files.addAll(files(top.resolve("nvidia")));
		final Map<String, String> sums = sums(lib);
		final List<Part> parts = new ArrayList<>();
		for (final Path file : files) {
			final String path = top.relativize(file).toString().replace('\\', '/');
			final boolean zipped = path.endsWith(".gz");
			final String sum = sums.get(lib.relativize(file).toString().replace('\\', '/'));
			if (!sums.isEmpty() && sum == null) throw new IOException("File \"" + lib.resolve(SUMS)
				+ "\" has no checksum of " + path + ".");
			parts.add(new Part(zipped ? path.substring(0, path.length() - 3) : path, file.toUri(), zipped, sum));
		}
		return new EngineSource(name.group(1), name.group(2), python ? "torch/lib" : "", parts);
	}

	/**
	 * The files on a server, listed in its files.txt as cu128/linux-x86_64/native/lib/libtorch.so.gz.
	 *
	 * @param server address without a slash in the end
	 * @throws IOException if it cannot be reached or has nothing for this platform
	 */
	static EngineSource server(final String server, final String version, final String flavor,
		final String classifier) throws IOException
	{
		final String start = flavor + '/' + classifier + '/';
		final List<Part> parts = new ArrayList<>();
		try (InputStream in = URI.create(server + "/files.txt").toURL().openStream()) {
			for (final String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\R")) {
				if (!line.startsWith(start) || !line.endsWith(".gz")) continue;
				final String name = URLDecoder.decode(line.substring(line.lastIndexOf('/') + 1, line.length()
					- 3), StandardCharsets.UTF_8);
				if (name.contains("/") || name.contains("\\") || name.startsWith(".")) throw new IOException(
					"The list of " + server + " has the strange name " + name + ".");
				parts.add(new Part(name, URI.create(server + '/' + line), true, null));
			}
		}
		catch (final UnknownHostException e) {
			throw new IOException("The server of " + server + " cannot be reached: install from a folder.", e);
		}
		if (parts.isEmpty()) throw new IOException("There is no PyTorch " + version + " for " + flavor
			+ " and " + classifier + " at " + server + ".");
		return new EngineSource(version, flavor, "", parts);
	}

	private static Matcher matcher(final Pattern pattern, final Path file) throws IOException {
		return pattern.matcher(Files.exists(file) ? Files.readString(file) : "");
	}

	/** Libraries below a folder, in a fixed order. */
	private static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			return all.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().matches(
				".+\\.(so(\\.\\d+)*|dll|dylib)(\\.gz)?")).sorted().toList();
		}
	}

	private static Map<String, String> sums(final Path folder) throws IOException {
		final Map<String, String> sums = new HashMap<>();
		final Path file = folder.resolve(SUMS);
		if (Files.exists(file)) Arrays.stream(Files.readString(file).split("\\R")).map(SUM::matcher).filter(
			Matcher::matches).forEach(line -> sums.put(line.group(2), line.group(1).toLowerCase(
				Locale.ROOT)));
		return sums;
	}
}
