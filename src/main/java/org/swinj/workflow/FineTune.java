package org.swinj.workflow;

import ai.djl.engine.Engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.swinj.backend.Backend;
import org.swinj.data.AtomicFile;
import org.swinj.data.AugmentationSettings;
import org.swinj.data.CropSampler;
import org.swinj.data.Dataset;
import org.swinj.data.Fingerprint;
import org.swinj.data.LabelMap;
import org.swinj.data.Plan;
import org.swinj.data.PlanJson;
import org.swinj.data.Split;
import org.swinj.data.VolumeReader;
import org.swinj.model.ModelCard;
import org.swinj.model.NetworkWeights;
import org.swinj.model.SegmentationClass;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;
import org.swinj.training.DiceCeLoss;
import org.swinj.training.LayerDecay;
import org.swinj.training.SegmentationObjective;
import org.swinj.training.Trainer;
import org.swinj.training.TrainerSettings;

/**
 * Trains a Swin UNETR on labelled volumes, from random weights or from a pretrained model.
 *
 * <pre>
 * new FineTune(FineTuneSettings.of(data, output).withMinutes(30), progress).run();
 * </pre>
 */
public final class FineTune {

	/** Share of a time budget that is left for the last validation and for writing. */
	private static final double RESERVE = 0.06;

	private static final String LAST = "last.zip";

	private final FineTuneSettings settings;
	private final String source;
	private final TrainingWatcher watcher;
	private final Progress progress;
	private final long start = System.nanoTime();
	private StoppedRun stopped;
	private GivenPlan given;

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

	/**
	 * Reads, plans, trains, validates and writes the best model.
	 *
	 * @throws org.swinj.data.FormatException if the data cannot be trained on, or the plan makes no
	 *           sense
	 * @throws org.swinj.model.ModelFormatException if the pretrained model cannot be read or the
	 *           output must not be replaced
	 * @throws CancelledException when the user asked to stop; the best model so far is kept, if there
	 *           is one
	 */
	public FineTuneResult run() throws IOException {
		given = GivenPlan.of(settings);
		SwinModel.checkTarget(settings.output());
		try (OutputLock lock = OutputLock.of(settings.output())) {
			return locked();
		}
	}

	private FineTuneResult locked() throws IOException {
		stopped = StoppedRun.of(settings.output(), settings.resume(), progress);
		if (stopped.finished() != null) return finished(stopped.finished());
		final StartingPoint pretrained = settings.pretrained() == null ? null : StartingPoint.read(
			settings.pretrained());
		final Dataset dataset = given.dataset(settings, progress);
		final Split split = Split.of(dataset.cases(), given.validation(settings, dataset, progress),
			settings.group(), settings.cases(), settings.seed());
		final VolumeReader lenient = new VolumeReader(progress);
		final VolumeReader reader = settings.replaceNan() ? lenient : lenient.strict();
		final Fingerprint data = Fingerprint.of(dataset, split.training(), dataset.ignore(), reader,
			progress);
		progress.info(data.describe());
		try (Backend backend = Backend.open(settings.device(), settings.precision(), progress)) {
			progress.info("Running on " + backend.describe());
			final FineTunePlan plan = FineTunePlan.of(settings, given.parts(), data, dataset.labels()
				.classes(), pretrained == null ? 0 : pretrained.config().featureSize(), backend.device()
					.isCpu());
			final LabelledVolumes volumes = LabelledVolumes.read(dataset, split, plan.plan(), reader,
				settings.seed(), progress);
			final SwinConfig config = architecture(plan.plan(), volumes.channels(), dataset.labels()
				.classes(), pretrained);
			progress.info(volumes.describe() + "; " + dataset.labels().classes() + " classes");
			new PlanReport(settings, given, data).lines(plan, config).forEach(progress::info);
			Engine.getEngine("PyTorch").setRandomSeed((int) settings.seed());
			try (SwinUnetr network = new SwinUnetr(config, backend, 0)) {
				if (pretrained != null) pretrained.load(network, progress);
				return train(network, plan, dataset, volumes, backend);
			}
		}
	}

	private static SwinConfig architecture(final Plan plan, final int channels, final int classes,
		final StartingPoint pretrained)
	{
		if (pretrained != null) return pretrained.config().withInChannels(channels).withOutChannels(
			classes);
		return SwinConfig.monai(channels, classes, plan.featureSize()).withWindow(plan.window()).withV2(
			true).withMerging(Merging.V2);
	}

	private FineTuneResult train(final SwinUnetr network, final FineTunePlan decided,
		final Dataset dataset, final LabelledVolumes volumes, final Backend backend) throws IOException
	{
		final Plan plan = decided.plan();
		final int classes = dataset.labels().classes();
		final Validation validation = volumes.validation().isEmpty() ? null : new Validation(volumes
			.validation(), classes, plan.patch(), backend, progress);
		final FineTunePreview preview = preview(validation, dataset.labels(), volumes, plan, backend);
		final BestWeights best = new BestWeights(network, validation, settings.steps() == 0, preview,
			watcher, progress);
		final CropSampler sampler = new CropSampler(volumes.training(), plan.patch(), classes, plan
			.foreground(), AugmentationSettings.of(volumes.spacing(), volumes.isOriented(),
				decided.twins()), settings.seed());
		progress.stage("Training");
		preview.begin();
		try (SegmentationObjective objective = new SegmentationObjective(network, sampler,
			new DiceCeLoss(), layerDecay(), backend))
		{
			final Trainer trainer = stopped.prepare(new Trainer(objective, trainerSettings(decided),
				backend, best, progress).watchedBy(watcher), settings.identity() + " plan=" + decided.json(
					network.config()) + " volumes=" + volumes.identity(), settings.checkpoint());
			final StateDict last;
			final double[] dice;
			try {
				trainer.run();
				last = NetworkWeights.of(network);
				NetworkWeights.load(best.best(), network);
				dice = finalDice(validation, network, dataset.labels());
			}
			catch (final CancelledException e) {
				throw new CancelledException(kept(best, decided, dataset, volumes, network, trainer,
					backend));
			}
			final FineTuneResult result = result(trainer, Validation.average(dice), dice, backend);
			final ModelCard card = card(network.config(), decided, dataset, volumes, result);
			write(card, best.best(), best);
			writeLast(card, last, best);
			if (trainer.isEndedEarly()) progress.info(String.format(Locale.ROOT,
				"Stopped after %d steps: the best model so far is in \"%s\". %s", result.steps(), settings
					.output(), StoppedRun.GO_ON));
			else stopped.file().delete();
			return result;
		}
	}

	private FineTunePreview preview(final Validation validation, final LabelMap labels,
		final LabelledVolumes volumes, final Plan plan, final Backend backend)
	{
		final int[] colors = IntStream.range(0, labels.classes()).map(c -> SegmentationClass.of(labels
			.valueOf(c), labels.names().get(c)).rgb()).toArray();
		return new FineTunePreview(validation != null ? validation : new Validation(volumes.training(),
			labels.classes(), plan.patch(), backend, progress), validation != null, colors, watcher);
	}

	private TrainerSettings trainerSettings(final FineTunePlan decided) {
		final double seconds = decided.minutes() == 0 ? Double.POSITIVE_INFINITY : Math.max(1, decided
			.minutes() * 60 * (1 - RESERVE) - seconds());
		final int steps = decided.plan().steps() > 0 ? decided.plan().steps() : Integer.MAX_VALUE;
		final TrainerSettings trainer = TrainerSettings.of(steps, seconds).withBatch(decided.plan()
			.batch()).withRate(decided.rate());
		return settings.checks() > 0 ? trainer.withValidations(settings.checks()) : trainer;
	}

	private LayerDecay layerDecay() {
		final boolean free = settings.layerDecay() == 0;
		return new LayerDecay(free || settings.pretrained() == null ? 1 : settings.layerDecay());
	}

	/** Saves what there is when the user stops, and says so. */
	private String kept(final BestWeights best, final FineTunePlan plan, final Dataset dataset,
		final LabelledVolumes volumes, final SwinUnetr network, final Trainer trainer,
		final Backend backend) throws IOException
	{
		if (best.best() == null) return "Cancelled before the first validation: no model was "
			+ "written. " + StoppedRun.GO_ON;
		final FineTuneResult result = result(trainer, best.bestDice(), new double[0],
			backend);
		write(card(network.config(), plan, dataset, volumes, result), best.best(), best);
		return String.format(Locale.ROOT,
			"Cancelled after %d steps: the best model so far is in \"%s\". %s", result.steps(), settings
				.output(), StoppedRun.GO_ON);
	}

	private double[] finalDice(final Validation validation, final SwinUnetr network,
		final LabelMap labels) throws IOException
	{
		if (validation == null) return new double[0];
		progress.stage("Validating");
		final double[] dice = validation.dice(network);
		for (int c = 1; c < labels.classes(); c++)
			progress.info(String.format(Locale.ROOT, "Validation Dice of %s: %.4f", labels.names().get(c),
				dice[c - 1]));
		return dice;
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

	private ModelCard card(final SwinConfig config, final FineTunePlan decided,
		final Dataset dataset, final LabelledVolumes volumes, final FineTuneResult result)
	{
		final Plan plan = decided.plan();
		final LabelMap labels = dataset.labels();
		final List<SegmentationClass> classes = new ArrayList<>();
		for (int c = 0; c < labels.classes(); c++)
			classes.add(SegmentationClass.of(labels.valueOf(c), labels.names().get(c)));
		final List<String> channels = dataset.channels().size() == volumes.channels() ? dataset
			.channels() : ModelCard.numberedChannels(volumes.channels());
		final String name = settings.output().toAbsolutePath().normalize().getFileName().toString()
			.replaceFirst("(?i)\\.zip$", "");
		final List<String> history = Provenance.settings(settings, source);
		history.addAll(List.of("planned_patch=" + Arrays.toString(plan.patch()), "planned_batch=" + plan
			.batch(), "ignored=" + dataset.ignore()));
		final Training training = new Training(settings.seed(), result.steps(), result.finalLoss(), result
			.bestDice(), result.device(), Provenance.versions(), OffsetDateTime.now().truncatedTo(
				ChronoUnit.SECONDS).toString(), history, files(dataset));
		return ModelCard.of(name, config, classes, channels, volumes.spacing(), volumes.unit(), volumes
			.isOriented(), plan.intensity(), plan.patch()).withTraining(training).withPlan(
				decided.json(config));
	}

	private static List<String> files(final Dataset dataset) {
		return dataset.cases().stream().flatMap(c -> Stream.of(c.image(), c.labels())).map(file -> file
			.getFileName().toString()).distinct().toList();
	}

	private void write(final ModelCard card, final StateDict weights, final BestWeights best)
		throws IOException
	{
		progress.stage("Writing model");
		new SwinModel(card, weights).write(settings.output());
		final Path output = settings.output();
		if (!Files.isDirectory(output)) return;
		best.writeCurve(output.resolve("training.csv"));
		AtomicFile.write(output.resolve(PlanJson.FILE), out -> out.write(PlanJson.text(card.plan())
			.getBytes(StandardCharsets.UTF_8)));
	}

	/** Keeps the weights of the last step beside the best ones where they are others. */
	private void writeLast(final ModelCard card, final StateDict last, final BestWeights best)
		throws IOException
	{
		if (!Files.isDirectory(settings.output())) return;
		final Path file = settings.output().resolve(LAST);
		Files.deleteIfExists(file); // of an earlier training
		if (!best.isLatest()) new SwinModel(card, last).write(file);
	}

	private double seconds() {
		return (System.nanoTime() - start) * 1e-9;
	}
}
