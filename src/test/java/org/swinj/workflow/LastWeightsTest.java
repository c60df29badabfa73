package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.cli.TestData;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;

/** What a fine-tuning keeps of its last step. */
class LastWeightsTest {

	@TempDir
	Path folder;

	private Path data;

	@BeforeEach
	void writeData() throws IOException {
		data = TestData.write(folder.resolve("data"), 3);
	}

	/** At a rate of next to nothing the second validation is no better than the first. */
	@Test
	void theLastStepIsKeptWhereAnEarlierOneWasBetter() throws IOException {
		train("0.34");
		final SwinModel best = SwinModel.read(folder.resolve("m"));
		final SwinModel last = SwinModel.read(folder.resolve("m/last.zip"));
		assertEquals(2, last.card().training().steps());
		boolean other = false;
		for (final String name : best.weights().names()) {
			final float[] a = best.weights().get(name).toFloats();
			final float[] b = last.weights().get(name).toFloats();
			assertArrayEquals(a, b, 1e-6f);
			other |= !Arrays.equals(a, b);
		}
		assertTrue(other);
	}

	@Test
	void withoutValidationTheLastStepIsTheModel() throws IOException {
		train("0.34");
		train("0"); // into the same place
		assertFalse(Files.exists(folder.resolve("m/last.zip")));
	}

	private void train(final String validation) throws IOException {
		new FineTune(new FineTuneSettings(data, folder.resolve("m"), null, 0, 2, validation, 0, "", null,
			"", 12, "32", null, 0, 1e-11, 0, -1, false, 2, 0, false, 0, 1, "cpu", "float32"), Progress.silent())
				.run();
	}
}
