package org.swinj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * Durations, budgets and names never come from the clock on the wall, which may go backwards: only
 * the date in a model's history does.
 */
class ClockTest {

	private static final Pattern WALL = Pattern.compile(
		"currentTimeMillis|new Date\\(|\\.now\\(|getLastModifiedTime|lastModified\\(|Calendar\\.getInstance");
	private static final Pattern DATE = Pattern.compile("OffsetDateTime\\.now\\(\\)");

	@Test
	void nothingDependsOnTheClockOnTheWall() throws IOException {
		final TreeSet<String> users = new TreeSet<>();
		int files = 0;
		try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
			for (final Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
				files++;
				final String text = Files.readString(source);
				final String name = source.getFileName().toString();
				if (WALL.matcher(DATE.matcher(text).replaceAll("")).find()) users.add(name);
				if (DATE.matcher(text).find()) users.add("date of " + name);
			}
		}
		assertTrue(files > 100, files + " files");
		assertTrue(users.remove("NativeCache.java"), "which only asks whether a file is the one it checked");
		assertEquals(2, users.size(), users.toString());
		for (final String user : users)
			assertTrue(user.matches("date of (FineTune|Pretrain)\\w*\\.java"), users.toString());
	}
}
