package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.TrainingOperators;
import org.swinj.model.ModelFormatException;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;

/**
 * The training loop, the same for every objective: draw, differentiate, clip, step. Native memory of
 * a step is freed before the next one begins.
 */
public final class Trainer {

	private static final int MAX_BAD_STEPS = 20;
	private static final int LOOK_MILLIS = 50; // in a pause
	private static final int SHOWN_LOSSES = 50; // in the running mean
	private static final int LONGEST_SHOWN = 80; // characters of a setting that differs

	private final Objective objective;
	private final TrainerSettings settings;
	private final Backend backend;
	private final TrainingListener listener;
	private final Progress progress;
	private final TrainingOperators ops;
	private TrainingWatcher watcher = TrainingWatcher.none();
	private CheckpointFile checkpoints;
	private String identity;
	private double interval;
	private Checkpoint stopped;
	private long begin;
	private double earlier; // seconds before an interruption
	private double shownLoss = Double.NaN;
	private int steps;
	private int validations;
	private long paused; // nanoseconds since the begin
	private boolean endedEarly;
	private int bad; // steps in a row without a finite loss

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
	 * Keeps the state in a file while training.
	 *
	 * @param file where
	 * @param settings what must be equal for another run to go on from there
	 * @param interval seconds between two checkpoints
	 */
	public Trainer withCheckpoints(final CheckpointFile file, final String settings,
		final double interval)
	{
		checkpoints = file;
		identity = settings;
		this.interval = interval;
		return this;
	}

	/** Lets somebody look on, who can let the training wait or end it early. */
	public Trainer watchedBy(final TrainingWatcher person) {
		watcher = person;
		return this;
	}

	/** Begins where a checkpoint was written, {@code null} for the beginning. */
	public Trainer from(final Checkpoint checkpoint) {
		stopped = checkpoint;
		return this;
	}

	/**
	 * Trains to the end of the steps or of the time, whichever comes first, or until its watcher ends
	 * it; a checkpoint is written then if there is a file for it, and the rest is as in the end.
	 *
	 * @throws ArithmeticException if the loss is not a number again and again
	 * @throws ModelFormatException if the checkpoint to begin with is of another training
	 * @throws CancelledException when the user asked to stop, or before the first step; a checkpoint is written if there is a file
	 *           for it
	 */
	public void run() throws IOException {
		begin = System.nanoTime();
		try (NDManager memory = backend.newScope(); Gradients on = backend.gradients(true)) {
			final AdamW optimiser = new AdamW(objective.parameters(), objective.rates(), settings.decay(),
				ops, memory);
			if (stopped != null) restore(stopped, optimiser);
			try {
				train(optimiser);
			}
			catch (final CancelledException e) {
				if (checkpoints != null && steps > 0) save(optimiser);
				throw e;
			}
		}
		listener.validate(steps, true);
	}

	private void train(final AdamW optimiser) throws IOException {
		double saved = seconds();
		while (true) {
			final int due = (int) (fraction() * settings.validations());
			if (due > validations && due < settings.validations()) listener.validate(steps, false);
			validations = Math.max(validations, due);
			if (fraction() >= 1) return;
			await();
			if (watcher.isStopped()) {
				endEarly(optimiser);
				return;
			}
			progress.checkCancelled();
			final double rate = rate(fraction());
			final double loss = step(steps, rate, optimiser);
			steps++;
			bad = Double.isFinite(loss) ? 0 : bad + 1;
			if (bad == MAX_BAD_STEPS) throw new ArithmeticException("The loss was not a number in "
				+ MAX_BAD_STEPS + " steps in a row, last in step " + steps
				+ ". A lower learning rate may help; the present one is " + rate + ".");
			report(loss);
			watcher.progress(steps, Math.min(1, fraction()), seconds());
			listener.stepDone(steps, loss, rate);
			if (checkpoints == null || seconds() - saved < interval) continue;
			save(optimiser);
			saved = seconds();
		}
	}

	/** Waits while the watcher wants it; that time does not count. */
	private void await() {
		final long since = System.nanoTime();
		while (watcher.isPaused() && !watcher.isStopped()) {
			progress.checkCancelled();
			try {
				Thread.sleep(LOOK_MILLIS);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt(); // which cancels
			}
		}
		paused += System.nanoTime() - since;
	}

	private void endEarly(final AdamW optimiser) throws IOException {
		if (steps == 0) throw new CancelledException();
		endedEarly = true;
		if (checkpoints != null) save(optimiser);
	}

	/** Whether the watcher has ended the training before its time. */
	public boolean isEndedEarly() {
		return endedEarly;
	}

	/** Seconds of training, those before an interruption included, without pauses. */
	private double seconds() {
		return earlier + (System.nanoTime() - begin - paused) * 1e-9;
	}

	/** Share of the run that is over. */
	private double fraction() {
		return Math.max((double) steps / settings.steps(), seconds() / settings.seconds());
	}

	private void save(final AdamW optimiser) throws IOException {
		final Checkpoint checkpoint = new Checkpoint();
		checkpoint.put("settings", identity);
		checkpoint.put("trainer.steps", steps);
		checkpoint.put("trainer.seconds", seconds());
		checkpoint.put("trainer.validations", validations);
		checkpoint.put("trainer.bad", bad);
		checkpoint.put("trainer.loss", shownLoss);
		checkpoint.put("parameter", objective.parameters());
		optimiser.save(checkpoint);
		objective.save(checkpoint);
		listener.save(checkpoint);
		checkpoints.write(checkpoint);
	}

	private void restore(final Checkpoint checkpoint, final AdamW optimiser)
		throws ModelFormatException
	{
		if (!checkpoint.text("settings").equals(identity)) throw new ModelFormatException(
			"The stopped training in \"" + checkpoints.latest() + "\" had other settings: " + differing(
				checkpoint.text("settings")) + ". Give the same options, or begin anew without resume.");
		try (Gradients off = backend.gradients(false)) {
			checkpoint.get("parameter", objective.parameters());
			optimiser.restore(checkpoint);
		}
		objective.restore(checkpoint);
		listener.restore(checkpoint);
		steps = (int) checkpoint.number("trainer.steps");
		earlier = checkpoint.number("trainer.seconds");
		validations = (int) checkpoint.number("trainer.validations");
		bad = (int) checkpoint.number("trainer.bad");
		shownLoss = checkpoint.number("trainer.loss");
		progress.info("Going on after step " + steps);
	}

	/** The words of other settings that are not in these, the short ones if there are any. */
	private String differing(final String others) {
		final Set<String> here = new HashSet<>(Arrays.asList(identity.split(" ")));
		final List<String> words = Arrays.stream(others.split(" ")).filter(word -> !here.contains(word))
			.toList();
		final List<String> few = words.stream().filter(word -> word.length() < LONGEST_SHOWN).toList();
		return String.join(" ", few.isEmpty() ? words : few);
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

	private void report(final double loss) {
		if (Double.isFinite(loss)) shownLoss = Double.isNaN(shownLoss) ? loss : shownLoss + (loss
			- shownLoss) / Math.min(steps, SHOWN_LOSSES);
		progress.update(Math.round(Math.min(1, fraction()) * settings.steps()), settings.steps(), String
			.format(Locale.ROOT, "Step %d, loss %.4f", steps, shownLoss));
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
