package org.swinj.backend;

import ai.djl.util.ClassLoaderUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * The native libraries that DJL unpacks from jars once and trusts from then on. Loading a damaged one
 * ends the process, so they are compared with their jars before.
 */
final class NativeCache {

	/** What was compared already: name, length and time of change of each library. */
	private static final String STAMP = "swinj-checked.txt";

	private final Path folder;
	private final Map<String, URL> libraries;

	/**
	 * @param folder where the libraries are, if they were unpacked
	 * @param libraries their names and the entries of jars they come from
	 */
	NativeCache(final Path folder, final Map<String, URL> libraries) {
		this.folder = folder;
		this.libraries = libraries;
	}

	/** Those of this platform, none if no jar on the class path has them. */
	static NativeCache find() throws IOException {
		final Platform platform = Platform.detectPlatform("pytorch");
		final Map<String, URL> libraries = new LinkedHashMap<>();
		final String place = platform.getFlavor() + '/' + platform.getClassifier() + '/';
		if (!platform.isPlaceholder()) for (final String name : platform.getLibraries())
			libraries.put(name, ClassLoaderUtils.getResource("pytorch/" + place + name));
		final String bridge = System.mapLibraryName("djl_torch");
		libraries.put(platform.getApiVersion() + '-' + bridge, ClassLoaderUtils.getResource("jnilib/" + place
			+ bridge));
		libraries.values().removeIf(source -> source == null || !source.getProtocol().equals("jar"));
		return new NativeCache(Utils.getEngineCacheDir("pytorch").resolve(platform.getVersion() + '-'
			+ platform.getFlavor() + '-' + platform.getClassifier()), libraries);
	}

	Path folder() {
		return folder;
	}

	/**
	 * Removes libraries that are not as in their jars, so that DJL unpacks them again.
	 *
	 * @return what was wrong, empty if nothing
	 * @throws IOException if a damaged library cannot be removed
	 */
	List<String> repair() throws IOException {
		if (!Files.isDirectory(folder) || libraries.isEmpty() || isStamped()) return List.of();
		final List<String> damage = damage();
		if (damage.isEmpty()) {
			if (isComplete()) Files.writeString(folder.resolve(STAMP), stamp());
			return damage;
		}
		// DJL takes a folder with libtorch for a complete one
		for (final String name : libraries.keySet())
			Files.deleteIfExists(folder.resolve(name));
		return damage;
	}

	/** Compares every byte; one sentence part for each library that is not as in its jar. */
	List<String> damage() throws IOException {
		final List<String> damage = new ArrayList<>();
		boolean some = false;
		for (final Map.Entry<String, URL> library : libraries.entrySet()) {
			final Path file = folder.resolve(library.getKey());
			final boolean bridge = library.getKey().contains("djl_torch"); // DJL adds it at first use
			some |= Files.exists(file);
			if (!Files.exists(file) && bridge) continue;
			final JarEntry entry = ((JarURLConnection) library.getValue().openConnection()).getJarEntry();
			if (!Files.exists(file)) damage.add(library.getKey() + " is missing");
			else if (Files.size(file) != entry.getSize()) damage.add(library.getKey() + " has " + Files.size(
				file) + " bytes instead of " + entry.getSize());
			else if (checksum(file) != entry.getCrc()) damage.add(library.getKey() + " has another checksum");
		}
		return some ? damage : List.of();
	}

	private boolean isComplete() {
		return libraries.keySet().stream().allMatch(name -> Files.exists(folder.resolve(name)));
	}

	private boolean isStamped() throws IOException {
		final Path file = folder.resolve(STAMP);
		return isComplete() && Files.exists(file) && stamp().equals(new String(Files.readAllBytes(file),
			StandardCharsets.UTF_8));
	}

	private String stamp() throws IOException {
		final StringBuilder text = new StringBuilder();
		for (final String name : libraries.keySet()) {
			final Path file = folder.resolve(name);
			text.append(name).append('\t').append(Files.size(file)).append('\t').append(Files
				.getLastModifiedTime(file).toMillis()).append('\n');
		}
		return text.toString();
	}

	private static long checksum(final Path file) throws IOException {
		final CRC32 sum = new CRC32();
		final byte[] buffer = new byte[1 << 20];
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer))
				sum.update(buffer, 0, n);
		}
		return sum.getValue();
	}
}
