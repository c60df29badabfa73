package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.backend.ThreadCount;
import org.swinj.cli.Shell;
import org.swinj.cli.TestData;
import org.swinj.model.ModelFormatException;
import org.swinj.progress.Progress;

/** A model tells what it was trained on, and its first steps can be repeated. */
class VerifyTest {

	@TempDir
	private static Path folder;
	private static Path data;
	private static Path model;

	@BeforeAll
	static void train() throws IOException {
		data = TestData.write(folder.resolve("data"), 3);
		model = folder.resolve("model");
		new FineTune(new FineTuneSettings(data, model, null, 0, 6, "0.34", 0, "", null, "", 12, "32",
			null, 2, 0, 0, -1, false, 2, 0, false, 0, 1, "cpu", "float32"), Progress.silent()).run();
	}

	private static VerifyResult verify(final Path which, final Path place) throws IOException {
		return new Verify(new VerifySettings(which, place, VerifySettings.STEPS), Progress.silent())
			.run();
	}

	@Test
	void theManifestHasWhatTheTrainingDependedOn() throws IOException {
		final JsonObject manifest = json(model).getAsJsonObject("manifest");
		assertEquals("float32", manifest.get("precision").getAsString());
		assertEquals("CPU: as requested", manifest.get("device").getAsString());
		assertEquals(1, manifest.getAsJsonObject("options").get("seed").getAsLong());
		assertEquals(6, manifest.getAsJsonArray("first_losses").size());
		assertEquals("2.7.1", manifest.getAsJsonObject("versions").get("PyTorch").getAsString());
		final JsonArray files = manifest.getAsJsonArray("files");
		assertEquals(6, files.size());
		for (int i = 0; i < 6; i++)
			assertTrue(files.get(i).getAsJsonObject().get("path").getAsString().matches(
				"(images|labels)/case_[123]\\.nii\\.gz"));
	}

	@Test
	void anUntouchedTrainingIsVerifiedWhereverTheDataAreNow() throws IOException {
		final VerifyResult result = verify(model, null);
		assertEquals("Verified: 6 input files are unchanged, and the first 6 losses are equal to the last " +
			"bit.", result.verdict());
		assertTrue(result.verified() && result.equal() == 6);
		final Path moved = TestData.write(folder.resolve("moved"), 3);
		assertTrue(verify(model, moved).verified());
	}

	@Test
	void filesThatChangedOrAreMissingAreNamed() throws IOException {
		final Path other = TestData.write(folder.resolve("other"), 3);
		final Path label = other.resolve("labels/case_2.nii.gz");
		final byte[] bytes = Files.readAllBytes(label);
		bytes[bytes.length - 1] ^= 1;
		Files.write(label, bytes);
		final VerifyResult changed = verify(model, other);
		assertEquals("Not verified: 1 input file is not as it was: labels/case_2.nii.gz.", changed
			.verdict());
		assertFalse(changed.verified());
		Files.delete(other.resolve("images/case_1.nii.gz"));
		assertEquals(List.of("images/case_1.nii.gz"), verify(model, other).missing());
		final Shell shell = Shell.run("verify", "model=" + model, "data=" + other, "steps=0");
		assertEquals(1, shell.code);
		assertTrue(shell.json().get("verdict").getAsString().contains("missing: images/case_1.nii.gz"));
		final VerifyResult gone = verify(model, folder.resolve("gone"));
		assertTrue(gone.verdict().startsWith("Not verified: the folder \"" + folder.resolve("gone")
			+ "\" of its data is not there: "), gone.verdict());
	}

	@Test
	void anotherLossIsNoticed() throws IOException {
		final Path forged = Files.createDirectory(folder.resolve("forged"));
		for (final String name : List.of("model.json", "weights.safetensors"))
			Files.copy(model.resolve(name), forged.resolve(name));
		final JsonObject json = json(forged);
		final JsonArray losses = json.getAsJsonObject("manifest").getAsJsonArray("first_losses");
		final double third = Double.parseDouble(losses.get(2).getAsString());
		losses.set(2, new com.google.gson.JsonPrimitive(String.valueOf(Math.nextUp(third))));
		Files.writeString(forged.resolve("model.json"), json.toString());
		final VerifyResult result = verify(forged, null);
		assertFalse(result.verified());
		assertEquals(2, result.equal());
		assertTrue(result.verdict().contains("the loss of step 3 is " + third + " instead of "), result
			.verdict());
	}

	/** Sums depend on the number of threads in their last bits. */
	@Test
	void stepsAreRepeatedWithTheThreadsOfTheTraining() throws IOException {
		final Path single = folder.resolve("single");
		try (ThreadCount one = new ThreadCount(1)) {
			new FineTune(FineTuneSettings.of(data, single).withSteps(2).withPlan(model).withSeed(5), Progress
				.silent()).run();
		}
		assertEquals(1, json(single).getAsJsonObject("manifest").get("threads").getAsInt());
		try (ThreadCount three = new ThreadCount(3)) {
			assertEquals(2, verify(single, null).equal());
		}
	}

	@Test
	void pretrainingsAreVerifiedToo() throws IOException {
		final Path pretrained = folder.resolve("pretrained");
		new Pretrain(new PretrainSettings(List.of(data), pretrained, 0, 2, "default",
			PretrainSettings.AUTO, PretrainSettings.AUTO, PretrainSettings.AUTO, 0, "", 0, 12, "32", 0, 0, "",
			false, 0, 1, "cpu", "float32"), Progress.silent()).run();
		assertEquals("Verified: 3 input files are unchanged, and the first 2 losses are equal to the last " +
			"bit.", verify(pretrained, null).verdict());
	}

	@Test
	void aModelWithoutManifestIsRefusedWithASentence() throws IOException {
		final Path old = Files.createDirectory(folder.resolve("old"));
		Files.copy(model.resolve("weights.safetensors"), old.resolve("weights.safetensors"));
		final JsonObject json = json(model);
		json.remove("manifest");
		Files.writeString(old.resolve("model.json"), json.toString());
		final ModelFormatException none = assertThrows(ModelFormatException.class, () -> verify(old,
			null));
		assertTrue(none.getMessage().contains("has no manifest"), none.getMessage());
		json.add("manifest", JsonParser.parseString("{\"files\": [{\"path\": 7}]}"));
		Files.writeString(old.resolve("model.json"), json.toString());
		final ModelFormatException damaged = assertThrows(ModelFormatException.class, () -> verify(old,
			null));
		assertTrue(damaged.getMessage().contains("its manifest cannot be read"), damaged.getMessage());
	}

	private static JsonObject json(final Path which) throws IOException {
		return JsonParser.parseString(Files.readString(which.resolve("model.json"))).getAsJsonObject();
	}
}
