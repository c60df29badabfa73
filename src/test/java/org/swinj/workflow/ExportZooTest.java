package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.model.ModelFormatException;
import org.swinj.model.MonaiKeys;
import org.swinj.model.SwinModel;
import org.swinj.model.TestModels;
import org.swinj.model.WeightsFile;
import org.swinj.progress.Progress;

class ExportZooTest {

	@TempDir
	Path folder;

	private Path export(final String model) throws IOException {
		final Path zip = folder.resolve("zoo.zip");
		new ExportZoo(new ZooSettings(folder.resolve(model), zip, List.of("A. Person"), "CC-BY-4.0"),
			Progress.silent()).run();
		return zip;
	}

	@Test
	void packageHasWeightsTestTensorsAndADescriptionOfThem() throws Exception {
		final SwinModel model = TestModels.tiny(3);
		model.write(folder.resolve("m"));
		try (ZipFile zip = new ZipFile(export("m").toFile())) {
			final JsonObject rdf = JsonParser.parseString(new String(bytes(zip, "rdf.yaml"),
				StandardCharsets.UTF_8)).getAsJsonObject();
			final JsonObject weights = rdf.getAsJsonObject("weights").getAsJsonObject(
				"pytorch_state_dict");
			assertHash(zip, weights);
			final JsonObject input = rdf.getAsJsonArray("inputs").get(0).getAsJsonObject();
			final JsonObject output = rdf.getAsJsonArray("outputs").get(0).getAsJsonObject();
			assertHash(zip, input.getAsJsonObject("test_tensor"));
			assertHash(zip, output.getAsJsonObject("test_tensor"));
			assertEquals(3, output.getAsJsonArray("axes").get(1).getAsJsonObject().getAsJsonArray(
				"channel_names").size());
			final JsonObject arguments = weights.getAsJsonObject("architecture").getAsJsonObject("kwargs");
			assertEquals(model.card().architecture().featureSize(), arguments.get("feature_size").getAsInt());
			final byte[] logits = bytes(zip, "test-output.npy");
			final String header = new String(logits, 10, 118, StandardCharsets.US_ASCII);
			assertTrue(header.contains("'shape': (1, 3, 32, 32, 32, )"), header);
			assertEquals(128 + 4 * 3 * 32 * 32 * 32, logits.length);
			final ByteBuffer values = ByteBuffer.wrap(logits, 128, logits.length - 128).slice().order(
				ByteOrder.LITTLE_ENDIAN);
			assertTrue(Float.isFinite(values.getFloat(0)) && values.getFloat(0) != values.getFloat(4));
			Files.write(folder.resolve("w.pt"), bytes(zip, "weights.pt"));
			try (ZipFile torch = new ZipFile(folder.resolve("w.pt").toFile())) { // no clock in equal files
				assertTrue(torch.stream().allMatch(entry -> entry.getTimeLocal().getYear() == 1980));
			}
			assertEquals(MonaiKeys.stateDict(model.card().architecture(), model.weights()).names(),
				WeightsFile.read(folder.resolve("w.pt")).names());
		}
	}

	@Test
	void whatCannotBeAPackageIsRefusedAndNothingWritten() throws IOException {
		final SwinModel model = TestModels.tiny(3);
		new SwinModel(model.card().asEncoderOnly(), model.weights()).write(folder.resolve("start"));
		assertThrows(ModelFormatException.class, () -> export("start"));
		assertFalse(Files.exists(folder.resolve("zoo.zip")));
		assertThrows(IllegalArgumentException.class, () -> new ZooSettings(folder, folder.resolve("a.zip"),
			List.of(), "MIT"));
		assertThrows(IllegalArgumentException.class, () -> new ZooSettings(folder, folder.resolve("a.pt"),
			List.of("A"), "MIT"));
	}

	private static void assertHash(final ZipFile zip, final JsonObject file) throws Exception {
		assertEquals(file.get("sha256").getAsString(), HexFormat.of().formatHex(MessageDigest.getInstance(
			"SHA-256").digest(bytes(zip, file.get("source").getAsString()))));
	}

	private static byte[] bytes(final ZipFile zip, final String name) throws IOException {
		return zip.getInputStream(zip.getEntry(name)).readAllBytes();
	}
}
