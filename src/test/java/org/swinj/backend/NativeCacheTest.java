package org.swinj.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged native libraries are found before they are loaded. */
class NativeCacheTest {

	private static final List<String> NAMES = List.of("libc10.so", "libtorch.so", "0.36.0-libdjl_torch.so");

	@TempDir
	private Path folder;
	private Path cache;
	private NativeCache natives;

	@BeforeEach
	void unpack() throws IOException {
		final Path jar = folder.resolve("natives.jar");
		cache = Files.createDirectory(folder.resolve("cache"));
		final Map<String, URL> sources = new LinkedHashMap<>();
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
			for (final String name : NAMES) {
				zip.putNextEntry(new ZipEntry("lib/" + name));
				zip.write(content(name));
				zip.closeEntry();
				Files.write(cache.resolve(name), content(name));
				sources.put(name, URI.create("jar:" + jar.toUri() + "!/lib/" + name).toURL());
			}
		}
		natives = new NativeCache(cache, sources);
	}

	private static byte[] content(final String name) {
		return ("content of " + name).repeat(1000).getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void wholeLibrariesStay() throws IOException {
		assertEquals(List.of(), natives.repair());
		assertEquals(List.of(), natives.repair()); // the second time by their stamp
		assertTrue(Files.exists(cache.resolve("libtorch.so")));
		Files.delete(cache.resolve("0.36.0-libdjl_torch.so")); // DJL adds it when it first starts
		assertEquals(List.of(), natives.repair());
		assertTrue(Files.exists(cache.resolve("libtorch.so")));
	}

	@Test
	void truncatedChangedAndMissingLibrariesAreFoundAndAllRemoved() throws IOException {
		natives.repair();
		final byte[] bytes = content("libc10.so");
		bytes[7777] ^= 4;
		Files.write(cache.resolve("libc10.so"), bytes);
		Files.setLastModifiedTime(cache.resolve("libc10.so"), FileTime.fromMillis(
			System.currentTimeMillis() + 5000));
		Files.write(cache.resolve("0.36.0-libdjl_torch.so"), new byte[10]);
		assertEquals(List.of("libc10.so has another checksum",
			"0.36.0-libdjl_torch.so has 10 bytes instead of 33000"), natives.repair());
		for (final String name : NAMES)
			assertFalse(Files.exists(cache.resolve(name)));
		assertEquals(List.of(), natives.repair());
	}

	@Test
	void interruptedUnpackingIsFound() throws IOException {
		Files.delete(cache.resolve("libc10.so"));
		assertEquals(List.of("libc10.so is missing"), natives.repair());
		assertFalse(Files.exists(cache.resolve("libtorch.so")));
	}

	/** With the real libraries, in processes of their own: one that loaded them would crash. */
	@Test
	void engineStartsFromACorruptCache() throws IOException, InterruptedException {
		final String first = start();
		assertTrue(first.contains("a product of 512 × 512 matrices is right"), first);
		final Path libraries;
		try (var found = Files.list(folder.resolve("djl/pytorch"))) {
			libraries = found.findFirst().orElseThrow();
		}
		for (final String name : List.of("torch_cpu", "c10"))
			Files.write(libraries.resolve(System.mapLibraryName(name)), new byte[100]);
		final String second = start();
		assertTrue(second.contains(System.mapLibraryName("c10") + " has 100 bytes instead of"), second);
		assertTrue(second.contains("a product of 512 × 512 matrices is right"), second);
		assertTrue(second.contains("as in their jars"), second);
	}

	private String start() throws IOException, InterruptedException {
		final Path log = folder.resolve("log.txt");
		final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin",
			"java").toString(), "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-cp", System.getProperty(
				"java.class.path"), "org.swinj.cli.Main", "options", "device=cpu", "check=true").redirectOutput(
					ProcessBuilder.Redirect.DISCARD).redirectError(log.toFile());
		builder.environment().put("DJL_CACHE_DIR", folder.resolve("djl").toString());
		builder.environment().put("SWINJ_ENGINES", folder.resolve("engines").toString());
		final Process process = builder.start();
		assertTrue(process.waitFor(5, TimeUnit.MINUTES));
		final String text = Files.readString(log);
		assertEquals(0, process.exitValue(), text);
		return text;
	}
}
