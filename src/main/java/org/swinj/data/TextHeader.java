package org.swinj.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Lines such as {@code key: value} at the beginning of a file, with the numbers in them. Keys are
 * compared in lower case. Comments and private pairs ({@code key:=value}) are left out.
 */
final class TextHeader {

	private static final int LONGEST = 1 << 20;

	private final String file;
	private final Map<String, String> fields = new LinkedHashMap<>();
	private String firstLine = "";
	private long length;

	private TextHeader(final String file) {
		this.file = file;
	}

	/**
	 * Reads lines up to an empty one, or one with the last key, or the end of the file.
	 *
	 * @param separator between key and value
	 * @param lastKey in lower case, after whose line the header ends; {@code null} for none
	 * @throws FormatException if there is no end within a megabyte
	 */
	static TextHeader read(final Path path, final String separator, final String lastKey)
		throws IOException
	{
		final TextHeader header = new TextHeader(path.getFileName().toString());
		try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 14)) {
			for (String line = header.line(in); line != null; line = header.line(in)) {
				if (header.firstLine.isEmpty()) header.firstLine = line;
				if (line.isBlank() && lastKey == null) break;
				final int at = line.indexOf(separator);
				if (at < 0 || line.startsWith("#") || line.startsWith(":=", at)) continue;
				final String key = line.substring(0, at).trim().toLowerCase(Locale.ROOT);
				header.fields.put(key, line.substring(at + separator.length()).trim());
				if (key.equals(lastKey)) break;
			}
		}
		return header;
	}

	/** The next line without its end, {@code null} at the end of the file. */
	private String line(final InputStream in) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int next = in.read();
		if (next < 0) return null;
		for (; next >= 0; next = in.read()) {
			if (++length > LONGEST) throw new FormatException("File \"" + file +
				"\" has no end of its header in the first megabyte.");
			if (next == '\n') break;
			if (next != '\r') bytes.write(next);
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	/** Name of the file for messages. */
	String file() {
		return file;
	}

	String firstLine() {
		return firstLine;
	}

	/** Bytes up to the end of the last line. */
	long length() {
		return length;
	}

	boolean has(final String key) {
		return fields.containsKey(key);
	}

	/** The text of the first of these keys that is there, or the other text. */
	String text(final String otherwise, final String... keys) {
		for (final String key : keys)
			if (has(key)) return fields.get(key);
		return otherwise;
	}

	/** @throws FormatException if the key is missing */
	String required(final String key) throws FormatException {
		if (!has(key)) throw new FormatException("File \"" + file + "\" lacks the entry \"" + key +
			"\" of its header.");
		return fields.get(key);
	}

	/** @throws FormatException if this is no whole number */
	long whole(final String key, final long otherwise) throws FormatException {
		return has(key) ? whole(fields.get(key), key) : otherwise;
	}

	/** @throws FormatException if the key is missing or these are no whole numbers */
	long[] wholes(final String key) throws FormatException {
		final String[] words = required(key).split("\\s+");
		final long[] numbers = new long[words.length];
		for (int i = 0; i < words.length; i++)
			numbers[i] = whole(words[i], key);
		return numbers;
	}

	/** @throws FormatException if these are no numbers */
	double[] numbers(final String text, final String key) throws FormatException {
		final String[] words = text.trim().split("[\\s,()]+");
		if (words.length == 0) throw wrong(key, text); // only separators
		final int skip = words[0].isEmpty() ? 1 : 0;
		final double[] numbers = new double[words.length - skip];
		for (int i = 0; i < numbers.length; i++)
			try {
				numbers[i] = words[i + skip].equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(words[i +
					skip]);
			}
			catch (final NumberFormatException e) {
				throw wrong(key, text);
			}
		return numbers;
	}

	private long whole(final String word, final String key) throws FormatException {
		if (!word.matches("[-+]?\\d{1,18}")) throw wrong(key, word);
		return Long.parseLong(word);
	}

	/** @return the refusal of a value */
	FormatException wrong(final String key, final String value) {
		return new FormatException("File \"" + file + "\" has the entry \"" + key +
			"\" with the value \"" + value + "\", which makes no sense there.");
	}
}
