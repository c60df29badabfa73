package org.swinj.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The instructions that a processor has, by the names Linux gives them.
 *
 * @param names empty where they are not known
 */
record ProcessorFlags(Set<String> names) {

	private static final Path LINUX = Path.of("/proc/cpuinfo");

	/** Those of this machine; nothing is known outside Linux. */
	static ProcessorFlags ofThisMachine() {
		return of(LINUX);
	}

	/** @param cpuinfo file whose lines "flags : …" list them; need not exist */
	static ProcessorFlags of(final Path cpuinfo) {
		try {
			final List<String> lines = Files.readAllLines(cpuinfo, StandardCharsets.ISO_8859_1);
			return new ProcessorFlags(lines.stream().filter(line -> line.startsWith("flags")).findFirst().map(
				line -> distinct(line.substring(line.indexOf(':') + 1))).orElse(Set.of()));
		}
		catch (final IOException e) {
			return new ProcessorFlags(Set.of());
		}
	}

	private static Set<String> distinct(final String words) {
		return new HashSet<>(Arrays.asList(words.trim().split("\\s+")));
	}

	/** Whether matrix units multiply bfloat16. */
	boolean hasTiles() {
		return names.contains("amx_bf16");
	}
}
