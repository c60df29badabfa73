package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.model.ModelCard;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.progress.Progress;

/** The main job from the shell: train, segment, evaluate; what a script sees of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainTest {

	@TempDir
	private static Path folder;
	private static Path data;
	private static String model;
	private static JsonObject trained;

	@BeforeAll
	static void train() throws IOException {
		data = TestData.write(folder.resolve("my data"), 3);
		model = folder.resolve("modèle").toString();
		final Shell shell = Shell.run("fine-tune", "data=" + data, "output=" + model, "steps=30",
			"feature_size=12", "validation=case_2", "device=cpu", "precision=float32", "rate=0.002");
		assertEquals(0, shell.code, shell.err);
		trained = shell.json();
	}

	@Test
	@Order(1)
	void trainingReportsWhatItAchieved() throws IOException {
		assertEquals("done", trained.get("status").getAsString());
		assertEquals(30, trained.get("steps").getAsInt());
		assertTrue(trained.get("final_loss").getAsDouble() < 1.6, trained.toString());
		assertTrue(trained.get("best_dice").getAsDouble() > 0.6, trained.toString());
		assertTrue(trained.get("seconds").getAsDouble() > 0);
		assertTrue(trained.get("device").getAsString().startsWith("CPU"));
		assertEquals(model, trained.get("output").getAsString());
		assertTrue(Files.readAllLines(Path.of(model, "training.csv")).size() > 3);
	}

	@Test
	@Order(1)
	void modelTellsHowItWasTrained() throws IOException {
		final Training training = SwinModel.readCard(Path.of(model)).training();
		assertEquals(30, training.steps());
		assertTrue(training.settings().containsAll(List.of("data=" + data, "feature_size=12", "ignore=-1",
			"rate=0.002", "validation=case_2")), training.settings().toString());
		assertEquals(List.of("case_1.nii.gz", "case_2.nii.gz", "case_3.nii.gz"), training.inputs());
	}

	@Test
	@Order(2)
	void folderOfNiftiBecomesFolderOfNifti() throws IOException {
		final Path output = folder.resolve("results");
		final Shell shell = Shell.run("segment", "input=" + data.resolve("images"), "model=" + model,
			"output=" + output, "overlay=true", "probabilities=true", "precision=float32");
		assertEquals(0, shell.code, shell.err);
		assertEquals(3, shell.json().get("volumes").getAsInt());
		assertTrue(shell.json().get("voxels_per_second").getAsDouble() > 0);
		assertEquals(List.of("case_2-measurements.csv", "case_2-overlay.png",
			"case_2-probabilities.nii.gz", "case_2-rois.zip", "case_2.nii.gz"), names(output, "case_2"));
		final VolumeReader reader = new VolumeReader(Progress.silent());
		final Volume source = reader.read(data.resolve("images/case_2.nii.gz"));
		final Volume labels = reader.readLabels(output.resolve("case_2.nii.gz"));
		for (int i = 0; i < 3; i++)
			assertArrayEquals(source.geometry().affine()[i], labels.geometry().affine()[i], 1e-5);
		final Shell scores = Shell.run("evaluate", "predictions=" + output, "labels=" + data.resolve(
			"labels"), "output=" + folder.resolve("scores.csv"), "model=" + model);
		assertEquals(0, scores.code, scores.err);
		assertTrue(scores.json().get("mean_dice").getAsDouble() > 0.6, scores.out);
		assertTrue(scores.err.matches("(?s).*Dice of class 1: [01]\\.\\d{4}.*"), scores.err);
	}

	@Test
	@Order(3)
	void labelTiffOpensInImageJWithColoursAndVoxelSize() {
		final Path output = folder.resolve("label.tif");
		final Shell shell = Shell.run("segment", "input=" + data.resolve("images/case_1.nii.gz"),
			"model=" + model, "output=" + output, "rois=false", "table=false");
		assertEquals(0, shell.code, shell.err);
		assertFalse(Files.exists(folder.resolve("label-rois.zip")));
		final ImagePlus image = IJ.openImage(output.toString());
		assertEquals(16, image.getBitDepth());
		assertEquals(1.2, image.getCalibration().pixelDepth, 1e-6);
		assertEquals("mm", image.getCalibration().getUnit());
		assertEquals(0, image.getProcessor().getLut().getRGB(0) & 0xffffff);
		assertEquals("1 = class 1", image.getProp("SwinJ classes"));
	}

	@Test
	@Order(4)
	void sameSeedGivesSameWeights() throws IOException {
		final String[] twice = { folder.resolve("a.zip").toString(), folder.resolve("b.zip").toString() };
		for (final String output : twice)
			assertEquals(0, Shell.run("fine-tune", "data=" + data, "output=" + output, "steps=2",
				"feature_size=12", "validation=0", "seed=7", "precision=float32").code);
		assertEquals(SwinModel.readCard(Path.of(twice[0])).weightsSha256(), SwinModel.readCard(Path.of(
			twice[1])).weightsSha256());
	}

	@Test
	@Order(5)
	void anExportComesBackAsTheSameModel() throws IOException {
		final String weights = folder.resolve("back.safetensors").toString();
		final String back = folder.resolve("back").toString();
		assertEquals(0, Shell.run("export", "model=" + model, "output=" + weights).code);
		final Shell shell = Shell.run("import", "weights=" + weights, "output=" + back);
		assertEquals(0, shell.code, shell.err);
		final ModelCard before = SwinModel.readCard(Path.of(model)), after = SwinModel.readCard(Path.of(
			back));
		assertEquals(before.withManifest(null).json().replace(before.weightsSha256(), ""), after.withManifest(
			null).json().replace(after.weightsSha256(), "")); // the tensors come in another order
		final List<byte[]> labels = new ArrayList<>();
		for (final String each : List.of(model, back)) {
			final Path file = folder.resolve("back-" + labels.size() + ".tif");
			assertEquals(0, Shell.run("segment", "input=" + data.resolve("images/case_1.nii.gz"), "model="
				+ each, "output=" + file, "precision=float32").code);
			labels.add(Files.readAllBytes(file));
		}
		assertArrayEquals(labels.get(0), labels.get(1));
	}

	@Test
	@Order(5)
	void fineTuningStartsFromAModelAndFromExportedWeights() {
		final Path weights = folder.resolve("weights.safetensors");
		assertEquals(0, Shell.run("export", "model=" + model, "output=" + weights).code);
		for (final String start : new String[] { model, weights.toString() }) {
			final Shell shell = Shell.run("fine-tune", "data=" + data, "output=" + folder.resolve(
				"next.zip"), "pretrained=" + start, "steps=1", "validation=case_2", "precision=float32");
			assertEquals(0, shell.code, shell.err);
			assertTrue(shell.err.contains(" tensors loaded, 0 adapted, 0 missing"), shell.err);
			assertTrue(shell.json().get("best_dice").getAsDouble() > 0.5, shell.out);
		}
	}

	@Test
	@Order(6)
	void infoNamesTheClasses() {
		final Shell shell = Shell.run("info", "model=" + model);
		assertEquals(0, shell.code);
		assertEquals("[\"background\",\"class 1\"]", shell.json().get("classes").toString());
		assertTrue(shell.err.lines().toList().containsAll(List.of("Channels: channel 1", "Class 1: class 1",
			"Patches: 32 × 32 × 32 voxels")), shell.err);
		assertTrue(shell.err.lines().anyMatch(line -> line.matches(
			"Trained: 30 steps, Dice [01]\\.\\d+ on .*held.back.*")), shell.err);
	}

	@Test
	void helpOfACommandListsItsOptions() {
		final Shell shell = Shell.run("segment", "--help");
		assertTrue(shell.out.contains("Needed:\n  input=...              Image: "), shell.out);
		assertTrue(shell.out.indexOf("output=...") < shell.out.indexOf("Optional"), shell.out);
		assertTrue(shell.out.contains("(one of none, components, watershed)"), shell.out);
		assertTrue(shell.out.contains("mirror=false"), shell.out);
		assertEquals(0, shell.code);
		assertTrue(shell.out.contains("overlap=0.5"), shell.out);
		assertEquals(0, Shell.run("--help").code);
		assertEquals(2, Shell.run().code);
	}

	private static List<String> names(final Path folder, final String start) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).filter(n -> n.startsWith(start)).sorted()
				.toList();
		}
	}
}
