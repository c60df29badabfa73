package org.swinj.fiji;

import ij.IJ;
import ij.macro.Interpreter;

import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.swing.SwingUtilities;

import org.swinj.progress.Preview;
import org.swinj.progress.TrainingWatcher;

/**
 * What a person sees of a training, and what they want of it. It is written by the training and read
 * by a window, which asks now and then.
 */
public final class TrainingView implements TrainingWatcher, AutoCloseable {

	private final Map<String, Curve> curves = new LinkedHashMap<>();
	private final boolean watched;
	private Preview preview;
	private String state = "Reading the data …";
	private String best = "";
	private boolean paused;
	private boolean stopped;
	private boolean over;

	/** @param watched whether there is a window that shows previews */
	TrainingView(final boolean watched) {
		this.watched = watched;
	}

	/**
	 * A window, if there is a display and no macro in batch mode.
	 *
	 * @param title what the training is for
	 */
	public static TrainingView open(final String title) {
		final boolean watched = !GraphicsEnvironment.isHeadless() && IJ.getInstance() != null
			&& !Interpreter.isBatchMode();
		final TrainingView view = new TrainingView(watched);
		if (watched) SwingUtilities.invokeLater(() -> new TrainingWindow(title, view).setVisible(true));
		return view;
	}

	@Override
	public synchronized void point(final String curve, final int step, final double value) {
		curves.computeIfAbsent(curve, name -> new Curve(name, name.contains("Dice"))).add(step, value);
	}

	@Override
	public synchronized void best(final int step, final double dice) {
		best = String.format(Locale.ROOT, "Best so far: Dice %.4f after step %d", dice, step);
	}

	@Override
	public synchronized void progress(final int step, final double done, final double seconds) {
		state = String.format(Locale.ROOT, "Step %d, %.0f %% done, %s", step, 100 * done, left(done,
			seconds));
	}

	private static String left(final double done, final double seconds) {
		if (done <= 0) return "";
		final long left = Math.round(seconds * (1 - done) / done);
		if (left < 60) return left + " s left";
		if (left < 3600) return String.format(Locale.ROOT, "%d min %02d s left", left / 60, left % 60);
		return String.format(Locale.ROOT, "%d h %02d min left", left / 3600, left % 3600 / 60);
	}

	@Override
	public boolean wantsPreviews() {
		return watched;
	}

	@Override
	public synchronized void preview(final Preview picture) {
		preview = picture;
	}

	@Override
	public synchronized boolean isPaused() {
		return paused;
	}

	@Override
	public synchronized boolean isStopped() {
		return stopped;
	}

	/** The training has come to its end, and its model is there. */
	public synchronized void finished(final Path model) {
		state = (stopped ? "Stopped early" : "Finished") + ": the model is in " + model;
		over = true;
	}

	/** Whatever has happened, the training does not go on. */
	@Override
	public synchronized void close() {
		if (!over) state = "The training has ended before its time; see the message or the Log.";
		over = true;
	}

	synchronized void pause(final boolean wanted) {
		paused = wanted;
	}

	synchronized void stop() {
		stopped = true;
	}

	synchronized boolean isOver() {
		return over;
	}

	/** How far the training is, as a line. */
	synchronized String state() {
		if (over) return state;
		if (stopped) return state + ": ends after this step and a last validation";
		return paused ? state + ": paused" : state;
	}

	/** What is best so far as a line, empty if nothing is validated. */
	synchronized String best() {
		return best;
	}

	/** Copies of all curves. */
	synchronized List<Line> lines() {
		final List<Line> lines = new ArrayList<>();
		curves.values().forEach(c -> lines.add(new Line(c.name(), c.isDots(), c.steps(), c.values())));
		return lines;
	}

	/** The latest preview, {@code null} if there is none yet. */
	synchronized Preview preview() {
		return preview;
	}

	/**
	 * A curve at one moment.
	 *
	 * @param dots whether it is drawn as dots too
	 */
	record Line(String name, boolean dots, double[] steps, double[] values) {}
}
