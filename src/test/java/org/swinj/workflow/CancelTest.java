package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.cli.TestData;
import org.swinj.model.SwinModel;
import org.swinj.progress.CancelledException;

/** A training can be stopped in every phase, and keeps what there is. */
class CancelTest {

	/** Nobody waits longer, however busy the machine is. */
	private static final double MOST_SECONDS = 60;

	private static final String GO_ON =
		" Go on from here with resume=true (field \"Go on with a stopped training\").";

	@TempDir
	Path folder;

	private Path data;
	private Path model;

	@BeforeEach
	void writeData() throws IOException {
		data = TestData.write(folder.resolve("data"), 3);
		model = folder.resolve("m");
	}

	@AfterEach
	void clearInterrupt() {
		Thread.interrupted();
	}

	private FineTuneResult train(final FaultAt fault) throws IOException {
		return new FineTune(new FineTuneSettings(data, model, null, 0, 6, "0.34", 0, "", null, "", 12,
			"32", null, 0, 0, 0, -1, false, 3, 0, false, 0, 1, "cpu", "float32"), fault).run();
	}

	private String stopped(final FaultAt fault) {
		final CancelledException e = assertThrows(CancelledException.class, () -> train(fault));
		assertEquals(1, fault.faults());
		assertTrue(fault.seconds() < MOST_SECONDS, fault.seconds() + " s");
		assertFalse(Files.exists(folder.resolve("m.lock")));
		return e.getMessage();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Finding the classes", "Looking at the data", "Reading 3 cases" })
	void beforeTheTrainingNothingIsWritten(final String stage) {
		assertEquals("Cancelled", stopped(FaultAt.cancelling((now, step) -> now.equals(stage))));
		assertFalse(Files.exists(model));
	}

	@Test
	void beforeTheFirstValidationACheckpointIsWritten() {
		final String message = stopped(FaultAt.cancelling((now, step) -> now.equals("Training")
			&& step == 1));
		assertTrue(message.startsWith("Cancelled after 1 steps: no model was written, as none was validated"
			+ " yet.") && message.endsWith(GO_ON), message);
		assertFalse(Files.exists(model));
		assertTrue(Files.exists(folder.resolve("m.checkpoint")));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void inTheTrainingTheBestModelIsKept(final boolean interrupt) throws IOException {
		final FaultAt.Moment moment = (now, step) -> now.equals("Training") && step == 3;
		checkKept(stopped(interrupt ? FaultAt.interrupting(moment) : FaultAt.cancelling(moment)));
		assertEquals(interrupt, Thread.interrupted());
	}

	@Test
	void inAValidationTheBestModelIsKept() throws IOException {
		checkKept(stopped(FaultAt.cancelling((now, step) -> step == 4 && FaultAt.inValidation())));
	}

	@Test
	void inTheLastValidationTheBestModelIsKept() throws IOException {
		checkKept(stopped(FaultAt.cancelling((now, step) -> now.equals("Validating"))));
	}

	@Test
	void aModelThatIsBeingWrittenIsFinished() throws IOException {
		train(FaultAt.cancelling((now, step) -> now.equals("Writing model")));
		assertEquals(6, SwinModel.read(model).card().training().steps());
	}

	private void checkKept(final String message) throws IOException {
		assertTrue(message.contains(" steps: the best model so far is in \"" + model + "\"."), message);
		assertEquals(Files.exists(folder.resolve("m.checkpoint")), message.endsWith(GO_ON), message);
		SwinModel.read(model);
	}
}
