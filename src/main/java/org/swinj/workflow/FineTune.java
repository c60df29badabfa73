package org.swinj.workflow;

import ai.djl.engine.EngineException;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.swinj.backend.Backend;
import org.swinj.backend.DeviceMemory;
import org.swinj.data.AugmentationSettings;
import org.swinj.data.CropSampler;
import org.swinj.data.Dataset;
import org.swinj.data.LabelMap;
import org.swinj.data.Plan;
import org.swinj.data.Split;
import org.swinj.data.TrainingVolume;
import org.swinj.model.NetworkWeights;
import org.swinj.model.SegmentationClass;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.network.Sections;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;
import org.swinj.training.DiceCeLoss;
import org.swinj.training.FirstSteps;
import org.swinj.training.LayerDecay;
import org.swinj.training.MemoryShortage;
import org.swinj.training.OutputFit;
import org.swinj.training.SegmentationObjective;
import org.swinj.training.Trainer;
import org.swinj.training.TrainerSettings;
import org.swinj.training.TrainingListener;

/**
 * Trains a Swin UNETR on labelled volumes, from random weights or from a pretrained model.
 *
 * <pre>
 * new FineTune(FineTuneSettings.of(data, output).withMinutes(30), progress).run();
 * </pre>
 */
public final class FineTune {

	/** Share of a time budget that is left for writing, and for a validation that takes longer than foreseen. */
	private static final double RESERVE = 0.03;

	/** The last validation gets no more of it. */
	private static final double MOST_VALIDATION = 0.4;

	/** In manifests. */
	static final String KIND = "fine-tune";

	private final FineTuneSettings settings;
	private final String source;
	private final TrainingWatcher watcher;
	private final Progress progress;
	private final long start = System.nanoTime();
	private StoppedRun stopped;
	private Dataset parts; // null for those of the settings
	private Split split; // the same

	public FineTune(final FineTuneSettings settings, final Progress progress) {
		this(settings, settings.data().toString(), TrainingWatcher.none(), progress);
	}

	/**
	 * @param source what people call the data, for the history of the model
	 * @param watcher sees the course of the training and may end it early
	 */
	public FineTune(final FineTuneSettings settings, final String source,
		final TrainingWatcher watcher, final Progress progress)
	{
		this.settings = settings;
		this.source = source;
		this.watcher = watcher;
		this.progress = progress;
	}

	/** The same training on these cases of a data set instead of those that the settings choose. */
	FineTune on(final Dataset dataset, final Split cases) {
		parts = dataset;
		split = cases;
		return this;
	}

	/**
	 * Reads, plans, trains, validates and writes the best model.
	 *
	 * @throws org.swinj.data.FormatException if the data cannot be trained on, the plan makes no sense,
	 *           or the disk has no room for the model
	 * @throws org.swinj.model.ModelFormatException if the pretrained model cannot be read or the
	 *           output must not be replaced
	 * @throws ArithmeticException if the loss is not a number again and again; the best model so far is
	 *           kept, if there is one
	 * @throws OutOfDeviceMemory if even the smallest crops do not fit; the same
	 * @throws CancelledException when the user asked to stop; the best model so far is kept, if there
	 *           is one
	 */
	public FineTuneResult run() throws IOException {
		SwinModel.checkTarget(settings.output());
		try (OutputLock lock = OutputLock.of(settings.output())) {
			stopped = StoppedRun.of(settings.output(), settings.resume(), progress);
			if (stopped.finished() != null) return finished(stopped.finished());
			return prepare(this::train);
		}
		catch (final ClosedByInterruptException e) {
			throw new CancelledException();
		}
	}

	/**
	 * Repeats the first steps of a training with these settings; writes nothing.
	 *
	 * @param rates learning rate of each step
	 * @return loss of each step, NaN for one that was skipped
	 */
	List<Double> replay(final List<Double> rates) throws IOException {
		return prepare(ready -> {
			fitOutput(ready, ready.plan().plan());
			progress.stage("Repeating the first steps");
			try (SegmentationObjective objective = objective(ready, ready.plan().plan())) {
				ready.network().sections().set(Sections.Mode.KEEP);
				return new Trainer(objective, trainerSettings(ready.plan(), 0), ready.backend(),
					new TrainingListener() {}, progress).replay(rates);
			}
		});
	}

	/** By which the training can be repeated; of no use where the cases were chosen elsewhere. */
	private FirstSteps first(final Trainer trainer) {
		return parts == null ? trainer.first() : new FirstSteps();
	}

	private <T> T prepare(final FineTuneSetup.Work<T> work) throws IOException {
		return FineTuneSetup.with(settings, parts, split, progress, work);
	}

	private CropSampler sampler(final FineTuneSetup ready, final Plan plan) {
		final LabelledVolumes volumes = ready.volumes();
		return new CropSampler(volumes.training(), plan.patch(), ready.dataset().labels().classes(), plan
			.foreground(), AugmentationSettings.of(volumes.spacing(), volumes.isOriented(), ready.plan()
				.twins()), settings.seed());
	}

	/** Whether a new output layer gets a start; the published recipes of presets leave it random. */
	private boolean fitsOutput(final FineTuneSetup ready) {
		return ready.isOutputNew() && settings.preset().isEmpty();
	}

	private void fitOutput(final FineTuneSetup ready, final Plan plan) {
		if (!fitsOutput(ready)) return;
		try {
			new OutputFit(sampler(ready, plan), new DiceCeLoss(), ready.backend(), progress)
				.fit(ready.network());
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			if (!DeviceMemory.isShort(e)) throw e;
			DeviceMemory.release(ready.backend().device());
			progress.warn(ready.backend().device().name() + " has too little memory to fit the output layer: "
				+ "the training begins without.");
		}
	}

	private SegmentationObjective objective(final FineTuneSetup ready, final Plan plan) {
		return new SegmentationObjective(ready.network(), sampler(ready, plan), new DiceCeLoss(),
			layerDecay(), ready.backend());
	}

	private FineTuneResult train(final FineTuneSetup ready) throws IOException {
		final FineTuneOutput output = new FineTuneOutput(settings, source, ready.dataset(), ready
			.volumes(), ready.network(), stopped, progress);
		output.checkSpace();
		final Plan planned = ready.plan().plan();
		final CropsInUse crops = new CropsInUse(planned.patch(), 1, stopped.checkpoint()); // one by one
		if (stopped.checkpoint() == null) crops.fitInto(ready.backend().freeMemory(), ready.network()
			.config(), ready.backend().precision(), 1, progress);
		final List<TrainingVolume> heldBack = ready.volumes().validation();
		final Validation shown = new Validation(heldBack.isEmpty() ? ready.volumes().training() : heldBack,
			ready.dataset().labels().classes(), crops.patch(), ready.backend(), progress);
		final Validation validation = heldBack.isEmpty() ? null : shown;
		final FineTunePreview preview = new FineTunePreview(shown, validation != null, colors(ready
			.dataset().labels()), watcher);
		final BestWeights best = new BestWeights(ready.network(), validation, settings.steps() == 0,
			settings.patience(), preview, watcher, progress);
		TrainerSettings length = null;
		ready.inputs().start();
		preview.begin();
		MemoryShortage shortage = null;
		while (true) {
			final FineTunePlan plan = ready.plan().withPlan(crops.in(planned));
			final boolean anew = stopped.checkpoint() == null && (shortage == null || shortage.steps() == 0);
			if (anew) fitOutput(ready, plan.plan());
			if (length == null) length = trainerSettings(ready.plan(), lastValidation(validation, ready));
			progress.stage("Training");
			ready.network().sections().set(crops.mode());
			try (SegmentationObjective objective = objective(ready, plan.plan())) {
				final Trainer trainer = stopped.prepare(new Trainer(objective, length, ready.backend(),
					best, progress).keeping(crops).watchedBy(watcher), identity(ready), settings.checkpoint());
				if (shortage != null && !(anew && fitsOutput(ready))) trainer.after(shortage, settings.preset()
					.isEmpty());
				try {
					trainer.run();
					return finish(ready, plan, trainer, best, validation, output);
				}
				catch (final CancelledException e) {
					throw new CancelledException("Cancelled after " + trainer.steps() + " steps: " + kept(ready,
						plan, trainer, best, output));
				}
				catch (final ArithmeticException e) {
					throw new ArithmeticException(e.getMessage() + " After " + trainer.steps() + " steps, "
						+ kept(ready, plan, trainer, best, output));
				}
				catch (final MemoryShortage e) {
					shortage = e;
					if (!crops.canShrink()) throw new OutOfDeviceMemory(ready.backend().device().name(), crops,
						kept(ready, plan, trainer, best, output), e);
				}
				catch (final EngineException e) {
					throw new DeviceFailure(ready.backend().device().name(), trainer.steps(), kept(ready, plan,
						trainer, best, output), e);
				}
			}
			final String before = crops.toString();
			crops.shrink();
			progress.warn(ready.backend().device().name() + " has too little memory for " + before
				+ ": the training goes on with " + crops + ".");
			shown.usePatch(crops.patch());
		}
	}

	private static int[] colors(final LabelMap labels) {
		return IntStream.range(0, labels.classes()).map(c -> SegmentationClass.of(labels.valueOf(c), labels
			.names().get(c)).rgb()).toArray();
	}

	/** What must be equal for a stopped training to go on. */
	private String identity(final FineTuneSetup ready) {
		return settings.identity() + " plan=" + ready.plan().json(ready.network().config()) + " volumes="
			+ ready.volumes().identity();
	}

	private FineTuneResult finish(final FineTuneSetup ready, final FineTunePlan plan,
		final Trainer trainer, final BestWeights best, final Validation validation,
		final FineTuneOutput output) throws IOException
	{
		final StateDict last = best.isLatest() ? best.best() : NetworkWeights.of(ready.network());
		NetworkWeights.load(best.best(), ready.network());
		final double[] dice = finalDice(validation, ready);
		final FineTuneResult result = result(trainer, dice.length == 0 ? best.bestDice() : Validation
			.average(dice), dice, ready.backend());
		final Manifest manifest = Manifest.of(KIND, settings, ready.backend(), ready.inputs().await(),
			first(trainer));
		output.write(plan, best, result, manifest);
		output.writeLast(plan, last, best, result, manifest);
		if (trainer.isEndedEarly()) progress.info(String.format(Locale.ROOT,
			"Stopped after %d steps: the best model so far is in \"%s\".%s", result.steps(), settings
				.output(), stopped.goOn()));
		else stopped.file().delete();
		return result;
	}

	/** @param validation seconds that the last one takes */
	private TrainerSettings trainerSettings(final FineTunePlan decided, final double validation) {
		final double budget = decided.minutes() * 60;
		final double seconds = budget == 0 ? Double.POSITIVE_INFINITY : Math.max(1, budget * (1
			- RESERVE) - Math.min(MOST_VALIDATION * budget, validation) - seconds());
		final int steps = decided.plan().steps() > 0 ? decided.plan().steps() : Integer.MAX_VALUE;
		final TrainerSettings trainer = TrainerSettings.of(steps, seconds).withBatch(decided.plan()
			.batch()).withRate(decided.rate());
		return settings.checks() > 0 ? trainer.withValidations(settings.checks()) : trainer;
	}

	private LayerDecay layerDecay() {
		final boolean free = settings.layerDecay() == 0;
		return new LayerDecay(free || settings.pretrained() == null ? 1 : settings.layerDecay());
	}

	/** Saves what there is when a training does not come to its end, and says so. */
	private String kept(final FineTuneSetup ready, final FineTunePlan plan, final Trainer trainer,
		final BestWeights best, final FineTuneOutput output) throws IOException
	{
		if (best.best() == null) return "no model was written, as none was validated yet." + stopped
			.goOn();
		final boolean interrupted = Thread.interrupted(); // would close the files
		try {
			output.write(plan, best, result(trainer, best.bestDice(), new double[0], ready
				.backend()), Manifest.of(KIND, settings, ready.backend(), ready.inputs().soFar(),
					first(trainer)));
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
		return "the best model so far is in \"" + settings.output() + "\"." + stopped.goOn();
	}

	/** Seconds to leave for it in a limited time; 0 if that cannot be told. */
	private double lastValidation(final Validation validation, final FineTuneSetup ready)
		throws IOException
	{
		if (validation == null || ready.plan().minutes() == 0) return 0;
		try {
			return validation.forecast(ready.network());
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			if (!DeviceMemory.isShort(e)) throw e;
			DeviceMemory.release(ready.backend().device());
			return 0;
		}
	}

	/** Dice of each class on the held-back cases; none if there are none, or too little memory. */
	private double[] finalDice(final Validation validation, final FineTuneSetup ready)
		throws IOException
	{
		if (validation == null) return new double[0];
		progress.stage("Validating");
		final LabelMap labels = ready.dataset().labels();
		try {
			final double[] dice = validation.dice(ready.network());
			for (int c = 1; c < labels.classes(); c++)
				progress.info(String.format(Locale.ROOT, "Validation Dice of %s: %.4f", labels.names().get(c),
					dice[c - 1]));
			return dice;
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			if (!DeviceMemory.isShort(e)) throw e;
			progress.warn(ready.backend().device().name() + " has too little memory to validate whole "
				+ "volumes: the Dice is that of their middle parts.");
			return new double[0];
		}
	}

	private FineTuneResult result(final Trainer trainer, final double dice, final double[] classDice,
		final Backend backend)
	{
		return new FineTuneResult(settings.output(), trainer.steps(), trainer.recentLoss(), dice,
			classDice, seconds(), backend.describe());
	}

	private FineTuneResult finished(final Training training) {
		return new FineTuneResult(settings.output(), training.steps(), training.finalLoss(), training
			.bestDice(), new double[0], seconds(), training.device());
	}

	private double seconds() {
		return (System.nanoTime() - start) * 1e-9;
	}
}
