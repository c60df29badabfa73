package org.swinj.workflow;

import ai.djl.engine.Engine;

import java.io.IOException;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;

import org.swinj.backend.Backend;
import org.swinj.data.AtomicFile;
import org.swinj.data.Plan;
import org.swinj.data.UnlabelledSampler;
import org.swinj.model.ModelCard;
import org.swinj.model.NetworkWeights;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.network.Merging;
import org.swinj.network.PretextNetwork;
import org.swinj.network.SwinConfig;
import org.swinj.pretext.PretextSampler;
import org.swinj.pretext.PretextSettings;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;
import org.swinj.training.PretextObjective;
import org.swinj.training.TaskLosses;
import org.swinj.training.Trainer;
import org.swinj.training.TrainerSettings;

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
	private static final int PAPER_STEPS = 100_000;
	private static final double PAPER_RATE = 4e-4;
	private static final double PAPER_DECAY = 0.1;
	private static final int PAPER_WARMUP = 500; // steps

	/** Crops drawn in a row from a volume where not all volumes fit into memory. */
	private static final int CROPS_PER_VOLUME = 64;

	private final PretrainSettings settings;
	private final String source;
	private final TrainingWatcher watcher;
	private final Progress progress;
	private final long start = System.nanoTime();
	private StoppedRun stopped;

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
	 * @throws org.swinj.data.FormatException if there are no volumes to learn from
	 * @throws org.swinj.model.ModelFormatException if the output must not be replaced
	 * @throws CancelledException when the user asked to stop; the weights so far are kept
	 */
	public PretrainResult run() throws IOException {
		SwinModel.checkTarget(settings.output());
		try (OutputLock lock = OutputLock.of(settings.output())) {
			return locked();
		}
	}

	private PretrainResult locked() throws IOException {
		stopped = StoppedRun.of(settings.output(), settings.resume(), progress);
		if (stopped.finished() != null) return finished(stopped.finished());
		final PretextSettings wanted = settings.tasks();
		final UnlabelledVolumes volumes = UnlabelledVolumes.look(settings.data(), settings.scaling(),
			progress);
		final Plan plan = settings.plan(volumes.fingerprint(settings
			.scaling()));
		final PretextSettings tasks = volumes.possible(wanted, plan.patch(), progress);
		final SwinConfig config = architecture(plan, volumes.channels());
		progress.info(volumes.describe() + "; crops of " + edges(plan) + " voxels, " + tasks.crops()
			* tasks.views() + " views in a step; network of " + config.featureSize()
			+ " features with windows of " + config.window() + " tokens");
		try (Backend backend = Backend.open(settings.device(), settings.precision(), progress)) {
			progress.info("Running on " + backend.describe());
			Engine.getEngine("PyTorch").setRandomSeed((int) settings.seed());
			try (PretextNetwork network = new PretextNetwork(config, tasks.decoder(), tasks.pooled(),
				backend))
			{
				return train(network, plan, tasks, volumes, backend);
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

	private PretrainResult train(final PretextNetwork network, final Plan plan,
		final PretextSettings tasks, final UnlabelledVolumes volumes, final Backend backend)
		throws IOException
	{
		final UnlabelledSampler crops = new UnlabelledSampler(volumes.files(), tasks.choice(), plan
			.patch(), volumes.files().fits() ? 1 : CROPS_PER_VOLUME, settings.seed(), progress);
		final PretextSampler sampler = new PretextSampler(crops, tasks, settings.seed());
		progress.stage("Pretraining");
		try (PretextObjective objective = new PretextObjective(network, sampler, tasks, backend)) {
			final PretrainCurve curve = new PretrainCurve(objective, watcher, progress);
			final Trainer trainer = stopped.prepare(new Trainer(objective, trainerSettings(plan), backend,
				curve, progress).watchedBy(watcher), settings.identity() + " volumes=" + volumes.files()
					.count(), settings.checkpoint());
			try {
				trainer.run();
			}
			catch (final CancelledException e) {
				throw new CancelledException(kept(network, plan, tasks, volumes, trainer, curve, backend));
			}
			final PretrainResult result = result(trainer, curve, backend);
			write(network, plan, tasks, volumes, result, curve);
			if (trainer.isEndedEarly()) progress.info(String.format(Locale.ROOT,
				"Stopped after %d steps: the weights so far are in \"%s\". %s", result.steps(), settings
					.output(), StoppedRun.GO_ON));
			else stopped.file().delete();
			return result;
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

	/** Saves what there is when the user stops, and says so. */
	private String kept(final PretextNetwork network, final Plan plan, final PretextSettings tasks,
		final UnlabelledVolumes volumes, final Trainer trainer, final PretrainCurve curve,
		final Backend backend) throws IOException
	{
		if (trainer.steps() == 0) return "Cancelled before the first step: no model was written.";
		final PretrainResult result = result(trainer, curve, backend);
		write(network, plan, tasks, volumes, result, curve);
		return String.format(Locale.ROOT,
			"Cancelled after %d steps: the weights so far are in \"%s\". %s", result.steps(), settings
				.output(), StoppedRun.GO_ON);
	}

	private PretrainResult result(final Trainer trainer, final PretrainCurve curve,
		final Backend backend)
	{
		return new PretrainResult(settings.output(), trainer.steps(), trainer.recentLoss(), curve
			.latest(), curve.preview(), seconds(), backend.describe());
	}

	private PretrainResult finished(final Training training) {
		return new PretrainResult(settings.output(), training.steps(), training.finalLoss(),
			new TaskLosses(Double.NaN, Double.NaN, Double.NaN), null, seconds(), training.device());
	}

	private void write(final PretextNetwork network, final Plan plan, final PretextSettings tasks,
		final UnlabelledVolumes volumes, final PretrainResult result, final PretrainCurve curve)
		throws IOException
	{
		progress.stage("Writing model");
		final String name = settings.output().toAbsolutePath().normalize().getFileName().toString()
			.replaceFirst("(?i)\\.zip$", "");
		final ModelCard card = ModelCard.of(name, network.config(), ModelCard.numberedClasses(network
			.config().outChannels()), ModelCard.numberedChannels(volumes.channels()), volumes.spacing(),
			volumes.unit(), volumes.isOriented(), settings.scaling(), plan.patch()).asEncoderOnly();
		new SwinModel(card.withTraining(training(plan, tasks, result)), weights(network, tasks)).write(
			settings.output());
		if (!Files.isDirectory(settings.output())) return;
		curve.write(settings.output().resolve("training.csv"));
		if (curve.picture() != null) AtomicFile.write(settings.output().resolve("preview.png"),
			out -> ImageIO.write(curve.picture(), "png", out));
	}

	/** All that was trained, without the layer that made an image of the decoder's features. */
	private static StateDict weights(final PretextNetwork network, final PretextSettings tasks) {
		final StateDict trained = new StateDict();
		final boolean decoder = tasks.inpainting() > 0;
		NetworkWeights.of(network).asMap().forEach((key, weight) -> {
			final boolean always = key.startsWith("swinViT.") || key.startsWith("rotation_head.") || key
				.startsWith("contrastive_head.");
			if (always || decoder && !key.startsWith("out.")) trained.put(key, weight);
		});
		return trained;
	}

	private Training training(final Plan plan, final PretextSettings tasks,
		final PretrainResult result)
	{
		final List<String> history = Provenance.settings(settings, source);
		history.addAll(List.of("planned_patch=" + Arrays.toString(plan.patch()), "tasks=" + tasks));
		return new Training(settings.seed(), result.steps(), result.finalLoss(), Double.NaN, result
			.device(), Provenance.versions(), OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS)
				.toString(), history, List.of());
	}

	private double seconds() {
		return (System.nanoTime() - start) * 1e-9;
	}
}
