package org.swinj.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an update site brings, on jars compiled here. */
class SiteJarsTest {

	private static final String OLD = "package lib; public class Base { public static int f; "
		+ "public int one(int x) { return x; } protected Base() {} }";
	private static final String NEW = "package lib; public class Base { public static int f; "
		+ "public int one(long x) { return 1; } public Base(int x) {} }";
	private static final String HEIR = "package lib; public class Heir extends java.util.ArrayList<String> {}";
	private static final String USER = "package ours; public class User extends lib.Base { "
		+ "int two() { return one(f) + new lib.Heir().size(); } }";

	@TempDir
	private Path folder;

	@Test
	void onlyJarsThatFijiLacksAreBroughtWhateverTheirVersion() throws IOException {
		final Library ours = jar("ours", "lib-2.0-beta-1.jar", NEW);
		final Library missing = jar("ours", "engine-0.1.jar", "package engine; class A {}");
		final Library present = jar("fiji", "lib-1.0.jar", OLD);
		final SiteJars jars = SiteJars.of(List.of(ours, missing), List.of(present));
		assertEquals(List.of(missing), jars.missing());
		assertEquals(present, jars.kept().get(ours));
		assertNull(jars.logger());
	}

	@Test
	void anotherLibraryOfTheSameNameIsRefused() throws IOException {
		final List<Library> ours = List.of(jar("ours", "api-0.1.jar", "package engine; class A {}"));
		final List<Library> fiji = List.of(jar("fiji", "api-3.jar", "package other; class B {}"));
		assertEquals("\"api-0.1.jar\" and Fiji's \"api-3.jar\" are different libraries, but ImageJ's "
			+ "updater takes them for one.", assertThrows(IOException.class, () -> SiteJars.of(ours, fiji))
				.getMessage());
	}

	@Test
	void aSecondLoggerIsNotBrought() throws IOException {
		final String service = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
		final Library ours = zip("ours", "simple-2.jar", service, new byte[1]);
		final Library theirs = zip("fiji", "logback-1.jar", service, new byte[1]);
		assertEquals(List.of(ours), SiteJars.of(List.of(ours), List.of()).missing());
		final SiteJars jars = SiteJars.of(List.of(ours), List.of(theirs));
		assertEquals(List.of(), jars.missing());
		assertEquals(theirs, jars.logger());
	}

	@Test
	void classesWithDifferentContentAreFoundAndEqualOnesAreNot() throws IOException {
		final Library ours = jar("ours", "bundle-1.jar", NEW, HEIR);
		final Library theirs = jar("fiji", "lib-1.jar", OLD, HEIR);
		assertEquals(List.of(
			"bundle-1.jar and lib-1.jar have 1 classes with different content, such as lib.Base."),
			ClassConflicts.find(List.of(ours), List.of(theirs)));
		assertEquals(List.of(), ClassConflicts.find(List.of(ours), List.of(jar("same", "lib-1.jar",
			NEW))));
	}

	@Test
	void methodsThatAnotherVersionLacksAreFound() throws IOException {
		final Library user = jar("ours", "user-1.jar", USER, OLD, HEIR);
		final Library alone = without(user, "lib/");
		assertEquals(Set.of(), new LinkCheck(List.of(jar("fiji", "lib-1.jar", OLD, HEIR))).missing(alone));
		assertEquals(Set.of("user-1.jar needs ours.User.one (I)I.",
			"user-1.jar needs lib.Base.<init> ()V."), new LinkCheck(List.of(jar("new", "lib-2.jar", NEW,
				HEIR))).missing(alone));
	}

	@Test
	void serverGivesFilesOfItsFolderOnly() throws IOException {
		final Path site = Files.createDirectories(folder.resolve("site"));
		Files.writeString(site.resolve("db.txt"), "content");
		Files.writeString(folder.resolve("secret.txt"), "x");
		try (SiteServer server = new SiteServer(site)) {
			assertTrue(server.address().startsWith("http://127.0.0.1:"));
			assertEquals("content", new String(URI.create(server.address() + "db.txt").toURL().openStream()
				.readAllBytes()));
			for (final String path : List.of("none.txt", "%2e%2e/secret.txt"))
				assertEquals(404, ((HttpURLConnection) URI.create(server.address() + path).toURL()
					.openConnection()).getResponseCode());
		}
	}

	private Library jar(final String place, final String name, final String... sources)
		throws IOException
	{
		final Path work = Files.createTempDirectory(folder, "src");
		int i = 0;
		for (final String source : sources) {
			final String type = source.replaceAll("(?s).*?class (\\w+).*", "$1");
			Files.writeString(Files.createDirectories(work.resolve(String.valueOf(i++))).resolve(type
				+ ".java"), source);
		}
		final List<String> files;
		try (Stream<Path> all = Files.walk(work)) {
			files = all.filter(Files::isRegularFile).map(Path::toString).toList();
		}
		final Path classes = Files.createDirectory(work.resolve("classes"));
		final String[] arguments = Stream.concat(Stream.of("-proc:none", "-d", classes.toString()), files.stream())
			.toArray(String[]::new);
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, new ByteArrayOutputStream(), null,
			arguments));
		final Path jar = Files.createDirectories(folder.resolve(place)).resolve(name);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar)); Stream<Path> all =
			Files.walk(classes))
		{
			for (final Path file : all.filter(Files::isRegularFile).toList())
				put(zip, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
		}
		return Library.read(jar);
	}

	private Library zip(final String place, final String name, final String entry, final byte[] bytes)
		throws IOException
	{
		final Path jar = Files.createDirectories(folder.resolve(place)).resolve(name);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
			put(zip, entry, bytes);
		}
		return Library.read(jar);
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] bytes)
		throws IOException
	{
		zip.putNextEntry(new ZipEntry(name));
		zip.write(bytes);
		zip.closeEntry();
	}

	private static Library without(final Library library, final String prefix) {
		final TreeMap<String, Long> classes = new TreeMap<>(library.classes());
		classes.keySet().removeIf(path -> path.startsWith(prefix));
		return new Library(library.file(), library.artifact(), classes, library.isLogger());
	}
}
