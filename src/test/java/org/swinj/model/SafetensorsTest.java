package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.GoldenFolder;
import org.swinj.data.AtomicFile;

class SafetensorsTest {

	@TempDir
	Path folder;

	@Test
	void roundTripKeepsEverything() throws IOException {
		final Random random = new Random(7);
		final StateDict weights = new StateDict();
		for (final WeightType type : WeightType.values()) {
			final byte[] data = new byte[6 * type.bytes()];
			random.nextBytes(data);
			weights.put("tensor \"" + type + "\" \u00e9", new Weight(type, new long[] { 2, 1, 3 },
				ByteBuffer.wrap(data)));
		}
		weights.put("empty", Weight.of(new float[0], 0, 4));
		weights.put("scalar", Weight.of(new float[] { 3 }));
		final Path file = folder.resolve("all.safetensors");
		Safetensors.write(file, weights, Map.of("format", "pt", "note", "\u00b5m"));

		assertSame(weights, Safetensors.read(file));
		assertEquals(Map.of("format", "pt", "note", "\u00b5m"), Safetensors.readMetadata(file));
	}

	/** Java's own maps have another order in each process. */
	@Test
	void equalContentGivesEqualFiles() throws IOException {
		final StateDict weights = new StateDict();
		weights.put("w", Weight.of(new float[] { 1, 2 }, 2));
		final Map<String, String> one = new LinkedHashMap<>(), other = new LinkedHashMap<>();
		for (final String key : List.of("format", "monai", "merging"))
			one.put(key, "of " + key);
		for (final String key : List.of("merging", "format", "monai"))
			other.put(key, "of " + key);
		Safetensors.write(folder.resolve("one.safetensors"), weights, one);
		Safetensors.write(folder.resolve("other.safetensors"), weights, other);
		assertEquals(-1, Files.mismatch(folder.resolve("one.safetensors"), folder.resolve(
			"other.safetensors")));
	}

	/** Reading and writing a golden file again loses nothing. */
	@ParameterizedTest
	@MethodSource("goldenFiles")
	void goldenFilesSurviveARoundTrip(final Path golden) throws IOException {
		final StateDict weights = Safetensors.read(golden);
		final Path copy = folder.resolve("copy.safetensors");
		Safetensors.write(copy, weights, Safetensors.readMetadata(golden));
		assertFalse(weights.names().isEmpty());
		assertSame(weights, Safetensors.read(copy));
	}

	static Stream<Path> goldenFiles() throws IOException {
		return GoldenFolder.files("*.safetensors").stream();
	}

	@Test
	void everyTruncationIsNoticed() throws IOException {
		final Path file = folder.resolve("whole.safetensors");
		final StateDict weights = new StateDict();
		weights.put("a", Weight.of(new float[] { 1, 2, 3 }, 3));
		weights.put("b", Weight.of(new float[] { 4 }, 1));
		Safetensors.write(file, weights, Map.of());
		final byte[] whole = Files.readAllBytes(file);
		final Path cut = folder.resolve("cut.safetensors");
		for (int length = 0; length < whole.length; length++) {
			Files.write(cut, Arrays.copyOf(whole, length));
			assertThrows(ModelFormatException.class, () -> Safetensors.read(cut), "length " + length);
		}
		Files.write(cut, Arrays.copyOf(whole, whole.length + 1));
		assertThrows(ModelFormatException.class, () -> Safetensors.read(cut));
	}

	/** Headers of a file with 16 bytes of data, and a word of the sentence that refuses each. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
		"{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,32]}} | needs 16 bytes", //
		"{'a':{'dtype':'F32','shape':[8],'data_offsets':[0,32]}} | truncated", //
		"{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | belong to no tensor", //
		"{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[3],'data_offsets':[4,16]}} | begins at", //
		"{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}} | twice", //
		"{'a':{'dtype':'F32','shape':[-1,-4],'data_offsets':[0,16]}} | impossible size", //
		"{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,16]}} | impossible size", //
		"{'a':{'dtype':'F32','shape':[4],'data_offsets':[-16,0]}} | lies at", //
		"{'a':{'dtype':'Q4','shape':[4],'data_offsets':[0,16]}} | number format Q4", //
		"{'a':{'dtype':'F32','shape':[4]}} | lacks", //
		"{'a':{'dtype':'F32','shape':[4.5],'data_offsets':[0,16]}} | JSON", //
		"{'a':7} | JSON", "[] | JSON", "{'a':{'dtype':'F32' | JSON" })
	void hostileHeadersAreRefused(final String header, final String word) throws IOException {
		final byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		final ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 16).order(
			ByteOrder.LITTLE_ENDIAN);
		bytes.putLong(json.length).put(json);
		final Path file = folder.resolve("hostile.safetensors");
		Files.write(file, bytes.array());
		final ModelFormatException refusal = assertThrows(ModelFormatException.class,
			() -> Safetensors.read(file));
		assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
		assertTrue(refusal.getMessage().contains("hostile.safetensors"), refusal.getMessage());
	}

	@ParameterizedTest
	@CsvSource({ "100000001", "-1", "9223372036854775807", "17" })
	void hostileHeaderLengthsAreRefused(final long length) throws IOException {
		final Path file = folder.resolve("hostile.safetensors");
		Files.write(file, ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(length)
			.array());
		assertThrows(ModelFormatException.class, () -> Safetensors.read(file));
	}

	@Test
	void aFailedWriteLeavesTheOldFile() throws IOException {
		final Path file = folder.resolve("kept.safetensors");
		Files.writeString(file, "old");
		final StateDict weights = new StateDict();
		weights.put("a", Weight.of(new float[1], 1));
		assertThrows(IOException.class, () -> AtomicFile.write(file, out -> {
			Safetensors.write(Channels.newChannel(out), weights, Map.of());
			throw new IOException("disk full");
		}));
		assertEquals("old", Files.readString(file));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(file), files.toList(), "no temporary file stays");
		}
	}

	private static void assertSame(final StateDict expected, final StateDict actual) {
		assertIterableEquals(expected.names(), actual.names());
		expected.asMap().forEach((name, weight) -> {
			assertEquals(weight.type(), actual.get(name).type(), name);
			assertArrayEquals(weight.shape(), actual.get(name).shape(), name);
			assertEquals(weight.data(), actual.get(name).data(), name);
		});
	}
}
