package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.cli.TestData;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;
import org.swinj.result.ObjectMethod;

/** A segmentation in the same process changes nothing of a training. */
class AtOnceTest {

	@TempDir
	Path folder;

	private String train(final String output, final Progress progress) throws IOException {
		new FineTune(new FineTuneSettings(folder.resolve("data"), folder.resolve(output), null, 0, 4,
			"0.5", 0, "", null, "", 12, "32", null, 0, 0, 0, -1, false, 2, 0, false, 0, 1, "cpu",
			"float32"), progress).run();
		return SwinModel.readCard(folder.resolve(output)).weightsSha256();
	}

	@Test
	void bothGiveWhatTheyGiveAlone() throws Exception {
		TestData.write(folder.resolve("data"), 2);
		final String alone = train("alone", Progress.silent());
		segment("before.nii.gz");
		final CompletableFuture<Void> segmented = new CompletableFuture<>();
		final FaultAt during = FaultAt.doing((stage, step) -> stage.equals("Training") && step == 1,
			() -> new Thread(() -> {
				try {
					segment("during.nii.gz");
					segmented.complete(null);
				}
				catch (final IOException | RuntimeException e) {
					segmented.completeExceptionally(e);
				}
			}).start());
		assertEquals(alone, train("other", during));
		segmented.get();
		assertEquals(1, during.faults());
		assertTrue(Files.mismatch(folder.resolve("before.nii.gz"), folder.resolve("during.nii.gz")) < 0);
	}

	private void segment(final String output) throws IOException {
		new Segment(new SegmentSettings(folder.resolve("data/images/case_1.nii.gz"), folder.resolve(
			"alone"), folder.resolve(output), 0.5, false, false, false, false, false,
			ObjectMethod.NONE, false, false, "cpu", "float32"), Progress.silent()).run();
	}
}
