package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.swinj.data.AtomicFile;
import org.swinj.data.DiskSpace;
import org.swinj.data.Plan;
import org.swinj.model.ModelCard;
import org.swinj.model.NetworkWeights;
import org.swinj.model.StateDict;
import org.swinj.model.SwinModel;
import org.swinj.model.Training;
import org.swinj.network.PretextNetwork;
import org.swinj.pretext.PretextSettings;
import org.swinj.progress.Progress;

/** Writes what a pretraining leaves: the model, its curve and its last preview. */
final class PretrainOutput {

	/** A checkpoint has weights and two moments of each. */
	private static final int WEIGHTS_IN_CHECKPOINT = 3;

	private final PretrainSettings settings;
	private final String source;
	private final PretextNetwork network;
	private final UnlabelledVolumes volumes;
	private final StoppedRun stopped;
	private final Progress progress;

	/** @param source what people call the data, for the history of the model */
	PretrainOutput(final PretrainSettings settings, final String source, final PretextNetwork network,
		final UnlabelledVolumes volumes, final StoppedRun stopped, final Progress progress)
	{
		this.settings = settings;
		this.source = source;
		this.network = network;
		this.volumes = volumes;
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
		DiskSpace.require(settings.output(), weights, "The model of this training");
		stopped.checkSpace(settings.output(), WEIGHTS_IN_CHECKPOINT * weights, weights, progress);
	}

	void write(final Plan plan, final PretextSettings tasks, final PretrainResult result,
		final PretrainCurve curve, final Manifest manifest) throws IOException
	{
		progress.stage("Writing model");
		try {
			final Path output = settings.output();
			new SwinModel(card(plan, tasks, result, manifest), weights(tasks)).write(output);
			if (!Files.isDirectory(output)) return;
			curve.write(output.resolve(PretrainCurve.FILE));
			if (curve.picture() != null) AtomicFile.write(output.resolve("preview.png"), out -> ImageIO
				.write(curve.picture(), "png", out));
		}
		catch (final IOException e) {
			throw stopped.notWritten(settings.output(), e);
		}
	}

	private ModelCard card(final Plan plan, final PretextSettings tasks, final PretrainResult result,
		final Manifest manifest)
	{
		final String name = settings.output().toAbsolutePath().normalize().getFileName().toString()
			.replaceFirst("(?i)\\.zip$", "");
		final List<String> history = Provenance.settings(settings, source);
		history.addAll(List.of("planned_patch=" + Arrays.toString(plan.patch()), "tasks=" + tasks));
		final Training training = new Training(settings.seed(), result.steps(), result.finalLoss(),
			Double.NaN, List.of(), result.device(), Provenance.versions(), OffsetDateTime.now().truncatedTo(
				ChronoUnit.SECONDS).toString(), history, manifest.files().stream().map(InputFile::path)
					.toList());
		return ModelCard.of(name, network.config(), ModelCard.numberedClasses(network.config()
			.outChannels()), ModelCard.numberedChannels(volumes.channels()), volumes.spacing(), volumes
				.unit(), volumes.isOriented(), settings.scaling(), plan.patch()).asEncoderOnly().withTraining(
					training).withManifest(manifest.json());
	}

	/** All that was trained, without the layer that made an image of the decoder's features. */
	private StateDict weights(final PretextSettings tasks) {
		final StateDict trained = new StateDict();
		final boolean decoder = tasks.inpainting() > 0 || tasks.position() > 0;
		NetworkWeights.of(network).asMap().forEach((key, weight) -> {
			final boolean always = key.startsWith("swinViT.") || key.startsWith("rotation_head.") || key
				.startsWith("contrastive_head.");
			if (always || decoder && !key.startsWith("out.")) trained.put(key, weight);
		});
		return trained;
	}
}
