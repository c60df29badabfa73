package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.progress.RecordingProgress;

class NrrdReaderTest {

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();

	private Volume read(final Path file) throws IOException {
		return new NrrdReader(progress).read(file);
	}

	private String refusal(final Path file) {
		return assertThrows(FormatException.class, () -> read(file)).getMessage();
	}

	/** A file of these header lines, an empty line and the voxels. */
	private Path write(final String name, final byte[] voxels, final String... lines)
		throws IOException
	{
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(("NRRD0005\n# comment: of no meaning\n" + String.join("\n", lines) + "\n\n").getBytes(
			StandardCharsets.UTF_8));
		bytes.write(voxels);
		return Files.write(folder.resolve(name), bytes.toByteArray());
	}

	private static byte[] gzip(final byte[] bytes) throws IOException {
		final ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
			out.write(bytes);
		}
		return packed.toByteArray();
	}

	/** Name of the type, bytes and values at its limits. */
	static Stream<Arguments> types() {
		final List<Arguments> all = new ArrayList<>();
		for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
			all.add(Arguments.of(order, "unsigned char", 1, new double[] { 0, 127, 128, 255 }));
			all.add(Arguments.of(order, "int8", 1, new double[] { -128, -1, 0, 127 }));
			all.add(Arguments.of(order, "short", 2, new double[] { -32768, -1, 258, 32767 }));
			all.add(Arguments.of(order, "unsigned short int", 2, new double[] { 0, 258, 32768, 65535 }));
			all.add(Arguments.of(order, "int", 4, new double[] { -2147483648, -1, 66051, 9 }));
			all.add(Arguments.of(order, "uint32_t", 4, new double[] { 0, 66051, 2147483648.0, 1 }));
			all.add(Arguments.of(order, "long long", 8, new double[] { -4294967296.0, -1, 1L << 40, 5 }));
			all.add(Arguments.of(order, "ulonglong", 8, new double[] { 0, 1L << 40, 77, 5 }));
			all.add(Arguments.of(order, "float", -4, new double[] { -1.5, 0.1f, 1e30f, 3 }));
			all.add(Arguments.of(order, "double", -8, new double[] { -1.5, 0.1, 1e30, 3 }));
		}
		return all.stream();
	}

	@ParameterizedTest
	@MethodSource("types")
	void everyTypeIsRead(final ByteOrder order, final String type, final int bytes,
		final double[] values) throws IOException
	{
		final byte[] raw = RawBytes.of(order, bytes, values);
		final float[] expected = new float[4];
		for (int i = 0; i < 4; i++)
			expected[i] = (float) values[i];
		for (final String encoding : List.of("raw", "gzip")) {
			final Path file = write("a.nrrd", encoding.equals("raw") ? raw : gzip(raw), "type: " + type,
				"dimension: 3", "sizes: 2 1 2", "encoding: " + encoding, "endian: " + (order ==
					ByteOrder.BIG_ENDIAN ? "big" : "little"), "type:=a private pair");
			final Volume volume = read(file);
			assertArrayEquals(new long[] { 2, 1, 2, 1 }, volume.image().dimensionsAsLongArray());
			assertArrayEquals(expected, TestVolumes.voxels(volume));
		}
	}

	private Geometry geometry(final String... lines) throws IOException {
		final List<String> all = new ArrayList<>(List.of("type: uint8", "dimension: 3", "sizes: 1 2 2",
			"encoding: raw"));
		all.addAll(List.of(lines));
		return read(write("g.nrrd", new byte[4], all.toArray(new String[0]))).geometry();
	}

	@ParameterizedTest
	@CsvSource({ "RAS,1,1", "right-anterior-superior,1,1", "LAS,-1,1", "left-anterior-superior,-1,1",
		"LPS,-1,-1", "left-posterior-superior,-1,-1" })
	void spaceIsTurnedToRas(final String space, final int x, final int y) throws IOException {
		final Geometry geometry = geometry("space: " + space, "space origin: (10, 20,30)",
			"space directions: (0,0,-2) (3,0,0) (0, 0.5 ,0)");
		TestVolumes.assertSameAffine(new double[][] { { 0, x * 3, 0, x * 10 }, { 0, 0, y * 0.5, y * 20 },
			{ -2, 0, 0, 30 }, { 0, 0, 0, 1 } }, geometry.affine(), 1e-12);
		assertArrayEquals(new double[] { 2, 3, 0.5 }, geometry.spacing(), 1e-12);
		assertEquals("mm", geometry.unit());
	}

	@Test
	void lengthsAreKnownWithoutTheBody() throws IOException {
		final Geometry spaced = geometry("spacings: 0.5 -0.25 2", "units: \"um\" \"um\" \"um\"");
		assertFalse(spaced.isOriented());
		assertEquals("µm", spaced.unit());
		assertArrayEquals(new double[] { 0.5, 0.25, 2 }, spaced.spacing());
		final Geometry scanner = geometry("space: scanner-xyz",
			"space directions: (0,2,0) (1,0,0) (0,0,3)");
		assertFalse(scanner.isOriented());
		assertArrayEquals(new double[] { 2, 1, 3 }, scanner.spacing());
		assertEquals("pixel", geometry().unit());
		final Geometry micro = geometry("space: RAS", "space units: \"um\" \"um\" \"um\"",
			"space directions: (1,0,0) (0,1,0) (0,0,1)", "space origin: (5,0,0)");
		assertEquals(0.005, micro.affine()[0][3], 1e-12);
		assertArrayEquals(new double[] { 1e-3, 1e-3, 1e-3 }, micro.spacing(), 1e-12);
		assertTrue(progress.warnings.isEmpty());
		assertArrayEquals(new double[] { 1, 1, 3 }, geometry("spacings: nan 0 3").spacing());
		assertEquals(1, progress.warnings.size());
		assertFalse(geometry("space: RAS", "space directions: (1,0,0) (2,0,0) (0,0,1)").isOriented());
		assertTrue(progress.warnings.get(1).contains("do not span space"), progress.warnings.get(1));
	}

	@Test
	void channelsAreFirstOrLast() throws IOException {
		final byte[] bytes = { 1, 2, 3, 4, 5, 6, 7, 8 };
		final Volume last = read(write("l.nrrd", bytes, "type: uint8", "dimension: 4", "sizes: 2 2 1 2",
			"encoding: raw"));
		assertArrayEquals(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, TestVolumes.voxels(last));
		final Volume first = read(write("f.nrrd", bytes, "type: uint8", "dimension: 4", "sizes: 2 2 2 1",
			"kinds: list space space space", "encoding: raw", "space: LPS",
			"space directions: none (1,0,0) (0,1,0) (0,0,1)"));
		assertArrayEquals(new long[] { 2, 2, 1, 2 }, first.image().dimensionsAsLongArray());
		assertArrayEquals(new float[] { 1, 3, 5, 7, 2, 4, 6, 8 }, TestVolumes.voxels(first));
		assertTrue(first.geometry().isOriented());
		assertTrue(refusal(write("m.nrrd", bytes, "type: uint8", "dimension: 4", "sizes: 2 2 2 1",
			"kinds: domain list domain domain", "encoding: raw")).contains("axis 2"));
		assertTrue(refusal(write("t.nrrd", bytes, "type: uint8", "dimension: 5", "sizes: 2 1 1 2 2",
			"encoding: raw")).contains("axis 5"));
		assertTrue(refusal(write("c.nrrd", bytes, "type: uint8", "dimension: 4", "sizes: 3 1 1 1",
			"kinds: RGB-color domain domain domain", "encoding: raw")).contains("rgb-color"));
	}

	@Test
	void voxelsMayBeInAnotherFile() throws IOException {
		final byte[] bytes = { 9, '\n', '\n', 7, 1, 2, 3 };
		Files.write(folder.resolve("voxels ü.raw"), bytes);
		final String[] header = { "type: uint8", "dimension: 2", "sizes: 3 1", "encoding: raw" };
		final String[] skips = { "line skip: 2\nbyte skip: 1", "byte skip: 4", "byte skip: -1" };
		for (final String skip : skips)
			assertArrayEquals(new float[] { 1, 2, 3 }, TestVolumes.voxels(read(write("d.nhdr", new byte[0],
				header[0], header[1], header[2], header[3], skip, "data file: voxels ü.raw"))));
		final String missing = refusal(write("d.nhdr", new byte[0], header[0], header[1], header[2],
			header[3], "data file: none.raw"));
		assertTrue(missing.contains("none.raw") && missing.contains("missing"), missing);
		for (final String several : List.of("LIST", "slice%03d.raw 1 9 1"))
			assertTrue(refusal(write("d.nhdr", new byte[0], header[0], header[1], header[2], header[3],
				"datafile: " + several)).contains("several files"));
		assertTrue(refusal(write("d.nhdr", new byte[0], header[0], header[1], header[2], header[3],
			"data file: .")).contains("missing"));
	}

	@Test
	void truncatedAndHostileFilesAreRefused() throws IOException {
		final String[] good = { "type: short", "dimension: 3", "sizes: 4 4 4", "endian: little",
			"encoding: raw" };
		assertTrue(refusal(write("a.nrrd", new byte[100], good)).contains("100 of 128 bytes"));
		final byte[] packed = gzip(new byte[100]);
		good[4] = "encoding: gzip";
		assertTrue(refusal(write("a.nrrd", packed, good)).contains("100 of 128 bytes"));
		final byte[] broken = gzip(new byte[128]);
		broken[20] ^= 0x55;
		assertThrows(FormatException.class, () -> read(write("a.nrrd", broken, good)));
		assertThrows(FormatException.class, () -> read(write("a.nrrd", new byte[0], good)));
		good[2] = "sizes: 40000 40000 40000";
		assertTrue(refusal(write("a.nrrd", packed, good)).contains("cannot hold that"));
		good[2] = "sizes: 99999999999999 99999999999999 99999999999999";
		assertTrue(refusal(write("a.nrrd", packed, good)).contains("more than any file"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "type: block|block", "type: complex|complex",
		"sizes: 4 4|gives the sizes of 2", "sizes: 4 0 4|size of 0 along axis 2", "sizes: 4 x 4|sizes",
		"encoding: bzip2|bzip2", "encoding: text|text", "endian: middle|middle", "byte skip: -2|-2",
		"space directions: (1,0,0)|space directions", "space directions: (1,a,0) (1,0,0) (1,0,0)|(1,a,0)",
		"spacings: 1 1|spacings", "space origin: (1,0)|space origin",
		"space origin: (,)|space origin", "space directions: () () ()|space directions",
		"spacings: ,|spacings" })
	void wrongEntriesAreNamed(final String line, final String words) throws IOException {
		final String sentence = refusal(write("a.nrrd", new byte[128], "type: short", "dimension: 3",
			"sizes: 4 4 4", "endian: little", "encoding: raw", "space: RAS", line.startsWith("space origin")
				? "space directions: (1,0,0) (0,1,0) (0,0,1)" : "content: none", line));
		assertTrue(sentence.contains("a.nrrd") && sentence.contains(words), sentence);
	}

	@Test
	void unclosedVectorsTakeNoTime() throws IOException {
		final Path file = write("a.nrrd", new byte[128], "type: short", "dimension: 3", "sizes: 4 4 4",
			"endian: little", "encoding: raw", "space directions: " + "(".repeat(900_000));
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusal(file));
	}

	@Test
	void missingEntriesAreNamed() throws IOException {
		final String[] lines = { "type: short", "dimension: 3", "sizes: 4 4 4", "endian: little",
			"encoding: raw" };
		for (int i = 0; i < lines.length; i++) {
			final String[] fewer = lines.clone();
			fewer[i] = "content: nothing";
			final String key = lines[i].substring(0, lines[i].indexOf(':'));
			final String sentence = refusal(write("a.nrrd", new byte[128], fewer));
			assertTrue(sentence.contains("\"" + key + "\""), sentence);
		}
	}

	@Test
	void otherFilesAreNoNrrd() throws IOException {
		assertTrue(refusal(Files.write(folder.resolve("a.nrrd"), new byte[3])).contains("not a NRRD"));
		final byte[] endless = new byte[2 << 20];
		System.arraycopy("NRRD0005\n".getBytes(StandardCharsets.US_ASCII), 0, endless, 0, 9);
		assertTrue(refusal(Files.write(folder.resolve("b.nrrd"), endless)).contains("first megabyte"));
	}
}
