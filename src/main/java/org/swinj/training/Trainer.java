package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.swinj.backend.Backend;
import org.swinj.backend.DeviceMemory;
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

	private static final int SHOWN_LOSSES = 50; // in the running mean
	private static final int LONGEST_SHOWN = 80; // characters of a setting that differs

	private final Objective objective;
	private final TrainerSettings settings;
	private final Backend backend;
	private final TrainingListener listener;
	private final Progress progress;
	private final TrainingOperators ops;
	private final FirstSteps first = new FirstSteps();
	private final LossGuard guard = new LossGuard();
	private final TrainingClock clock = new TrainingClock();
	private final List<Checkpoint.Part> parts;
	private TrainingWatcher watcher = TrainingWatcher.none();
	private CheckpointFile checkpoints;
	private Keeper keeper; // null for no checkpoints
	private String identity = "";
	private Checkpoint stopped;
	private boolean fromFile; // whether there is a checkpoint of this training
	private boolean drawsAnew; // whether examples are others from here on
	private double shownLoss = Double.NaN;
	private int steps;
	private int validations;
	private boolean endedEarly;

	public Trainer(final Objective objective, final TrainerSettings settings, final Backend backend,
		final TrainingListener listener, final Progress progress)
	{
		this.objective = objective;
		this.settings = settings;
		this.backend = backend;
		this.listener = listener;
		this.progress = progress;
		ops = new TrainingOperators(backend.operators());
		parts = new ArrayList<>(List.of(objective, listener, first, guard));
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
		keeper = new Keeper(file, interval, progress);
		identity = settings;
		return this;
	}

	/** Lets somebody look on, who can let the training wait or end it early. */
	public Trainer watchedBy(final TrainingWatcher person) {
		watcher = person;
		return this;
	}

	/** Begins where the checkpoint in the file was written, {@code null} for the beginning. */
	public Trainer from(final Checkpoint checkpoint) {
		stopped = checkpoint;
		fromFile = checkpoint != null;
		return this;
	}

	/**
	 * Goes on with a training that had too little memory; the objective now needs less.
	 *
	 * @param repeatable whether the first steps can be repeated if none was done before
	 */
	public Trainer after(final MemoryShortage shortage, final boolean repeatable) {
		stopped = shortage.state();
		fromFile = shortage.isKept();
		drawsAnew = !repeatable || shortage.steps() > 0;
		return this;
	}

	/** Adds to what is kept in checkpoints and taken up from them. */
	public Trainer keeping(final Checkpoint.Part part) {
		parts.add(part);
		return this;
	}

	/**
	 * Trains to the end of the steps or of the time, or until nothing is gained any more, or until its
	 * watcher ends it; a checkpoint is written then if there is a file for it, and the rest is as in the
	 * end.
	 *
	 * @throws ArithmeticException if the loss is not a number again and again
	 * @throws ModelFormatException if the checkpoint to begin with is of another training
	 * @throws MemoryShortage if the device has too little memory for a step or a validation
	 * @throws CancelledException when the user asked to stop, or before the first step; a checkpoint is
	 *           written if there is a file for it
	 */
	public void run() throws IOException {
		clock.start();
		try (NDManager memory = backend.newScope(); Gradients on = backend.gradients(true)) {
			final AdamW optimiser = optimiser(memory);
			if (stopped != null) restore(stopped, optimiser);
			if (keeper != null) keeper.begin(seconds(), fromFile);
			try {
				train(optimiser);
				listener.validate(steps, true);
			}
			catch (final CancelledException e) {
				if (keeper != null && steps > 0) keeper.write(state(optimiser), seconds());
				throw e;
			}
			catch (final RuntimeException | OutOfMemoryError e) {
				if (!DeviceMemory.isShort(e)) throw e;
				DeviceMemory.release(backend.device());
				throw new MemoryShortage(state(optimiser), steps, keeper != null && keeper.hasAny(), e);
			}
		}
	}

	/**
	 * Repeats the first steps of a training, from the beginning, without validation or checkpoints.
	 *
	 * @param rates learning rate of each step
	 * @return loss of each step, NaN for one that was skipped
	 */
	public List<Double> replay(final List<Double> rates) throws IOException {
		final List<Double> losses = new ArrayList<>();
		try (NDManager memory = backend.newScope(); Gradients on = backend.gradients(true)) {
			final AdamW optimiser = optimiser(memory);
			for (final double rate : rates) {
				progress.update(losses.size(), rates.size(), "Step " + (losses.size() + 1));
				losses.add(step(losses.size(), rate, optimiser));
			}
		}
		return losses;
	}

	private AdamW optimiser(final NDManager memory) {
		return new AdamW(objective.parameters(), objective.rates(), settings.decay(), ops, memory);
	}

	private void train(final AdamW optimiser) throws IOException {
		while (true) {
			final int due = (int) (fraction() * settings.validations());
			if (due > validations && due < settings.validations()) {
				listener.validate(steps, false);
				validations = due;
				if (listener.isPlateau()) return;
			}
			if (fraction() >= 1) return;
			clock.await(watcher, progress);
			if (watcher.isStopped()) {
				endEarly(optimiser);
				return;
			}
			progress.checkCancelled();
			final double rate = rate(fraction()) * guard.factor();
			final double loss = step(steps, rate, optimiser);
			steps++;
			if (!first.isOver()) first.add(loss, rate);
			if (guard.isRescueDue(steps, loss, rate)) rescue(optimiser);
			report(loss);
			watcher.progress(steps, Math.min(1, fraction()), seconds());
			listener.stepDone(steps, loss, rate);
			if (keeper != null && guard.isWell() && keeper.isDue(seconds())) keeper.write(state(optimiser),
				seconds());
		}
	}

	private void endEarly(final AdamW optimiser) {
		if (steps == 0) throw new CancelledException();
		endedEarly = true;
		if (keeper != null) keeper.write(state(optimiser), seconds());
	}

	/** Back to the weights of the last checkpoint; steps and examples go on. */
	private void rescue(final AdamW optimiser) throws IOException {
		final Checkpoint good = keeper == null ? null : keeper.last();
		if (good != null) {
			restoreWeights(good, optimiser);
			objective.restore(good);
		}
		progress.warn(String.format(Locale.ROOT,
			"Step %d: the loss was not a number several times; %sthe learning rate is halved", steps,
			good == null ? "" : "the weights of step " + (int) good.number("trainer.steps")
				+ " are restored and "));
	}

	/** Seconds of training, those before an interruption included, without pauses. */
	private double seconds() {
		return clock.seconds();
	}

	/** Share of the run that is over. */
	private double fraction() {
		return Math.max((double) steps / settings.steps(), seconds() / settings.seconds());
	}

	private Checkpoint state(final AdamW optimiser) {
		final Checkpoint checkpoint = new Checkpoint();
		checkpoint.put("settings", identity);
		checkpoint.put("trainer.steps", steps);
		checkpoint.put("trainer.seconds", seconds());
		checkpoint.put("trainer.validations", validations);
		checkpoint.put("trainer.loss", shownLoss);
		checkpoint.put("parameter", objective.parameters());
		optimiser.save(checkpoint);
		parts.forEach(part -> part.save(checkpoint));
		return checkpoint;
	}

	private void restore(final Checkpoint checkpoint, final AdamW optimiser)
		throws ModelFormatException
	{
		if (!checkpoint.text("settings").equals(identity)) throw new ModelFormatException(
			"The stopped training in \"" + checkpoints.latest() + "\" had other settings: " + differing(
				checkpoint.text("settings")) + ". Give the same options, or begin anew without resume.");
		restoreWeights(checkpoint, optimiser);
		for (final Checkpoint.Part part : parts)
			part.restore(checkpoint);
		if (drawsAnew) first.forget();
		steps = (int) checkpoint.number("trainer.steps");
		clock.startAfter(checkpoint.number("trainer.seconds"));
		validations = (int) checkpoint.number("trainer.validations");
		shownLoss = checkpoint.number("trainer.loss");
		progress.info("Going on after step " + steps);
	}

	private void restoreWeights(final Checkpoint checkpoint, final AdamW optimiser)
		throws ModelFormatException
	{
		try (Gradients off = backend.gradients(false)) {
			checkpoint.get("parameter", objective.parameters());
			optimiser.restore(checkpoint);
		}
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
					final List<NDArray> gradients = objective.gradients(value);
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

	/** Losses and rates of the first steps. */
	public FirstSteps first() {
		return first;
	}

	/** Whether the watcher has ended the training before its time. */
	public boolean isEndedEarly() {
		return endedEarly;
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
