package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.progress.RecordingProgress;

class MetaImageReaderTest {

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();

	private Volume read(final Path file) throws IOException {
		return new MetaImageReader(progress).read(file);
	}

	private String refusal(final Path file) {
		return assertThrows(FormatException.class, () -> read(file)).getMessage();
	}

	private Path write(final String name, final byte[] voxels, final String... lines)
		throws IOException
	{
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(("ObjectType = Image\n" + String.join("\r\n", lines) + "\n").getBytes(
			StandardCharsets.UTF_8));
		bytes.write(voxels);
		return Files.write(folder.resolve(name), bytes.toByteArray());
	}

	private static byte[] zip(final byte[] bytes) throws IOException {
		final ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
			out.write(bytes);
		}
		return packed.toByteArray();
	}

	/** Name of the type, bytes and values at its limits. */
	static Stream<Arguments> types() {
		final List<Arguments> all = new ArrayList<>();
		for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
			all.add(Arguments.of(order, "MET_UCHAR", 1, new double[] { 0, 127, 128, 255 }));
			all.add(Arguments.of(order, "MET_CHAR", 1, new double[] { -128, -1, 0, 127 }));
			all.add(Arguments.of(order, "MET_SHORT", 2, new double[] { -32768, -1, 258, 32767 }));
			all.add(Arguments.of(order, "MET_USHORT", 2, new double[] { 0, 258, 32768, 65535 }));
			all.add(Arguments.of(order, "MET_INT", 4, new double[] { -2147483648, -1, 66051, 9 }));
			all.add(Arguments.of(order, "MET_ULONG", 4, new double[] { 0, 66051, 2147483648.0, 1 }));
			all.add(Arguments.of(order, "MET_LONG_LONG", 8, new double[] { -4294967296.0, -1, 1L << 40,
				5 }));
			all.add(Arguments.of(order, "MET_ULONG_LONG", 8, new double[] { 0, 1L << 40, 77, 5 }));
			all.add(Arguments.of(order, "MET_FLOAT", -4, new double[] { -1.5, 0.1f, 1e30f, 3 }));
			all.add(Arguments.of(order, "MET_DOUBLE", -8, new double[] { -1.5, 0.1, 1e30, 3 }));
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
		for (final boolean packed : new boolean[] { false, true }) {
			final Path file = write("a.mha", packed ? zip(raw) : raw, "NDims = 3", "DimSize = 2 1 2",
				"BinaryData = True", "BinaryDataByteOrderMSB = " + (order == ByteOrder.BIG_ENDIAN ? "True"
					: "False"), "CompressedData = " + packed, "ElementType = " + type,
				"ElementDataFile = LOCAL");
			assertArrayEquals(expected, TestVolumes.voxels(read(file)));
		}
	}

	private Geometry geometry(final String... lines) throws IOException {
		final List<String> all = new ArrayList<>(List.of("NDims = 3", "DimSize = 1 2 2",
			"ElementType = MET_UCHAR"));
		all.addAll(List.of(lines));
		all.add("ElementDataFile = LOCAL");
		return read(write("g.mha", new byte[4], all.toArray(new String[0]))).geometry();
	}

	@Test
	void worldIsTurnedFromLpsToRas() throws IOException {
		final Geometry geometry = geometry("TransformMatrix = 0 1 0 0 0 -1 1 0 0", "Offset = 10 20 30",
			"ElementSpacing = 2 3 0.5");
		TestVolumes.assertSameAffine(new double[][] { { 0, 0, -0.5, -10 }, { -2, 0, 0, -20 }, { 0, -3, 0,
			30 }, { 0, 0, 0, 1 } }, geometry.affine(), 1e-12);
		assertArrayEquals(new double[] { 2, 3, 0.5 }, geometry.spacing(), 1e-12);
	}

	@Test
	void lengthsAreKnownWithoutTheBody() throws IOException {
		final Geometry spaced = geometry("ElementSize = 0.5 0.25 2", "DistanceUnits = um");
		assertFalse(spaced.isOriented());
		assertEquals("µm", spaced.unit());
		assertArrayEquals(new double[] { 0.5, 0.25, 2 }, spaced.spacing());
		assertTrue(progress.warnings.isEmpty());
		assertArrayEquals(new double[] { 1, 1, 3 }, geometry("ElementSpacing = 0 nan 3").spacing());
		assertFalse(geometry("TransformMatrix = 1 0 0 2 0 0 0 0 1").isOriented());
		assertTrue(progress.warnings.get(progress.warnings.size() - 1).contains("do not span space"));
	}

	@Test
	void fourthAxisAndElementsAreChannels() throws IOException {
		final byte[] bytes = { 1, 2, 3, 4, 5, 6, 7, 8 };
		final String[] unit = { "TransformMatrix = 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1", "Offset = 1 2 3 4",
			"ElementSpacing = 1 1 5 9" };
		final Volume fourth = read(write("f.mha", bytes, "NDims = 4", "DimSize = 2 2 1 2",
			"ElementType = MET_UCHAR", unit[0], unit[1], unit[2], "ElementDataFile = LOCAL"));
		assertArrayEquals(new long[] { 2, 2, 1, 2 }, fourth.image().dimensionsAsLongArray());
		assertArrayEquals(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, TestVolumes.voxels(fourth));
		assertEquals(5, fourth.geometry().affine()[2][2]);
		assertEquals(-2, fourth.geometry().affine()[1][3]);
		final Volume elements = read(write("e.mha", bytes, "NDims = 2", "DimSize = 2 2",
			"ElementNumberOfChannels = 2", "ElementType = MET_UCHAR", "ElementDataFile = LOCAL"));
		assertArrayEquals(new float[] { 1, 3, 5, 7, 2, 4, 6, 8 }, TestVolumes.voxels(elements));
		assertTrue(refusal(write("b.mha", bytes, "NDims = 4", "DimSize = 2 1 1 2",
			"ElementNumberOfChannels = 2", "ElementType = MET_UCHAR", "ElementDataFile = LOCAL")).contains(
				"2 elements"));
	}

	@Test
	void voxelsMayBeInAnotherFile() throws IOException {
		final byte[] bytes = { 9, 9, 1, 2, 3 };
		Files.write(folder.resolve("voxels ü.raw"), bytes);
		for (final int skip : new int[] { 2, -1 })
			assertArrayEquals(new float[] { 1, 2, 3 }, TestVolumes.voxels(read(write("d.mhd", new byte[0],
				"NDims = 3", "DimSize = 3 1 1", "HeaderSize = " + skip, "ElementType = MET_UCHAR",
				"ElementDataFile = voxels ü.raw"))));
		assertTrue(refusal(write("d.mhd", new byte[0], "NDims = 3", "DimSize = 3 1 1",
			"ElementType = MET_UCHAR", "ElementDataFile = none.raw")).contains(
				"none.raw\", which is missing"));
		assertTrue(refusal(write("d.mhd", new byte[0], "NDims = 3", "DimSize = 3 1 1",
			"ElementType = MET_UCHAR", "ElementDataFile = LIST")).contains("several files"));
	}

	@Test
	void truncatedAndHostileFilesAreRefused() throws IOException {
		final String[] good = { "NDims = 3", "DimSize = 4 4 4", "ElementType = MET_SHORT",
			"CompressedData = False", "ElementDataFile = LOCAL" };
		assertTrue(refusal(write("a.mha", new byte[100], good)).contains("100 of 128 bytes"));
		good[3] = "CompressedData = True";
		assertTrue(refusal(write("a.mha", zip(new byte[100]), good)).contains("100 of 128 bytes"));
		assertTrue(refusal(write("a.mha", new byte[128], good)).contains("damaged"));
		good[1] = "DimSize = 40000 40000 40000";
		assertTrue(refusal(write("a.mha", zip(new byte[100]), good)).contains("cannot hold that"));
		good[1] = "DimSize = 99999999999 99999999999 99999999999";
		assertTrue(refusal(write("a.mha", zip(new byte[100]), good)).contains("more than any file"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "ElementType = MET_UCHAR_ARRAY|MET_UCHAR_ARRAY",
		"ElementSpacing = ()|ElementSpacing", "TransformMatrix = ,|TransformMatrix",
		"DimSize = 4 4|gives the sizes of 2", "DimSize = 4 0 4|size of 0 along axis 2",
		"DimSize = 4 x 4|dimsize", "NDims = 5|claims 5 axes", "BinaryData = False|as text",
		"HeaderSize = -2|HeaderSize", "ElementNumberOfChannels = 0|ElementNumberOfChannels",
		"TransformMatrix = 1 0|TransformMatrix", "ElementSpacing = a b c|ElementSpacing" })
	void wrongEntriesAreNamed(final String line, final String words) throws IOException {
		final String sentence = refusal(write("a.mha", new byte[128], "NDims = 3", "DimSize = 4 4 4",
			"ElementType = MET_SHORT", line, "ElementDataFile = LOCAL"));
		assertTrue(sentence.contains("a.mha") && sentence.contains(words), sentence);
	}

	@Test
	void otherFilesAreNoMetaImage() throws IOException {
		assertTrue(refusal(Files.write(folder.resolve("a.mha"), new byte[300])).contains(
			"not a MetaImage"));
		assertTrue(refusal(Files.write(folder.resolve("b.mha"), new byte[2 << 20])).contains(
			"first megabyte"));
	}
}
