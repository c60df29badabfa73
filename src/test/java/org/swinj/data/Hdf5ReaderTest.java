package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.CancelledException;
import org.swinj.progress.RecordingProgress;

/** Reads files that h5py wrote, of 5 × 7 × 9 voxels (Z, Y, X) numbered from 0, and small others. */
class Hdf5ReaderTest {

	private static final Path FOLDER = Path.of("src/test/resources/volumes");
	private static final String[] FILES = { "chunks.h5", "chunks_v110.h5" };

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();
	private final VolumeReader reader = new VolumeReader(progress);

	private String refusal(final Path path) {
		return assertThrows(FormatException.class, () -> reader.read(path)).getMessage();
	}

	private static void assertVoxels(final IntToDoubleFunction expected, final int from,
		final float[] voxels)
	{
		for (int i = 0; i < 315; i++)
			assertEquals(expected.applyAsDouble(i), voxels[from + i]);
	}

	@ParameterizedTest
	@ValueSource(strings = { "chunks.h5", "chunks_v110.h5" })
	void imageAndLabelsAreFoundByName(final String name) throws IOException {
		final Path file = FOLDER.resolve(name);
		for (final Path path : List.of(file, Path.of(file + ":", "raw"), file.resolve("raw"))) {
			final Volume image = reader.read(path);
			assertArrayEquals(new long[] { 9, 7, 5, 1 }, image.image().dimensionsAsLongArray());
			assertArrayEquals(new long[] { 9, 7, 5, 1 }, reader.size(path));
			assertVoxels(i -> i * 37 % 1001, 0, TestVolumes.voxels(image));
			assertArrayEquals(new double[] { 0.25, 0.5, 2 }, image.geometry().spacing());
			assertEquals("µm", image.geometry().unit());
			assertEquals(VolumeFormat.baseName(file), image.name());
		}
		assertVoxels(i -> i % 3 == 0 ? 1 : 0, 0, TestVolumes.voxels(reader.readLabels(file)));
		assertEquals("pixel", reader.readLabels(file).geometry().unit());
		assertTrue(progress.warnings.isEmpty(), progress.warnings.toString());
	}

	@Test
	void everyAxisOrderThatCanBeReadIs() throws IOException {
		for (final String name : FILES) {
			final Path more = FOLDER.resolve(name).resolve("more");
			assertVoxels(i -> i - 100, 0, TestVolumes.voxels(reader.read(more.resolve("big"))));
			final Volume channels = reader.read(more.resolve("channels"));
			assertArrayEquals(new long[] { 9, 7, 5, 2 }, channels.image().dimensionsAsLongArray());
			assertVoxels(i -> i, 0, TestVolumes.voxels(channels));
			assertVoxels(i -> -i, 315, TestVolumes.voxels(channels));
			final Volume tagged = reader.read(more.resolve("tagged"));
			assertVoxels(i -> i, 0, TestVolumes.voxels(tagged));
			assertVoxels(i -> 2 * i, 315, TestVolumes.voxels(tagged));
			assertTrue(refusal(more.resolve("turned")).contains("order xyz (9×7×5)"));
		}
	}

	@Test
	void whatIsNoVolumeIsNamed() throws IOException {
		final Path file = FOLDER.resolve(FILES[0]);
		for (final String name : List.of("more", "more/table", "more/flat", "none")) {
			final String sentence = refusal(file.resolve(name));
			assertTrue(sentence.contains("\"/" + name + "\"") && sentence.contains("/label, /more/big, "),
				sentence);
		}
		assertTrue(refusal(folder.resolve("a.h5:/raw")).contains("a.h5\" does not exist"));
		assertTrue(refusal(Files.createFile(folder.resolve("b.h5"))).contains("empty"));
		assertTrue(refusal(Files.write(folder.resolve("c.h5"), new byte[3000])).contains("damaged"));
	}

	@Test
	void damageIsOneSentence() throws IOException {
		final byte[] whole = Files.readAllBytes(FOLDER.resolve(FILES[0]));
		int refused = 0;
		for (int length = 100; length < whole.length; length += 1500) {
			final Path file = Files.write(folder.resolve("cut.h5"), java.util.Arrays.copyOf(whole, length));
			try {
				reader.read(file);
			}
			catch (final FormatException e) {
				assertTrue(e.getMessage().contains("cut.h5"), e.getMessage());
				refused++;
			}
		}
		assertTrue(refused > 10, refused + " refusals");
	}

	/** Chunks take no more than the file can hold, however many are claimed. */
	@Test
	void claimedChunksTakeNoMemory() throws IOException {
		final byte[] all = Files.readAllBytes(FOLDER.resolve(FILES[0]));
		final ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
		for (int at = 0; at + 24 <= all.length; at++)
			if (bytes.getLong(at) == 5 && bytes.getLong(at + 8) == 7 && bytes.getLong(at + 16) == 9) bytes
				.putLong(at, 1 << 22);
		final Path file = Files.write(folder.resolve("a.h5"), all);
		assertTrue(refusal(file.resolve("raw")).contains("9×7×4194304 voxels"), refusal(file.resolve(
			"raw")));
	}

	/** Chunks that nobody wrote take memory too: here as few voxels as may be missing, in many chunks. */
	@Test
	void manyMissingChunksTakeNoMemory() throws IOException {
		final byte[] all = Files.readAllBytes(FOLDER.resolve(FILES[0]));
		final ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
		for (int at = 0; at + 24 <= all.length; at++)
			if (bytes.getLong(at) == 5 && bytes.getLong(at + 8) == 7 && bytes.getLong(at + 16) == 9) bytes
				.putLong(at + 16, 524297);
		final Path file = Files.write(folder.resolve("a.h5"), all);
		assertTrue(refusal(file.resolve("raw")).contains("claims 524297×7×5 voxels"), refusal(file.resolve(
			"raw")));
	}

	/** The size of the first object header is claimed to be more than an array of Java holds. */
	@Test
	void aClaimedSizeTakesNoMemory() throws IOException {
		final Path file = folder.resolve("a.h5");
		try (WritableHdfFile hdf = HdfFile.write(file)) {
			hdf.putDataset("b", new float[][][] { { { 1, 2 }, { 3, 4 } } });
		}
		final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(
			ByteOrder.LITTLE_ENDIAN);
		assertEquals(0x5244484f, bytes.getInt(64), "OHDR");
		bytes.put(69, (byte) 2).putInt(70, Integer.MAX_VALUE);
		Files.write(file, bytes.array());
		assertTrue(refusal(file).contains("damaged"));
	}

	@Test
	void namesDecideAndAmbiguityIsTold() throws IOException {
		final Path file = folder.resolve("a.h5");
		try (WritableHdfFile hdf = HdfFile.write(file)) {
			hdf.putDataset("a_mask", new int[][][] { { { 1, 0 }, { 0, 1 } } });
			hdf.putDataset("b", new float[][][] { { { 1, 2 }, { 3, 4 } } });
			hdf.putDataset("c", new float[][][] { { { 5, 6 }, { 7, 8 } } });
		}
		assertArrayEquals(new float[] { 1, 2, 3, 4 }, TestVolumes.voxels(reader.read(file)));
		assertTrue(progress.warnings.get(0).contains("/b was used"), progress.warnings.toString());
		assertArrayEquals(new float[] { 1, 0, 0, 1 }, TestVolumes.voxels(reader.readLabels(file)));
		final Path single = folder.resolve("single.hdf5");
		try (WritableHdfFile hdf = HdfFile.write(single)) {
			hdf.putDataset("x", new byte[][][] { { { 1, 0 }, { 0, 1 } } });
		}
		assertArrayEquals(new float[] { 1, 0, 0, 1 }, TestVolumes.voxels(reader.readLabels(single)));
		final Path none = folder.resolve("none.h5");
		try (WritableHdfFile hdf = HdfFile.write(none)) {
			hdf.putDataset("x", new byte[][][] { { { 1, 0 }, { 0, 1 } } });
			hdf.putDataset("y", new byte[][][] { { { 1, 0 }, { 0, 1 } } });
		}
		final String sentence = assertThrows(FormatException.class, () -> reader.readLabels(none))
			.getMessage();
		assertTrue(sentence.contains("/x, /y") && sentence.contains("none.h5:/x"), sentence);
	}

	@Test
	void manyChannelsInTheMiddleAreRefused() throws IOException {
		final Path file = folder.resolve("a.h5");
		try (WritableHdfFile hdf = HdfFile.write(file)) {
			hdf.putDataset("raw", new int[20][3][3][20]);
		}
		assertTrue(refusal(file).contains("20×3×3×20"));
	}

	@Test
	void wrongVoxelSizeIsTold() throws IOException {
		final Path file = folder.resolve("a.h5");
		try (WritableHdfFile hdf = HdfFile.write(file)) {
			hdf.putDataset("raw", new int[2][3][4]).putAttribute("element_size_um", new double[] { 1, 0,
				1 });
		}
		assertEquals("pixel", reader.read(file).geometry().unit());
		assertTrue(progress.warnings.get(0).contains("1.0 × 0.0 × 1.0"), progress.warnings.toString());
	}

	@Test
	void filesWithBothAreCasesOfADataSet() throws IOException {
		for (final String name : FILES)
			Files.copy(FOLDER.resolve(name), folder.resolve(name));
		final Dataset dataset = Dataset.open(folder, progress);
		assertEquals(List.of("chunks", "chunks_v110"), dataset.cases().stream().map(Case::id).toList());
		assertEquals(2, dataset.labels().classes());
		final TrainingVolume volume = new TrainingVolumeReader(dataset, -1, 1, 1, reader, progress).read(
			dataset.cases().get(0), Intensity.window(0, 1000));
		assertEquals(1, volume.label(3, 0, 0));
		assertEquals(0.111f, volume.channel(0)[3], 1e-6);
	}

	@Test
	void copiesInOtherFormatsAreNotSecondCases() throws IOException {
		Files.copy(FOLDER.resolve(FILES[0]), folder.resolve("a.h5"));
		VolumeWriter.write(folder.resolve("a_raw.tif"), reader.read(folder.resolve("a.h5")));
		VolumeWriter.write(folder.resolve("a_mask.tif"), reader.readLabels(folder.resolve("a.h5")));
		final Dataset dataset = Dataset.open(folder, progress);
		assertEquals(List.of(new Case("a_raw", folder.resolve("a_raw.tif"), folder.resolve(
			"a_mask.tif"))), dataset.cases());
	}

	@Test
	void pathsTellFileAndDataset() {
		assertEquals(new Hdf5Path(Path.of("d", "a.h5"), "/raw/x"), Hdf5Path.of(Path.of("d/a.h5:/raw/x")));
		assertEquals(new Hdf5Path(Path.of("d", "a.HDF5"), "/raw"), Hdf5Path.of(Path.of("d/a.HDF5/raw")));
		assertEquals(new Hdf5Path(Path.of("a.h5"), ""), Hdf5Path.of(Path.of("a.h5")));
		for (final String other : List.of("a.tif", "/", "h5/raw", ".h5/raw", "a.h5x/raw"))
			assertEquals(null, Hdf5Path.of(Path.of(other)), other);
		assertEquals("a", VolumeFormat.baseName(Path.of("d/a.h5:/raw")));
		assertEquals(VolumeFormat.HDF5, VolumeFormat.of(Path.of("d/a.h5:/raw")));
		assertTrue(VolumeFormat.exists(FOLDER.resolve("chunks.h5/raw")));
		assertFalse(VolumeFormat.exists(FOLDER.resolve("missing.h5/raw")));
	}

	@Test
	void readingStopsWhenCancelled() {
		progress.cancelled = true;
		assertThrows(CancelledException.class, () -> reader.read(FOLDER.resolve(FILES[0])));
	}
}
