package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.swinj.data.Intensity;
import org.swinj.model.ModelCard;
import org.swinj.model.SegmentationClass;
import org.swinj.model.Training;
import org.swinj.network.SwinConfig;

class ModelReportTest {

	private static ModelCard card() {
		return ModelCard.of("m", SwinConfig.monai(1, 3, 24), List.of(SegmentationClass.of(0,
			"background"), SegmentationClass.of(1, "axon"), SegmentationClass.of(2, "soma")), List.of(
				"DAPI"), new double[] { 0.25, 0.25, 1 }, "µm", false, Intensity.window(-10, 2000),
			new int[] { 64, 64, 32 });
	}

	@Test
	void methodsSayWhatWasDone() {
		final Training training = new Training(7, 400, 0.3, 0.87654, List.of("c", "d"), "GPU 0: CUDA, bfloat16",
			"SwinJ 1.2.3, PyTorch 2.7.1, Java 21", "2026-11-28T09:00:00Z", List.of("rate=0.001",
				"pretrained=start"), List.of("a.tif", "b.tif"));
		assertEquals("Volumes were segmented into axon and soma with SwinJ 1.2.3 in Fiji. The network was "
			+ "a Swin UNETR with 24 features on patches of 64 × 64 × 32 voxels of 0.25 × 0.25 × 1 µm; "
			+ "intensities: clipped to -10 … 2000, then scaled to 0 … 1. It was trained for 400 steps of "
			+ "AdamW, starting from the weights of start, with the sum of Dice loss and cross-entropy (seed "
			+ "7, GPU 0: CUDA, bfloat16); the mean Dice was 0.877 on 2 held-back cases.",
			new ModelReport(card().withTraining(training)).methods());
		final String page = new ModelReport(card().withTraining(training)).markdown();
		assertTrue(page.contains("- files: a.tif, b.tif\n") && page.contains("- `rate=0.001`"), page);
	}

	@Test
	void whatIsNotKnownIsNotSaid() {
		final String page = new ModelReport(card()).markdown();
		assertFalse(page.contains("trained for") || page.contains("NaN") || page.contains("null"), page);
		final String start = new ModelReport(card().asEncoderOnly()).markdown();
		assertTrue(start.contains("pretrained without labels") && !start.contains("axon"), start);
	}
}
