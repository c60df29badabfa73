package org.swinj.workflow;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.swinj.backend.Backend;
import org.swinj.data.Plan;
import org.swinj.data.UnlabelledSampler;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.network.Merging;
import org.swinj.network.PretextNetwork;
import org.swinj.network.Sections;
import org.swinj.network.SwinConfig;
import org.swinj.pretext.Places;
import org.swinj.pretext.PretextSampler;
import org.swinj.pretext.PretextSettings;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;
import org.swinj.training.MemoryShortage;
import org.swinj.training.PretextObjective;
import org.swinj.training.TaskLosses;
import org.swinj.training.Trainer;
import org.swinj.training.TrainerSettings;
import org.swinj.training.TrainingListener;

/**
 * Pretrains a Swin UNETR, or its encoder, on volumes without labels. The model it writes is a start
 * for {@link FineTune}; it cannot segment.
 *
 * <pre>
 * new Pretrain(PretrainSettings.of(data, output).withMinutes(60), progress).run();
 * </pre>
 */
public final class Pretrain {

	/** Share of a time budget that is left for writing. */
	private static final double RESERVE = 0.02;

	private static final double DEFAULT_MINUTES = 60;

	/** Of the paper's mode, where neither time nor steps are given. */
	public static final int PAPER_STEPS = 100_000;

	private static final double PAPER_RATE = 4e-4;
	private static final double PAPER_DECAY = 0.1;
	private static final int PAPER_WARMUP = 500; // steps

	/** Crops drawn in a row from a volume where not all volumes fit into memory. */
	private static final int CROPS_PER_VOLUME = 64;

	/** In manifests. */
	static final String KIND = "pretrain";

	private final PretrainSettings settings;
	private final String source;
	private final TrainingWatcher watcher;
	private final Progress progress;
	private final long start = System.nanoTime();
	private StoppedRun stopped;

	/** What is done with a network and the volumes for it. */
	private interface Work<T> {

		T on(Ready ready) throws IOException;
	}

	/** All that a pretraining needs. */
	private record Ready(PretextNetwork network, Plan plan, PretextSettings tasks,
		UnlabelledVolumes volumes, InputFiles inputs, Backend backend)
	{}

	public Pretrain(final PretrainSettings settings, final Progress progress) {
		this(settings, settings.data().toString(), TrainingWatcher.none(), progress);
	}

	/**
	 * @param source what people call the data, for the history of the model
	 * @param watcher sees the course of the training and may end it early
	 */
	public Pretrain(final PretrainSettings settings, final String source,
		final TrainingWatcher watcher, final Progress progress)
	{
		this.settings = settings;
		this.source = source;
		this.watcher = watcher;
		this.progress = progress;
	}

	/**
	 * Looks at the volumes, trains and writes the model.
	 *
	 * @throws org.swinj.data.FormatException if there are no volumes to learn from, or the disk has no
	 *           room for the model
	 * @throws org.swinj.model.ModelFormatException if the output must not be replaced
	 * @throws ArithmeticException if the loss is not a number again and again; the weights so far are
	 *           kept
	 * @throws OutOfDeviceMemory if even the smallest crops do not fit; the same
	 * @throws CancelledException when the user asked to stop; the weights so far are kept
	 */
	public PretrainResult run() throws IOException {
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
	 * Repeats the first steps of a pretraining with these settings; writes nothing.
	 *
	 * @param rates learning rate of each step
	 * @return loss of each step, NaN for one that was skipped
	 */
	List<Double> replay(final List<Double> rates) throws IOException {
		return prepare(ready -> {
			progress.stage("Repeating the first steps");
			try (PretextObjective objective = objective(ready, ready.plan(), ready.tasks())) {
				ready.network().sections().set(Sections.Mode.KEEP);
				return new Trainer(objective, trainerSettings(ready.plan()), ready.backend(),
					new TrainingListener() {}, progress).replay(rates);
			}
		});
	}

	private <T> T prepare(final Work<T> work) throws IOException {
		final PretextSettings wanted = settings.tasks();
		final UnlabelledVolumes volumes = UnlabelledVolumes.look(settings.data(), settings.scaling(),
			progress);
		final Path first = settings.data().get(0);
		try (InputFiles inputs = new InputFiles(first, volumes.files().paths(), progress);
				Backend backend = Backend.open(settings.device(), settings.precision(), progress);
				DeviceLock lock = DeviceLock.of(backend.device(), progress))
		{
			final Plan plan = settings.plan(volumes.fingerprint(settings.scaling()), backend
				.device().isCpu());
			final PretextSettings tasks = volumes.possible(wanted, plan.patch(), progress);
			final SwinConfig config = architecture(plan, volumes.channels());
			progress.info(volumes.describe() + "; crops of " + edges(plan) + " voxels, " + tasks.crops()
				* tasks.views() + " views in a step; network of " + config.featureSize()
				+ " features with windows of " + config.window() + " tokens");
			progress.info("Running on " + backend.describe());
			Engine.getEngine("PyTorch").setRandomSeed((int) settings.seed());
			try (PretextNetwork network = new PretextNetwork(config, tasks.decoder(), tasks.pooled(),
				tasks.position() > 0 ? Places.AXES : 0, backend))
			{
				return work.on(new Ready(network, plan, tasks, volumes, inputs, backend));
			}
		}
	}

	private static String edges(final Plan plan) {
		return plan.patch()[0] + " × " + plan.patch()[1] + " × " + plan.patch()[2];
	}

	/** The network that a fine-tuning in this mode would build for the same volumes. */
	private SwinConfig architecture(final Plan plan, final int channels) {
		final SwinConfig monai = SwinConfig.monai(channels, 1, plan.featureSize());
		return settings.isPaper() ? monai : monai.withWindow(plan.window()).withV2(true).withMerging(
			Merging.V2);
	}

	private PretextObjective objective(final Ready ready, final Plan plan,
		final PretextSettings tasks)
	{
		final UnlabelledVolumes volumes = ready.volumes();
		final UnlabelledSampler crops = new UnlabelledSampler(volumes.files(), tasks.choice(), plan
			.patch(), volumes.files().fits() ? 1 : CROPS_PER_VOLUME, settings.seed(), progress);
		return new PretextObjective(ready.network(), new PretextSampler(crops, tasks, settings.seed()),
			tasks, ready.backend());
	}

	private PretrainResult train(final Ready ready) throws IOException {
		final PretrainOutput output = new PretrainOutput(settings, source, ready.network(), ready
			.volumes(), stopped, progress);
		output.checkSpace();
		final CropsInUse crops = new CropsInUse(ready.plan().patch(), ready.tasks().crops(), stopped
			.checkpoint());
		if (stopped.checkpoint() == null) crops.fitInto(ready.backend().freeMemory(), ready.network()
			.config(), ready.backend().precision(), ready.tasks().views(), progress);
		final PretrainCurve curve = new PretrainCurve(watcher, progress);
		final TrainerSettings length = trainerSettings(ready.plan());
		ready.inputs().start();
		MemoryShortage shortage = null;
		while (true) {
			final Plan plan = crops.in(ready.plan());
			final PretextSettings tasks = ready.tasks().withCrops(crops.count());
			progress.stage("Pretraining");
			ready.network().sections().set(crops.mode());
			try (PretextObjective objective = objective(ready, plan, tasks)) {
				curve.watch(objective);
				final Trainer trainer = stopped.prepare(new Trainer(objective, length, ready.backend(), curve,
					progress).keeping(crops).watchedBy(watcher), settings.identity(source) + " volumes=" + ready
						.volumes().files().count(), settings.checkpoint());
				if (shortage != null) trainer.after(shortage, false);
				try {
					trainer.run();
					final PretrainResult result = result(trainer, curve, ready.backend());
					output.write(plan, tasks, result, curve, Manifest.of(KIND, settings, ready.backend(), ready
						.inputs().await(), trainer.first()));
					if (trainer.isEndedEarly()) progress.info(String.format(Locale.ROOT,
						"Stopped after %d steps: the weights so far are in \"%s\".%s", result.steps(), settings
							.output(), stopped.goOn()));
					else stopped.file().delete();
					return result;
				}
				catch (final CancelledException e) {
					throw new CancelledException("Cancelled after " + trainer.steps() + " steps: " + kept(ready,
						plan, tasks, trainer, curve, output));
				}
				catch (final ArithmeticException e) {
					throw new ArithmeticException(e.getMessage() + " After " + trainer.steps() + " steps, "
						+ kept(ready, plan, tasks, trainer, curve, output));
				}
				catch (final MemoryShortage e) {
					shortage = e;
					if (!crops.canShrink()) throw new OutOfDeviceMemory(ready.backend().device().name(), crops,
						kept(ready, plan, tasks, trainer, curve, output), e);
				}
				catch (final EngineException e) { // the weights are on the device
					throw new DeviceFailure(ready.backend().device().name(), trainer.steps(),
						"nothing was kept but checkpoints." + stopped.goOn(), e);
				}
			}
			final String before = crops.toString();
			crops.shrink();
			progress.warn(ready.backend().device().name() + " has too little memory for " + before
				+ ": the training goes on with " + crops + ".");
		}
	}

	private TrainerSettings trainerSettings(final Plan plan) {
		final boolean free = settings.minutes() == 0 && settings.steps() == 0;
		final double minutes = free && !settings.isPaper() ? DEFAULT_MINUTES : settings.minutes();
		final double seconds = minutes > 0 ? minutes * 60 * (1 - RESERVE) - seconds()
			: Double.POSITIVE_INFINITY;
		final int steps = settings.steps() > 0 ? settings.steps() : minutes > 0 && !free
			? Integer.MAX_VALUE : settings.isPaper() ? PAPER_STEPS : plan.steps();
		final TrainerSettings standard = TrainerSettings.of(steps, Math.max(1, seconds));
		final TrainerSettings mode = settings.isPaper() ? new TrainerSettings(steps, standard.seconds(),
			1, PAPER_RATE, PAPER_DECAY, Double.POSITIVE_INFINITY, Math.min(standard.warmup(),
				(double) PAPER_WARMUP / steps), standard.validations()) : standard;
		return settings.rate() > 0 ? mode.withRate(settings.rate()) : mode;
	}

	/** Saves what there is when a training does not come to its end, and says so. */
	private String kept(final Ready ready, final Plan plan, final PretextSettings tasks,
		final Trainer trainer, final PretrainCurve curve, final PretrainOutput output)
		throws IOException
	{
		if (trainer.steps() == 0) return "no model was written, as no step was done.";
		final boolean interrupted = Thread.interrupted(); // would close the files
		try {
			output.write(plan, tasks, result(trainer, curve, ready.backend()), curve, Manifest.of(KIND,
				settings, ready.backend(), ready.inputs().soFar(), trainer.first()));
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
		return "the weights so far are in \"" + settings.output() + "\"." + stopped.goOn();
	}

	private PretrainResult result(final Trainer trainer, final PretrainCurve curve,
		final Backend backend)
	{
		return new PretrainResult(settings.output(), trainer.steps(), trainer.recentLoss(), curve
			.latest(), curve.preview(), seconds(), backend.describe());
	}

	private PretrainResult finished(final Training training) {
		return new PretrainResult(settings.output(), training.steps(), training.finalLoss(),
			new TaskLosses(Double.NaN, Double.NaN, Double.NaN, Double.NaN), null, seconds(), training.device());
	}

	private double seconds() {
		return (System.nanoTime() - start) * 1e-9;
	}
}
