package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.model.ModelCard;
import org.swinj.model.SegmentationClass;
import org.swinj.model.SwinModel;

/** Presets on a small folder with the layout of the Medical Segmentation Decathlon. */
class PresetRunTest {

	private static final List<Integer> NUMBERS = List.of(1, 35, 36, 37, 38, 39, 40);

	@TempDir
	private Path folder;
	private Path data;

	@BeforeEach
	void prepare() {
		data = folder.resolve("data");
	}

	/** @param classes with background */
	private void write(final int classes, final String labels) throws IOException {
		final List<String> cases = new ArrayList<>();
		for (final int number : NUMBERS) {
			final float[] values = TestData.labels(number);
			for (int i = 1; i < classes; i++)
				values[200 * i] = i;
			final String image = String.format("imagesTr/img%04d.nii.gz", number);
			final String label = String.format("labelsTr/label%04d.nii.gz", number);
			TestData.write(data.resolve(image), TestData.image(number));
			TestData.write(data.resolve(label), values);
			cases.add("{\"image\": \"" + image + "\", \"label\": \"" + label + "\"}");
		}
		Files.writeString(data.resolve("dataset.json"), "{" + labels + "\"training\": [" + String.join(
			", ", cases) + "]}");
	}

	private Shell train(final String... more) {
		final List<String> arguments = new ArrayList<>(List.of("fine-tune", "data=" + data, "output="
			+ folder.resolve("model"), "steps=1", "device=cpu", "precision=float32", "feature_size=12",
			"patch=32", "batch=1"));
		arguments.addAll(List.of(more));
		return Shell.run(arguments.toArray(String[]::new));
	}

	@Test
	void btcvDecidesThePlanAndTheSplit() throws IOException {
		write(14, "");
		final Shell shell = train("preset=btcv");
		assertEquals(0, shell.code, shell.err);
		assertTrue(shell.err.contains("Held back as in the published split: label0035, label0036"),
			shell.err);
		assertTrue(shell.err.contains("voxels of 1.5 × 1.5 × 2 mm: from preset btcv"), shell.err);
		final ModelCard card = SwinModel.readCard(folder.resolve("model"));
		final JsonObject plan = card.plan();
		assertEquals("[1.5,1.5,2]", plan.get("voxel_size").toString());
		assertEquals("{\"scheme\":\"window\",\"lower\":-175.0,\"upper\":250.0}", plan.get("intensity")
			.toString());
		assertEquals(7, plan.get("window_size").getAsInt());
		assertEquals(12, plan.get("feature_size").getAsInt(), "as asked for");
		assertEquals(List.of("background", "spleen"), card.classes().stream().map(
			SegmentationClass::name).limit(2).toList());
		assertEquals(List.of("CT"), card.channels());
	}

	@Test
	void aTaskOfTheDecathlonMakesItCt() throws IOException {
		write(2, "\"labels\": {\"0\": \"background\", \"1\": \"spleen\"}, ");
		final Shell shell = train("preset=msd09-spleen", "validation=0");
		assertEquals(0, shell.code, shell.err);
		assertEquals("clip_zscore", SwinModel.readCard(folder.resolve("model")).plan().getAsJsonObject(
			"intensity").get("scheme").getAsString());
	}

	@Test
	void whatDoesNotFitIsRefused() throws IOException {
		write(2, "");
		refused(1, "Preset btcv has 14 classes", "preset=btcv");
		refused(2, "there are btcv, msd01-brain", "preset=nonsense");
		refused(2, "plan and preset cannot be given together", "preset=btcv", "plan=" + data);
		write(2, "\"modality\": {\"0\": \"MRI\"}, ");
		refused(1, "has 1 channel (MRI)", "preset=msd06-lung");
	}

	private void refused(final int code, final String words, final String... arguments) {
		final Shell shell = train(arguments);
		assertEquals(code, shell.code, shell.err);
		final String sentence = shell.json().get("message").getAsString();
		assertTrue(sentence.contains(words) && sentence.endsWith("."), sentence);
		assertFalse(Files.exists(folder.resolve("model")));
	}
}
