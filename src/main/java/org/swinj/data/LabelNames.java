package org.swinj.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of label values in a text file beside the labels, as atlases (AAL, FreeSurfer) and ITK-SNAP
 * have it: a line for each value, beginning with it.
 */
final class LabelNames {

	private static final Pattern QUOTED = Pattern.compile("(?s)\\s*(\\d{1,9})\\s.*\"([^\"]+)\"\\s*");
	private static final Pattern PLAIN = Pattern.compile(
		"(?s)\\s*(\\d{1,9})[\\s,;]+([^\\s,;\\d][^\\s,;]*).*");
	private static final long MOST_BYTES = 1_000_000;

	private LabelNames() {}

	/** Names by value; empty if there is no such file. For {@code a.nii.gz} it is a.nii.txt or a.txt. */
	static Map<Integer, String> beside(final Path labels) throws IOException {
		final Map<Integer, String> names = new HashMap<>();
		final String file = labels.getFileName().toString();
		for (String name = file; name.contains(".");) {
			name = name.substring(0, name.lastIndexOf('.'));
			final Path table = labels.resolveSibling(name + ".txt");
			if (!Files.isRegularFile(table) || Files.size(table) > MOST_BYTES) continue;
			for (final String line : new String(Files.readAllBytes(table), StandardCharsets.UTF_8).lines()
				.toList())
				add(line, names);
			return names;
		}
		return names;
	}

	private static void add(final String line, final Map<Integer, String> names) {
		for (final Pattern pattern : new Pattern[] { QUOTED, PLAIN }) {
			final Matcher matcher = pattern.matcher(line);
			if (!matcher.matches()) continue;
			names.putIfAbsent(Integer.parseInt(matcher.group(1)), matcher.group(2));
			return;
		}
	}
}
