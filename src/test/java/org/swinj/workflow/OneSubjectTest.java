package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.cli.TestData;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.progress.Progress;
import org.swinj.progress.RecordingProgress;

/** A training on the only volume there is, a bright rod along Z, is judged by a part of it. */
class OneSubjectTest {

	private static final int DEPTH = 48;

	@TempDir
	Path folder;

	private final List<String> told = new ArrayList<>();
	private final Progress progress = new RecordingProgress() {

		@Override
		public void info(final String line) {
			told.add(line);
		}
	};

	@Test
	void aPartIsHeldBack() throws IOException {
		final FineTuneResult result = train(1, "0.2");
		assertTrue(result.bestDice() > 0 && result.bestDice() <= 1, result.toString());
		assertEquals(1, result.classDice().length);
		assertTrue(told().contains("are held back to judge the training"), told());
		final Training training = SwinModel.read(folder.resolve("m")).card().training();
		assertTrue(training.judges().matches("planes \\d+ to \\d+ of \\d+ across [XYZ] of \"rod\", held back"),
			training.judges());
	}

	@Test
	void nothingIsHeldBackIfNothingShouldBe() throws IOException {
		assertTrue(Double.isNaN(train(1, "0").bestDice()));
		assertTrue(told().contains("1 case to train on, 0 held back"), told());
	}

	@Test
	void fewAnnotatedSlicesAreAllTrainedOn() throws IOException {
		assertTrue(Double.isNaN(train(6, "0.2").bestDice()));
		assertTrue(told().contains("annotated in places"), told());
	}

	private String told() {
		return String.join("\n", told);
	}

	/** @param every how many slices one is annotated */
	private FineTuneResult train(final int every, final String validation) throws IOException {
		final float[] labels = new float[32 * 32 * DEPTH];
		final float[] image = new float[labels.length];
		final Random random = new Random(1);
		for (int i = 0; i < labels.length; i++) {
			final int x = i % 32 - 14, y = i / 32 % 32 - 17;
			final boolean rod = x * x + y * y < 64;
			image[i] = (float) ((rod ? 400 : 100) + 20 * random.nextGaussian());
			labels[i] = i / 1024 % every != 0 ? 255 : rod ? 1 : 0;
		}
		TestData.write(folder.resolve("data/images/rod.nii.gz"), image, 32, 32, DEPTH, 1);
		TestData.write(folder.resolve("data/labels/rod.nii.gz"), labels, 32, 32, DEPTH, 1);
		return new FineTune(new FineTuneSettings(folder.resolve("data"), folder.resolve("m"), null, 0, 2,
			validation, 0, "", null, "", 12, "32", null, 0, 0, 0, 255, false, 1, 0, false, 0, 1, "cpu",
			"float32"), progress).run();
	}
}
