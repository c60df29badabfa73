package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.GoldenFolder;

class TorchCheckpointTest {

	@TempDir
	Path folder;

	/** Every golden checkpoint is compared with the expected file that has its tensor names. */
	@Test
	void unusualTensorsComeOutAsPyTorchReadsThem() throws IOException {
		final List<String> checked = new ArrayList<>();
		for (final Path expectedFile : GoldenFolder.files("*_expected.safetensors")) {
			final StateDict expected = Safetensors.read(expectedFile);
			for (final Path golden : GoldenFolder.files("*.{pt,pth}.gz")) {
				final StateDict actual = WeightsFile.read(GoldenFolder.gunzip(golden, folder));
				if (!actual.names().equals(expected.names())) continue;
				expected.asMap().forEach((name, weight) -> assertSame(name, weight, actual.get(name)));
				checked.add(golden.getFileName() + " with " + expectedFile.getFileName());
			}
		}
		System.out.println("Checkpoints compared: " + checked);
		assertFalse(checked.isEmpty(), "No checkpoint in " + GoldenFolder.dir()
			+ " has the tensors of an *_expected.safetensors file.");
	}

	/** bfloat16 is expected as float32, everything else in its own format. */
	private static void assertSame(final String name, final Weight expected, final Weight actual) {
		assertArrayEquals(expected.shape(), actual.shape(), name);
		if (actual.type() == WeightType.BF16) assertArrayEquals(expected.toFloats(), actual.toFloats(),
			name);
		else {
			assertEquals(expected.type(), actual.type(), name);
			assertEquals(expected.data(), actual.data(), name);
		}
	}

	@Test
	void primitivesBecomeTheirJavaCounterparts() throws IOException {
		final TestPickle pickle = new TestPickle().op('(', 'N', 0x88, 0x89, 'J', 0xFE, 0xFF, 0xFF, 0xFF,
			'K', 200, 'M', 1, 2, 0x8a, 1, 0xFB, 0x8a, 0);
		pickle.op(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1); // 2^64
		pickle.op('G', 0x3F, 0xF8, 0, 0, 0, 0, 0, 0).text("caf\u00e9").op('C', 2, 0, 255, 't');
		final List<?> root = assertInstanceOf(List.class, read(pickle));
		assertNull(root.get(0));
		assertEquals(List.of(true, false, -2L, 200L, 513L, -5L, 0L, BigInteger.ONE.shiftLeft(64), 1.5,
			"caf\u00e9"), root.subList(1, 11));
		assertArrayEquals(new byte[] { 0, -1 }, (byte[]) root.get(11));
	}

	@Test
	void collectionsKeepTheirContents() throws IOException {
		final TestPickle pickle = new TestPickle().op('(');
		pickle.global("collections", "OrderedDict").op(']').text("k").op('K', 7, 0x86, 'a', 0x85, 'R',
			'}').text("_metadata").op('K', 1, 's', 'b');
		pickle.global("__builtin__", "set").op(']', 'K', 1, 'a', 'K', 1, 'a', 0x85, 'R');
		pickle.global("torch", "Size").tuple(1, 2, 3).op(0x85, 'R');
		pickle.op('(', 'K', 1, 'l', '(').text("x").op('K', 2, 'd');
		pickle.global("torch", "float32").op('t');
		final List<?> root = assertInstanceOf(List.class, read(pickle));
		assertEquals(List.of(Map.of("k", 7L), Set.of(1L), List.of(1L, 2L, 3L), List.of(1L), Map.of("x",
			2L)), root.subList(0, 5));
		assertEquals("torch.float32", root.get(5).toString());
	}

	@Test
	void numpyNumbersAndArraysAreRead() throws IOException {
		final TestPickle pickle = new TestPickle().op('(');
		numpyType(pickle.global("numpy.core.multiarray", "scalar"), "f8", "<");
		pickle.op('C', 8, 0, 0, 0, 0, 0, 0, 0xD0, 0x3F, 0x86, 'R');
		pickle.global("numpy._core.multiarray", "_reconstruct").global("numpy", "ndarray").tuple(0).op(
			'C', 1, 'b', 0x87, 'R', '(', 'K', 1).tuple(2, 2);
		numpyType(pickle, "i2", ">").op(0x88, 'C', 8, 0, 1, 0, 2, 0, 3, 0, 4, 't', 'b', 't');
		final List<?> root = assertInstanceOf(List.class, read(pickle));
		assertEquals(0.25, root.get(0));
		final Weight array = assertInstanceOf(LazyWeight.class, root.get(1)).load();
		assertArrayEquals(new float[] { 1, 3, 2, 4 }, array.toFloats(), "column-major, big-endian");
	}

	private static TestPickle numpyType(final TestPickle pickle, final String code,
		final String order)
	{
		return pickle.global("numpy", "dtype").text(code).op(0x89, 0x88, 0x87, 'R', '(', 'K', 3).text(
			order).op('N', 't', 'b');
	}

	@Test
	void stateDictIsFoundInEveryWrapping() throws IOException {
		for (final String wrapper : new String[] { "", "state_dict", "model", "net" }) {
			final TestPickle pickle = new TestPickle();
			if (!wrapper.isEmpty()) pickle.op('}').text("epoch").op('K', 9, 's').text(wrapper);
			pickle.op('}').text("w").tensor(6, 1, new long[] { 2, 2 }, new long[] { 1, 3 }).op('s').text(
				"count").op('K', 1, 's');
			if (!wrapper.isEmpty()) pickle.op('s');
			final Path file = pickle.write(folder.resolve("wrapped.pt"), sixFloats());
			final StateDict weights = WeightsFile.read(file);
			assertEquals(Set.of("w"), weights.names());
			assertArrayEquals(new float[] { 1, 4, 2, 5 }, weights.get("w").toFloats());
		}
	}

	/** MONAI's MetaTensor and other subclasses are pickled as a rebuild function with a class. */
	@Test
	void tensorSubclassesAreTensors() throws IOException {
		final TestPickle pickle = new TestPickle().op('}').text("w").global("torch._tensor",
			"_rebuild_from_type_v2").op('(').global("torch._utils", "_rebuild_tensor_v2").global(
				"monai.data.meta_tensor", "MetaTensor").op('(', '(').text("storage").global("torch",
					"FloatStorage").text("0").text("cpu").number(6).op('t', 'Q').number(2).tuple(3).tuple(1)
			.op(0x89, 'N', 't', '}', 't', 'R', 's');
		final StateDict weights = WeightsFile.read(pickle.write(folder.resolve("meta.pt"), sixFloats()));
		assertArrayEquals(new float[] { 2, 3, 4 }, weights.get("w").toFloats());
	}

	private static byte[] sixFloats() {
		final ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < 6; i++)
			data.putFloat(i);
		return data.array();
	}

	private Object read(final TestPickle pickle) throws IOException {
		try (TorchCheckpoint checkpoint = TorchCheckpoint.open(pickle.write(folder.resolve("any.pt"),
			new byte[0])))
		{
			return checkpoint.root();
		}
	}
}
