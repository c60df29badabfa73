package org.swinj.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.data.AtomicFile;

/** What became of each volume of a folder, as a CSV file. */
final class BatchReport {

	private static final String FILE = "segmentation.csv";

	private final List<String> lines = new ArrayList<>(List.of("file,state,seconds,message"));

	void add(final String file, final String state, final double seconds, final String message) {
		lines.add(String.format(Locale.ROOT, "%s,%s,%.1f,%s", quoted(file), state, seconds, quoted(
			message)));
	}

	private static String quoted(final String text) {
		return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
	}

	/** Writes or replaces the file. */
	void write(final Path folder) throws IOException {
		AtomicFile.write(folder.resolve(FILE), out -> out.write((String.join("\n", lines) + "\n").getBytes(
			StandardCharsets.UTF_8)));
	}
}
