package org.swinj.workflow;

import ai.djl.engine.Engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.swinj.backend.Backend;
import org.swinj.data.Case;
import org.swinj.data.Dataset;
import org.swinj.data.Fingerprint;
import org.swinj.data.Plan;
import org.swinj.data.Split;
import org.swinj.data.VolumeReader;
import org.swinj.network.Merging;
import org.swinj.network.SwinConfig;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;

/**
 * All that a fine-tuning needs: a network on a device, and the volumes read as the plan wants them.
 *
 * @param isOutputNew whether no model brought weights for the output layer
 * @param inputs files that are read, whose hashes are taken meanwhile
 */
record FineTuneSetup(SwinUnetr network, boolean isOutputNew, FineTunePlan plan, Dataset dataset,
	LabelledVolumes volumes, InputFiles inputs, Backend backend)
{

	/** What is done with it. */
	interface Work<T> {

		T on(FineTuneSetup ready) throws IOException;
	}

	/**
	 * Reads and decides all that is needed, and does the work with it while the device is held.
	 *
	 * @param parts the data set, {@code null} for that of the settings
	 * @param cases which of them, {@code null} for what the settings choose
	 */
	static <T> T with(final FineTuneSettings settings, final Dataset parts, final Split cases,
		final Progress progress, final Work<T> work) throws IOException
	{
		final GivenPlan given = GivenPlan.of(settings);
		final StartingPoint pretrained = settings.pretrained() == null ? null : StartingPoint.read(
			settings.pretrained());
		final Dataset dataset = parts != null ? parts : given.dataset(settings, progress);
		final String heldBack = cases != null ? "" : given.validation(settings, dataset, progress);
		final Split split = cases != null ? cases : Split.of(dataset.cases(), heldBack, settings.group(), settings
			.cases(), settings.seed());
		final String together = cases != null ? null : Split.notice(dataset.cases(), settings.group());
		if (together != null) progress.info(together);
		final VolumeReader lenient = new VolumeReader(progress);
		final VolumeReader reader = settings.replaceNan() ? lenient : lenient.strict();
		try (InputFiles inputs = new InputFiles(settings.data(), sources(settings, dataset, split), progress);
				Backend backend = Backend.open(settings.device(), settings.precision(), progress))
		{
			final Fingerprint data = Fingerprint.of(dataset, split.training(), dataset.ignore(), reader,
				progress);
			progress.info(data.describe());
			progress.info("Running on " + backend.describe());
			final FineTunePlan plan = FineTunePlan.of(settings, given.parts(), data, dataset.labels()
				.classes(), pretrained == null ? 0 : pretrained.config().featureSize(), backend.device()
					.isCpu() ? backend.threads() : 0);
			final LabelledVolumes read = LabelledVolumes.read(dataset, split, plan.plan(), reader,
				settings.seed(), progress);
			final LabelledVolumes volumes = split.validation().isEmpty() && Split.share(heldBack) > 0 ? read
				.holdingBack(Split.share(heldBack), settings.seed(), progress) : read;
			final SwinConfig config = architecture(plan.plan(), volumes.channels(), dataset.labels()
				.classes(), pretrained);
			progress.info(volumes.describe() + "; " + dataset.labels().classes() + " classes");
			new PlanReport(settings, given, data).lines(plan, config).forEach(progress::info);
			try (DeviceLock lock = DeviceLock.of(backend.device(), progress)) {
				Engine.getEngine("PyTorch").setRandomSeed((int) settings.seed());
				try (SwinUnetr network = new SwinUnetr(config, backend, 0)) {
					final boolean isOutputNew = pretrained == null || !pretrained.load(network, progress);
					return work.on(new FineTuneSetup(network, isOutputNew, plan, dataset, volumes, inputs,
						backend));
				}
			}
		}
	}

	/** Everything that is read. */
	private static List<Path> sources(final FineTuneSettings settings, final Dataset dataset,
		final Split split) throws IOException
	{
		final List<Path> files = new ArrayList<>(dataset.descriptions());
		if (settings.pretrained() != null) files.addAll(StartingPoint.files(settings.pretrained()));
		for (final List<Case> cases : List.of(split.training(), split.validation()))
			cases.forEach(c -> files.addAll(List.of(c.image(), c.labels())));
		return files;
	}

	private static SwinConfig architecture(final Plan plan, final int channels, final int classes,
		final StartingPoint pretrained)
	{
		if (pretrained != null) return pretrained.config().withInChannels(channels).withOutChannels(
			classes);
		return SwinConfig.monai(channels, classes, plan.featureSize()).withWindow(plan.window()).withV2(
			true).withMerging(Merging.V2);
	}
}
