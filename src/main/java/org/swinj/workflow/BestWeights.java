package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.model.ModelFormatException;
import org.swinj.model.NetworkWeights;
import org.swinj.model.StateDict;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;
import org.swinj.training.Checkpoint;
import org.swinj.training.TrainingListener;

/** Watches a training run: validates, keeps the best weights, records the curve. */
final class BestWeights implements TrainingListener {

	private static final int STEPS_PER_LINE = 10;

	/** Validation may take this share of a limited time; it is skipped when it is not yet due again. */
	private static final double SHARE_OF_TIME = 0.12;

	private final SwinUnetr network;
	private final Validation validation; // null without held-back cases
	private final boolean timed;
	private final int patience; // validations in a row without a better Dice; 0 for any number
	private final FineTunePreview preview;
	private final TrainingWatcher watcher;
	private final Progress progress;
	private final List<String> curve = new ArrayList<>(List.of("step,seconds,loss,rate,dice"));
	private final long start = System.nanoTime();
	private double earlier; // seconds before an interruption
	private StateDict best;
	private double bestDice = Double.NaN;
	private int bestStep;
	private boolean latest; // whether the best weights are those looked at last
	private int worse; // validations since the best
	private double lossSum;
	private double validationSeconds;

	/**
	 * @param validation {@code null} without held-back cases
	 * @param timed whether the run is limited in time; if not, every validation is done, so that the
	 *          result does not depend on the machine's load
	 * @param patience validations in a row without a better Dice after which it is enough; 0 for never
	 */
	BestWeights(final SwinUnetr network, final Validation validation, final boolean timed,
		final int patience, final FineTunePreview preview, final TrainingWatcher watcher,
		final Progress progress)
	{
		this.patience = patience;
		this.preview = preview;
		this.watcher = watcher;
		this.timed = timed;
		this.network = network;
		this.validation = validation;
		this.progress = progress;
	}

	@Override
	public void stepDone(final int step, final double loss, final double rate) {
		if (Double.isFinite(loss)) watcher.point("loss", step, loss);
		lossSum += loss;
		if (step % STEPS_PER_LINE != 0) return;
		curve.add(String.format(Locale.ROOT, "%d,%.1f,%.5f,%.3g,", step, seconds(), lossSum
			/ STEPS_PER_LINE, rate));
		lossSum = 0;
	}

	@Override
	public void validate(final int step, final boolean last) throws IOException {
		if (validation == null) {
			best = NetworkWeights.of(network);
			preview.show(step, network);
			return;
		}
		if (!last && timed && validationSeconds > SHARE_OF_TIME * seconds()) return;
		final double begin = seconds();
		final double dice = Validation.average(validation.quickDice(network));
		validationSeconds += seconds() - begin;
		curve.add(String.format(Locale.ROOT, "%d,%.1f,,,%.4f", step, seconds(), dice));
		progress.info(String.format(Locale.ROOT, "Step %d: validation Dice %.4f", step, dice));
		watcher.point("validation Dice", step, dice);
		preview.show(step, network);
		latest = best == null || dice > bestDice;
		worse = latest ? 0 : worse + 1;
		if (!latest) return;
		best = NetworkWeights.of(network);
		bestDice = dice;
		bestStep = step;
		watcher.best(step, dice);
	}

	@Override
	public boolean isPlateau() {
		if (patience == 0 || worse < patience) return false;
		progress.info(String.format(Locale.ROOT,
			"The training ends early: %d validations in a row were no better than Dice %.4f", worse,
			bestDice));
		return true;
	}

	@Override
	public void save(final Checkpoint to) {
		to.put("curve", String.join("\n", curve));
		to.put("curve.loss", lossSum);
		to.put("curve.seconds", seconds());
		to.put("validation.seconds", validationSeconds);
		to.put("best.dice", bestDice);
		to.put("best.worse", worse);
		to.put("best.step", bestStep);
		if (best != null) to.put("best", best);
	}

	@Override
	public void restore(final Checkpoint from) throws ModelFormatException {
		curve.clear();
		curve.addAll(from.text("curve").lines().toList());
		lossSum = from.number("curve.loss");
		earlier = from.number("curve.seconds");
		validationSeconds = from.number("validation.seconds");
		bestDice = from.number("best.dice");
		worse = (int) from.number("best.worse");
		bestStep = (int) from.number("best.step");
		best = from.weights("best");
		if (!Double.isNaN(bestDice)) watcher.best(bestStep, bestDice);
	}

	/** The best weights so far, {@code null} before the first validation. */
	StateDict best() {
		return best;
	}

	/** Whether the weights at the end of the training are the best ones. */
	boolean isLatest() {
		return validation == null || latest;
	}

	/** Dice of the best weights so far, NaN before the first validation. */
	double bestDice() {
		return bestDice;
	}

	/** Writes loss and Dice over the steps as CSV. */
	void writeCurve(final Path file) throws IOException {
		Files.write(file, curve);
	}

	private double seconds() {
		return earlier + (System.nanoTime() - start) * 1e-9;
	}
}
