package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.TrainingOperators;
import org.swinj.progress.Progress;

/**
 * The training loop, the same for every objective: draw, differentiate, clip, step. Native memory of
 * a step is freed before the next one begins.
 */
public final class Trainer {

	private static final int MAX_BAD_STEPS = 20;
	private static final int SHOWN_LOSSES = 50; // in the running mean

	private final Objective objective;
	private final TrainerSettings settings;
	private final Backend backend;
	private final TrainingListener listener;
	private final Progress progress;
	private final TrainingOperators ops;
	private double shownLoss = Double.NaN;
	private int steps;

	public Trainer(final Objective objective, final TrainerSettings settings, final Backend backend,
		final TrainingListener listener, final Progress progress)
	{
		this.objective = objective;
		this.settings = settings;
		this.backend = backend;
		this.listener = listener;
		this.progress = progress;
		ops = new TrainingOperators(backend.operators());
	}

	/**
	 * Trains to the end of the steps or of the time, whichever comes first.
	 *
	 * @throws ArithmeticException if the loss is not a number again and again
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public void run() throws IOException {
		final long start = System.nanoTime();
		int step = 0;
		int bad = 0;
		try (NDManager memory = backend.newScope(); Gradients on = backend.gradients(true)) {
			final AdamW optimiser = new AdamW(objective.parameters(), objective.rates(), settings
				.decay(), ops, memory);
			int validations = 0;
			for (double done = 0; done < 1; done = fraction(step, start)) {
				progress.checkCancelled();
				final double rate = rate(done);
				final double loss = step(step, rate, optimiser);
				steps = ++step;
				bad = Double.isFinite(loss) ? 0 : bad + 1;
				if (bad == MAX_BAD_STEPS) throw new ArithmeticException("The loss was not a number in "
					+ MAX_BAD_STEPS + " steps in a row, last in step " + step
					+ ". A lower learning rate may help; the present one is " + rate + ".");
				report(step, loss, fraction(step, start));
				listener.stepDone(step, loss, rate);
				final int due = (int) (fraction(step, start) * settings.validations());
				if (due > validations && due < settings.validations()) listener.validate(step, false);
				validations = Math.max(validations, due);
			}
		}
		listener.validate(step, true);
	}

	/** Share of the run that is over. */
	private double fraction(final int step, final long start) {
		return Math.max((double) step / settings.steps(), (System.nanoTime() - start) * 1e-9 / settings
			.seconds());
	}

	/** Linear warm-up, then half a cosine to zero. */
	private double rate(final double done) {
		final double w = settings.warmup();
		if (done < w) return settings.rate() * Math.max(done / w, 0.01);
		return settings.rate() * 0.5 * (1 + Math.cos(Math.PI * (done - w) / (1 - w)));
	}

	/** One optimiser step; a step whose loss or gradient is not a number changes nothing. */
	private double step(final int step, final double rate, final AdamW optimiser)
		throws IOException
	{
		try (NDManager scope = backend.newScope()) {
			List<NDArray> sums = null;
			double loss = 0;
			for (int i = 0; i < settings.batch(); i++) {
				progress.checkCancelled();
				try (NDManager inner = scope.newSubManager()) {
					final NDArray value = objective.loss((long) step * settings.batch() + i, inner);
					loss += value.getFloat() / settings.batch();
					final List<NDArray> gradients = ops.gradients(value, objective.parameters());
					if (sums == null) {
						sums = gradients;
						sums.forEach(g -> g.attach(scope));
					}
					else ops.accumulate(sums, gradients);
				}
			}
			final double norm = ops.norm(sums) / settings.batch();
			if (!Double.isFinite(loss) || !Double.isFinite(norm)) return Double.NaN;
			ops.scale(sums, Math.min(1, settings.clip() / (norm + 1e-6)) / settings.batch());
			optimiser.step(sums, rate);
			return loss;
		}
	}

	private void report(final int step, final double loss, final double done) {
		if (Double.isFinite(loss)) shownLoss = Double.isNaN(shownLoss) ? loss : shownLoss + (loss
			- shownLoss) / Math.min(step, SHOWN_LOSSES);
		progress.update(Math.round(Math.min(1, done) * settings.steps()), settings.steps(), String
			.format(Locale.ROOT, "Step %d, loss %.4f", step, shownLoss));
	}

	/** Steps done so far. */
	public int steps() {
		return steps;
	}

	/** Mean loss over about the last fifty steps. */
	public double recentLoss() {
		return shownLoss;
	}
}
