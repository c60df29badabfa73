package org.swinj.model;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file, checked: known types, sizes that fit, and tensors that
 * cover the data section without overlap or gap.
 *
 * @param entries tensors in the order of the header
 * @param metadata the strings under {@code __metadata__}
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {

	private static final String METADATA = "__metadata__";

	/** Where one tensor lies, in bytes from the start of the data section. */
	record Entry(String name, WeightType type, long[] shape, long begin, long end) {}

	/** The entries by position in the file. */
	List<Entry> inFileOrder() {
		final List<Entry> sorted = new ArrayList<>(entries);
		sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
		return sorted;
	}

	// ---- reading

	/**
	 * @param json the header's bytes
	 * @param dataBytes length of the data section
	 * @param file name for messages
	 */
	static SafetensorsHeader parse(final byte[] json, final long dataBytes, final String file)
		throws ModelFormatException
	{
		final Map<String, Entry> entries = new LinkedHashMap<>();
		final Map<String, String> metadata = new LinkedHashMap<>();
		try (JsonReader in = new JsonReader(new InputStreamReader(new ByteArrayInputStream(json),
			StandardCharsets.UTF_8)))
		{
			in.beginObject();
			while (in.hasNext()) {
				final String name = in.nextName();
				if (name.equals(METADATA)) readMetadata(in, metadata);
				else if (entries.put(name, readEntry(in, name, file)) != null)
					throw new ModelFormatException(quoted(file) + " names the tensor \"" + name
						+ "\" twice.");
			}
			in.endObject();
		}
		catch (final ModelFormatException e) {
			throw e;
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw new ModelFormatException(quoted(file)
				+ " is not a safetensors file: its header is not the expected JSON.", e);
		}
		final SafetensorsHeader header = new SafetensorsHeader(List.copyOf(entries.values()), metadata);
		header.checkCoverage(dataBytes, file);
		return header;
	}

	private static void readMetadata(final JsonReader in, final Map<String, String> metadata)
		throws IOException
	{
		in.beginObject();
		while (in.hasNext())
			metadata.put(in.nextName(), in.nextString());
		in.endObject();
	}

	private static Entry readEntry(final JsonReader in, final String name, final String file)
		throws IOException
	{
		String type = null;
		long[] shape = null;
		long[] offsets = null;
		in.beginObject();
		while (in.hasNext())
			switch (in.nextName()) {
				case "dtype" -> type = in.nextString();
				case "shape" -> shape = readLongs(in);
				case "data_offsets" -> offsets = readLongs(in);
				default -> in.skipValue();
			}
		in.endObject();
		final String tensor = "Tensor \"" + name + "\" of " + quoted(file);
		if (type == null || shape == null || offsets == null || offsets.length != 2)
			throw new ModelFormatException(tensor + " lacks its type, shape or offsets.");
		final WeightType known = WeightType.ofName(type);
		if (known == null) throw new ModelFormatException(tensor + " has the number format " + type
			+ ", which is not supported.");
		return sized(tensor, new Entry(name, known, shape, offsets[0], offsets[1]));
	}

	private static Entry sized(final String tensor, final Entry entry) throws ModelFormatException {
		long bytes;
		try {
			bytes = Math.multiplyExact(Weight.count(entry.shape), (long) entry.type.bytes());
		}
		catch (final ArithmeticException e) {
			bytes = -1;
		}
		if (bytes < 0 || bytes > Integer.MAX_VALUE - 8) throw new ModelFormatException(tensor
			+ " has the impossible size " + Weight.text(entry.shape) + ".");
		if (entry.begin < 0 || entry.end < entry.begin || entry.end - entry.begin != bytes)
			throw new ModelFormatException(tensor + " needs " + bytes + " bytes, but lies at bytes "
				+ entry.begin + " to " + entry.end + ".");
		return entry;
	}

	private static long[] readLongs(final JsonReader in) throws IOException {
		final List<Long> values = new ArrayList<>();
		in.beginArray();
		while (in.hasNext())
			values.add(in.nextLong());
		in.endArray();
		return values.stream().mapToLong(Long::longValue).toArray();
	}

	private void checkCoverage(final long dataBytes, final String file) throws ModelFormatException {
		long position = 0;
		for (final Entry entry : inFileOrder()) {
			if (entry.begin != position) throw new ModelFormatException("Tensor \"" + entry.name + "\" of "
				+ quoted(file) + " begins at byte " + entry.begin + " of the data instead of " + position
				+ ".");
			position = entry.end;
		}
		if (position > dataBytes) throw new ModelFormatException(quoted(file) + " is truncated: "
			+ dataBytes + " of " + position + " bytes of weights are there.");
		if (position < dataBytes) throw new ModelFormatException(quoted(file) + " has " + (dataBytes -
			position) + " bytes that belong to no tensor.");
	}

	private static String quoted(final String file) {
		return "Weights file \"" + file + "\"";
	}

	// ---- writing

	/**
	 * The header of these tensors laid out one after the other, padded to a multiple of 8 bytes. Metadata
	 * are in alphabetical order, so that equal content gives equal files.
	 */
	static byte[] of(final StateDict weights, final Map<String, String> metadata) throws IOException {
		final StringWriter text = new StringWriter();
		try (JsonWriter out = new JsonWriter(text)) {
			out.beginObject();
			if (!metadata.isEmpty()) {
				out.name(METADATA).beginObject();
				for (final Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet())
					out.name(entry.getKey()).value(entry.getValue());
				out.endObject();
			}
			long position = 0;
			for (final Map.Entry<String, Weight> entry : weights.asMap().entrySet()) {
				final Weight weight = entry.getValue();
				out.name(entry.getKey()).beginObject().name("dtype").value(weight.type().name());
				out.name("shape").beginArray();
				for (final long size : weight.shape())
					out.value(size);
				final long end = position + weight.data().remaining();
				out.endArray().name("data_offsets").beginArray().value(position).value(end).endArray();
				out.endObject();
				position = end;
			}
			out.endObject();
		}
		final byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
		final byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
		Arrays.fill(padded, json.length, padded.length, (byte) ' ');
		return padded;
	}
}
