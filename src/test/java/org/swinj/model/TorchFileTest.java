package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchFileTest {

	@TempDir
	Path folder;

	@Test
	void whatIsWrittenIsReadAsACheckpoint() throws IOException {
		final StateDict weights = new StateDict();
		weights.put("b.weight", Weight.of(new float[] { 1, -2.5f, 3, 4, 5, Float.MIN_VALUE }, 2, 3));
		weights.put("a", Weight.of(new long[] { 7, -1L << 40 }, 2));
		weights.put("number", Weight.of(new float[] { 0.1f }));
		weights.put("half", new Weight(WeightType.BF16, new long[] { 1 }, ByteBuffer.wrap(new byte[] {
			(byte) 0x80, 0x3f })));
		final Path file = folder.resolve("w.pt");
		try (OutputStream out = Files.newOutputStream(file)) {
			TorchFile.write(weights, out);
		}
		final StateDict read = WeightsFile.read(file);
		assertEquals(new ArrayList<>(weights.names()), new ArrayList<>(read.names()));
		for (final String name : new String[] { "b.weight", "a", "number" }) {
			assertEquals(weights.get(name).type(), read.get(name).type());
			assertArrayEquals(weights.get(name).shape(), read.get(name).shape());
			assertEquals(weights.get(name).data(), read.get(name).data());
		}
		assertArrayEquals(new float[] { 1 }, read.get("half").toFloats());
	}
}
