package org.swinj.fiji;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class TrainingViewTest {

	@Test
	void linesTellHowFarItIsAndWhatIsBest() {
		final TrainingView view = new TrainingView(true);
		view.progress(120, 0.25, 100);
		view.best(100, 0.87654);
		assertEquals("Step 120, 25 % done, 5 min 00 s left", view.state());
		assertEquals("Best so far: Dice 0.8765 after step 100", view.best());
		view.pause(true);
		assertTrue(view.isPaused());
		assertTrue(view.state().endsWith(": paused"));
	}

	@Test
	void endIsTheLastWord() {
		final TrainingView done = new TrainingView(true);
		done.stop();
		assertTrue(done.isStopped() && !done.isOver());
		done.finished(Path.of("m"));
		done.close();
		assertEquals("Stopped early: the model is in m", done.state());
		final TrainingView failed = new TrainingView(true);
		failed.close();
		assertTrue(failed.isOver() && failed.state().contains("before its time"), failed.state());
	}

	@Test
	void withoutADisplayNothingIsShown() {
		try (TrainingView view = TrainingView.open("Fine-tune m")) {
			assertFalse(view.wantsPreviews() || view.isPaused() || view.isStopped());
		}
	}

	@Test
	void longCurvesAreThinnedByMeans() {
		final TrainingView view = new TrainingView(true);
		for (int step = 1; step <= 2 * Curve.MOST; step++)
			view.point("loss", step, step % 2);
		view.point("loss", 1, Double.NaN);
		final TrainingView.Line line = view.lines().get(0);
		assertEquals(Curve.MOST / 2, line.steps().length);
		assertArrayEquals(new double[] { 2.5, 6.5 }, new double[] { line.steps()[0], line.steps()[1] });
		for (final double value : line.values())
			assertEquals(0.5, value);
	}
}
