package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.GoldenFolder;

/** Checkpoints that attack, and checkpoints that were damaged on the way. */
class HostileCheckpointTest {

	private static final byte[] SIX_FLOATS = new byte[24];
	private static final int SMALL = 100_000;

	@TempDir
	Path folder;

	@Test
	void codeIsNamedButNeverRun() throws IOException {
		final TestPickle pickle = new TestPickle().op('}').text("state_dict").op('}').text("a").tensor(6,
			0, new long[] { 6 }, new long[] { 1 }).op('s').text("b").global("posix", "system").text(
				"touch owned").op(0x85, 'R', 's', 's');
		try (TorchCheckpoint checkpoint = TorchCheckpoint.open(pickle.write(folder.resolve("evil.pt"),
			SIX_FLOATS)))
		{
			assertEquals(Set.of("posix.system"), checkpoint.foreignNames());
			final Map<?, ?> root = assertInstanceOf(Map.class, checkpoint.root());
			final Map<?, ?> state = assertInstanceOf(Map.class, root.get("state_dict"));
			assertEquals("posix.system", assertInstanceOf(OpaqueNode.class, state.get("b")).name());
			assertEquals(Set.of("a"), checkpoint.stateDict().names());
		}
	}

	/** numel, offset, shape, strides of views into a storage of six floats that are no such view. */
	@ParameterizedTest
	@CsvSource({ "6, 0, 7, 1", "6, 1, 6, 1", "6, 0, 2, 6", "6, -1, 2, 1", "6, 0, 2, -1",
		"6, 0, 2, 9223372036854775807", "6, 9223372036854775807, 2, 1", "6, 0, -2, 1",
		"7, 0, 7, 1", "9223372036854775807, 0, 2, 1", "-6, 0, 2, 1", "6, 0, 4611686018427387904, 0" })
	void viewsOutsideTheirStorageAreRefused(final long numel, final long offset, final long size,
		final long stride) throws IOException
	{
		final TestPickle pickle = new TestPickle().op('}').text("a").tensor(numel, offset, new long[] {
			size }, new long[] { stride }).op('s');
		assertRefused(pickle.write(folder.resolve("view.pt"), SIX_FLOATS), "");
	}

	@Test
	void expandedTensorsCannotEatTheMemory() throws IOException {
		final TestPickle pickle = new TestPickle().op('}');
		for (int i = 0; i < 20; i++)
			pickle.text("a" + i).tensor(6, 0, new long[] { 4_000_000, 1 }, new long[] { 0, 1 }).op('s');
		assertRefused(pickle.write(folder.resolve("expanded.pt"), SIX_FLOATS), "times the memory");
	}

	@Test
	void cyclesAndTowersAreRefused() throws IOException {
		assertRefused(new TestPickle().op(']', 'q', 0, 'h', 0, 'a').write(folder.resolve("cycle.pt"),
			SIX_FLOATS), "contains itself");
		final TestPickle viaTuple = new TestPickle().op(']', 'q', 0, 'h', 0, 0x85, 'a');
		assertRefused(viaTuple.write(folder.resolve("tuple.pt"), SIX_FLOATS), "contains itself");
		final TestPickle tower = new TestPickle();
		for (int i = 0; i < 50_000; i++)
			tower.op(']');
		for (int i = 1; i < 50_000; i++)
			tower.op('a');
		assertRefused(tower.write(folder.resolve("tower.pt"), SIX_FLOATS), "levels deep");
	}

	/** Sixty lists that each hold the one before twice: small in memory, endless when written out. */
	@Test
	void sharedStructuresAreNotMultipliedOut() throws IOException {
		final TestPickle pickle = new TestPickle().op(']', 'q', 0, 'K', 1, 'a');
		for (int i = 1; i < 60; i++)
			pickle.op('0', ']', 'q', i, 'h', i - 1, 'a', 'h', i - 1, 'a');
		try (TorchCheckpoint checkpoint = TorchCheckpoint.open(pickle.write(folder.resolve("laughs.pt"),
			SIX_FLOATS)))
		{
			assertEquals(2, assertInstanceOf(List.class, checkpoint.root()).size());
		}
	}

	/** A list in itself, which no text can be made of, where a name of code or storage is needed. */
	@Test
	void namesMustBeTexts() throws IOException {
		final TestPickle cycle = new TestPickle().op(']', 'q', 0, 'h', 0, 0x85, 'a');
		assertRefused(cycle.op('h', 0, 0x93).write(folder.resolve("name.pt"), SIX_FLOATS), "no text");
		final TestPickle magic = new TestPickle().op(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a,
			0xa8, 0x50, 0x19);
		final ByteArrayOutputStream legacy = new ByteArrayOutputStream();
		for (final TestPickle part : List.of(magic, new TestPickle().number(1001), new TestPickle().op(
			'}'), new TestPickle().op('}'), new TestPickle().op(']', 'q', 0, 'h', 0, 0x85, 'a')))
			legacy.writeBytes(part.bytes());
		final Path file = folder.resolve("legacy.pt");
		Files.write(file, legacy.toByteArray());
		assertRefused(file, "no text");
	}

	/** One list that many dictionaries are made of: small in the file, large in memory. */
	@Test
	void sharedEntriesCannotEatTheMemory() throws IOException {
		final TestPickle pickle = new TestPickle().global("collections", "OrderedDict").op('q', 0, '0',
			'K', 1, 'K', 2, 0x86, 'q', 1, '0', ']', 'q', 2);
		for (int i = 0; i < 20_000; i++)
			pickle.op('h', 1, 'a');
		for (int i = 0; i < 20_000; i++)
			pickle.op('h', 0, 'h', 2, 0x85, 'R', '0');
		assertRefused(pickle.write(folder.resolve("entries.pt"), SIX_FLOATS), "times the memory");
	}

	@Test
	void sharedArraysCannotEatTheMemory() throws IOException {
		final int million = 1_000_000;
		final TestPickle pickle = new TestPickle().op('}').global("numpy.core.multiarray", "_reconstruct")
			.op('(', 't', 'R').op('(', 'K', 1).tuple(million).global("numpy", "dtype").text("u1").op(0x85,
				'R', 0x89, 'B', million & 255, million >> 8 & 255, million >> 16, 0).op(new int[million])
			.op('t', 'b', 'q', 0, '0');
		for (int i = 0; i < 200; i++)
			pickle.text("a" + i).op('h', 0, 's');
		assertRefused(pickle.write(folder.resolve("arrays.pt"), SIX_FLOATS), "times the memory");
	}

	@Test
	void marksAndMemosCountAsObjects() {
		final byte[] marks = new byte[5_100_000];
		final byte[] memos = marks.clone();
		Arrays.fill(marks, (byte) '(');
		Arrays.fill(memos, (byte) 0x94);
		memos[0] = 'N';
		for (final byte[] pickle : new byte[][] { marks, memos })
			assertTrue(assertThrows(ModelFormatException.class, () -> new PickleReader(new PickleInput(
				new ByteArrayInputStream(pickle), pickle.length, "a.pt"), new TorchObjects(null)).read())
					.getMessage().contains("more than 5000000 objects"));
	}

	@Test
	void tensorsOfManyAxesAreRefused() throws IOException {
		assertRefused(new TestPickle().op('}').text("a").tensor(6, 0, new long[65], new long[65]).op('s')
			.write(folder.resolve("axes.pt"), SIX_FLOATS), "65 axes");
	}

	@Test
	void foreignPicklesAreRefused() throws IOException {
		assertRefused(new TestPickle().op('}', 'i').write(folder.resolve("inst.pt"), SIX_FLOATS),
			"opcode 0x69");
		assertRefused(new TestPickle().op('}', 's').write(folder.resolve("stack.pt"), SIX_FLOATS),
			"stack is empty");
		assertRefused(new TestPickle().op('h', 3).write(folder.resolve("memo.pt"), SIX_FLOATS),
			"memo 3");
		assertRefused(new TestPickle().op('X', 255, 255, 255, 255).write(folder.resolve("long.pt"),
			SIX_FLOATS), "4294967295 bytes");
		assertRefused(new TestPickle().op(0x8b, 255, 255, 255, 255).write(folder.resolve("int.pt"),
			SIX_FLOATS), "integer of");
		assertRefused(new TestPickle().op('}').write(folder.resolve("none.pt"), SIX_FLOATS),
			"holds no tensors");
		final Path bare = folder.resolve("bare.pkl");
		Files.write(bare, new TestPickle().op('}').bytes());
		assertRefused(bare, "torch.save did not write it");
	}

	@Test
	void foreignArchivesAreRefused() throws IOException {
		final Path file = folder.resolve("foreign.pt");
		final byte[] pickle = new TestPickle().op('}').bytes();
		TestPickle.zip(file, Map.of("a/data.pkl", pickle, "b/data.pkl", pickle));
		assertRefused(file, "two checkpoints");
		TestPickle.zip(file, Map.of("a/data.pkl", pickle, "a/constants.pkl", pickle));
		assertRefused(file, "TorchScript");
		TestPickle.zip(file, Map.of("fold0/model.pt", pickle));
		assertRefused(file, "unpack it first");
		TestPickle.zip(file, Map.of("photo.jpg", pickle));
		assertRefused(file, "not a PyTorch checkpoint");
		TestPickle.zip(file, Map.of("../data.pkl", pickle));
		assertRefused(file, "leads outside");
		TestPickle.zip(file, Map.of("a/data.pkl", new byte[8 << 20]));
		assertRefused(file, "swells");
		TestPickle.zip(file, Map.of("a/data.pkl", pickle, "a/byteorder", "big".getBytes(StandardCharsets.US_ASCII)));
		assertRefused(file, "byte order");
		final byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length - 1] = 2; // the archive claims to end with a longer comment
		Files.write(file, bytes);
		assertRefused(file, "list of contents");
	}

	@Test
	void swellingStoragesAreRefused() throws IOException {
		final TestPickle pickle = new TestPickle().op('}').text("a").tensor(1 << 21, 0, new long[] {
			1 << 21 }, new long[] { 1 }).op('s');
		assertRefused(pickle.write(folder.resolve("swell.pt"), new byte[8 << 20]), "swells");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "P", "PK\003\004", "hello world", "\u001f\u008b0123456789" })
	void otherFilesAreRefused(final String content) throws IOException {
		final Path file = folder.resolve("other.pt");
		Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
		assertRefused(file, "other.pt");
		assertRefused(folder.resolve("absent.pt"), "does not exist");
	}

	/** Any cut through a small golden file of the old layout is noticed. */
	@ParameterizedTest
	@MethodSource("smallGoldenFiles")
	void truncationIsNoticed(final Path golden) throws IOException {
		final byte[] whole = Files.readAllBytes(GoldenFolder.gunzip(golden, folder));
		final Path cut = folder.resolve("cut.pt");
		final int step = Math.max(1, whole.length / 500);
		for (int length = 0; length < whole.length - 1; length += step) {
			Files.write(cut, Arrays.copyOf(whole, length));
			assertThrows(ModelFormatException.class, () -> WeightsFile.read(cut), "length " + length);
		}
	}

	/** Flipped bytes either do no harm or are answered with a sentence, never with a crash. */
	@ParameterizedTest
	@MethodSource("smallGoldenFiles")
	void damageNeverCrashes(final Path golden) throws IOException {
		final byte[] whole = Files.readAllBytes(GoldenFolder.gunzip(golden, folder));
		final Random random = new Random(11);
		final Path damaged = folder.resolve("damaged.pt");
		int refused = 0;
		for (int round = 0; round < 1000; round++) {
			final byte[] bytes = whole.clone();
			for (int flips = random.nextInt(4); flips >= 0; flips--)
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			Files.write(damaged, bytes);
			try {
				WeightsFile.read(damaged);
			}
			catch (final ModelFormatException e) {
				refused++;
			}
		}
		assertTrue(refused > 100, "only " + refused + " of 1000 damaged files were refused");
	}

	static List<Path> smallGoldenFiles() throws IOException {
		final List<Path> files = GoldenFolder.files("*.{pt,pth}.gz").stream().filter(
			file -> file.toFile().length() < SMALL).toList();
		System.out.println("Damaged and cut: " + files);
		return files;
	}

	private static void assertRefused(final Path file, final String part) {
		final ModelFormatException refusal = assertThrows(ModelFormatException.class,
			() -> WeightsFile.read(file));
		assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
		assertTrue(refusal.getMessage().endsWith("."), refusal.getMessage());
	}
}
