package org.swinj.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.swinj.data.AtomicFile;
import org.swinj.data.Dataset;
import org.swinj.data.DiskSpace;
import org.swinj.data.LabelMap;
import org.swinj.data.Plan;
import org.swinj.data.PlanJson;
import org.swinj.model.ModelCard;
import org.swinj.model.SegmentationClass;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/** Writes what a fine-tuning leaves: the model, its plan, its curve and the weights of the last step. */
final class FineTuneOutput {

	private static final String LAST = "last.zip";

	/** A checkpoint has weights, two moments of each, and the best weights. */
	private static final int WEIGHTS_IN_CHECKPOINT = 4;

	private final FineTuneSettings settings;
	private final String source;
	private final Dataset dataset;
	private final LabelledVolumes volumes;
	private final SwinUnetr network;
	private final StoppedRun stopped;
	private final Progress progress;

	/** @param source what people call the data, for the history of the model */
	FineTuneOutput(final FineTuneSettings settings, final String source, final Dataset dataset,
		final LabelledVolumes volumes, final SwinUnetr network, final StoppedRun stopped,
		final Progress progress)
	{
		this.settings = settings;
		this.source = source;
		this.dataset = dataset;
		this.volumes = volumes;
		this.network = network;
		this.stopped = stopped;
		this.progress = progress;
	}

	/**
	 * Looks whether the disk has room for the model; a disk too full for checkpoints besides is only
	 * told of.
	 *
	 * @throws org.swinj.data.FormatException if it has not
	 */
	void checkSpace() throws IOException {
		final long weights = network.getParameters().values().stream().mapToLong(p -> p.getArray()
			.getShape().size()).sum() * Float.BYTES;
		DiskSpace.require(settings.output(), 2 * weights, "The model of this training"); // and the last
		stopped.checkSpace(settings.output(), WEIGHTS_IN_CHECKPOINT * weights, 2 * weights, progress);
	}

	/** Writes the best weights as the model. */
	void write(final FineTunePlan plan, final BestWeights watcher, final FineTuneResult result,
		final Manifest manifest) throws IOException
	{
		progress.stage("Writing model");
		try {
			final ModelCard card = card(plan, result, manifest);
			new SwinModel(card, watcher.best()).write(settings.output());
			final Path output = settings.output();
			if (!Files.isDirectory(output)) return;
			watcher.writeCurve(output.resolve("training.csv"));
			AtomicFile.write(output.resolve(PlanJson.FILE), out -> out.write(PlanJson.text(card.plan())
				.getBytes(StandardCharsets.UTF_8)));
		}
		catch (final IOException e) {
			throw stopped.notWritten(settings.output(), e);
		}
	}

	/** Keeps the weights of the last step beside the best ones where they are others. */
	void writeLast(final FineTunePlan plan, final StateDict last, final BestWeights watcher,
		final FineTuneResult result, final Manifest manifest) throws IOException
	{
		if (!Files.isDirectory(settings.output())) return;
		final Path file = settings.output().resolve(LAST);
		Files.deleteIfExists(file); // of an earlier training
		if (!watcher.isLatest()) new SwinModel(card(plan, result, manifest), last).write(file);
	}

	private ModelCard card(final FineTunePlan decided, final FineTuneResult result,
		final Manifest manifest)
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
			.bestDice(), volumes.heldBack(), result.device(), Provenance.versions(), OffsetDateTime.now().truncatedTo(
				ChronoUnit.SECONDS).toString(), history, files());
		return ModelCard.of(name, network.config(), classes, channels, volumes.spacing(), volumes.unit(),
			volumes.isOriented(), plan.intensity(), plan.patch()).withTraining(training).withPlan(decided
				.json(network.config())).withManifest(manifest.json());
	}

	/** Names of images and labels; the manifest has the paths. */
	private List<String> files() {
		return dataset.cases().stream().flatMap(c -> Stream.of(c.image(), c.labels())).map(file -> file
			.getFileName().toString()).distinct().toList();
	}
}
