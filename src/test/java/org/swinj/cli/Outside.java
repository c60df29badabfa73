package org.swinj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The launcher in a process of its own, started by a shell. */
record Outside(int code, String out, String err) {

	/**
	 * Runs a command to its end.
	 *
	 * @param folder for what it prints
	 * @param before shell commands, the last one without its end, which is the call of Java
	 * @param options of Java
	 */
	static Outside run(final Path folder, final String before, final List<String> options,
		final String... arguments) throws IOException, InterruptedException
	{
		final List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin",
			"java").toString(), "-Xmx1g", "-XX:-UsePerfData", "--add-opens=java.base/java.lang=ALL-UNNAMED"));
		words.addAll(options);
		words.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.swinj.cli.Main"));
		words.addAll(List.of(arguments));
		final Process process = new ProcessBuilder("/bin/bash", "-c", before + words.stream().map(
			word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" ")))
			.redirectError(folder.resolve("err").toFile()).start();
		final String out = new String(process.getInputStream().readAllBytes());
		return new Outside(process.waitFor(), out, Files.readString(folder.resolve("err")));
	}
}
