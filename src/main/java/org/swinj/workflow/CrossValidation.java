package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.data.Blocks;
import org.swinj.data.Case;
import org.swinj.data.Dataset;
import org.swinj.data.Folds;
import org.swinj.data.FormatException;
import org.swinj.data.Split;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;

/**
 * Trains as many models as there are folds, each without one fold, and judges every model by the fold
 * that it did not see: no voxel is judged by a model that was trained on it, and nothing of the held-back
 * fold chooses the weights. With fewer subjects than folds, every volume is cut into blocks instead.
 * The models stay in {@code fold-1}, {@code fold-2} … of the output, where {@link Segmenter} averages
 * them.
 */
public final class CrossValidation {

	private static final double TOLERANCE = 1; // of NSD, in the unit of the voxels
	private static final double OVERLAP = 0.5;
	private static final int ONLY_AT_THE_END = 1;

	private final FineTuneSettings settings;
	private final int folds;
	private final String source;
	private final Progress progress;
	private final long start = System.nanoTime();

	/**
	 * @param settings of each training; their output is the folder for all models
	 * @param folds at least 2
	 * @param source what people call the data, for the history of the models
	 */
	public CrossValidation(final FineTuneSettings settings, final int folds, final String source,
		final Progress progress)
	{
		Check.that(folds >= 2 && folds <= 20, "folds must be between 2 and 20, not " + folds + ".");
		Check.that(!settings.output().toString().toLowerCase(Locale.ROOT).endsWith(".zip"),
			"With folds, output must be a folder for their models, not the zip \"" + settings.output()
				+ "\".");
		this.settings = settings;
		this.folds = folds;
		this.source = source;
		this.progress = progress;
	}

	/**
	 * Trains and judges fold after fold and writes {@code scores.csv} and {@code report.html}.
	 *
	 * @throws FormatException if the data cannot be trained on, or the output holds a model
	 * @throws org.swinj.progress.CancelledException when the user asked to stop; finished folds are kept,
	 *           and with {@code resume} they are not trained again
	 */
	public CrossValidationResult run() throws IOException {
		if (Files.exists(settings.output().resolve("model.json"))) throw new FormatException("Output \""
			+ settings.output() + "\" holds a model: choose another folder for those of the folds.");
		final GivenPlan given = GivenPlan.of(settings);
		final Dataset dataset = given.dataset(settings, progress);
		final List<Case> cases = Split.of(dataset.cases(), "0", settings.group(), settings.cases(), settings
			.seed()).training();
		final String together = Split.notice(cases, settings.group());
		if (together != null) progress.info(together);
		final Folds subjects = Folds.of(cases, folds, settings.group(), settings.seed());
		final Dataset used = new Dataset(dataset.folder(), cases, dataset.labels(), dataset.channels(),
			dataset.ignore());
		final FoldScores scores = new FoldScores(settings.output(), progress);
		if (subjects != null) for (int i = 0; i < folds; i++)
			scores.add(fold(i, used, subjects.splits().get(i), scores));
		else byBlocks(used, scores);
		scores.write(dataset.labels(), folds);
		return new CrossValidationResult(settings.output(), folds, scores.cases(), scores.meanDice(),
			(System.nanoTime() - start) * 1e-9);
	}

	private void byBlocks(final Dataset dataset, final FoldScores scores) throws IOException {
		progress.warn("Too few subjects for " + folds + " folds: each volume is cut into " + folds
			+ " blocks, so that the scores are not those of other subjects.");
		final Blocks blocks = Blocks.of(dataset, folds);
		for (int i = 0; i < folds; i++) {
			final Path folder = Files.createTempDirectory("swinj-fold");
			try {
				scores.add(fold(i, blocks.hiding(), blocks.write(i, folder, progress), scores));
			}
			finally {
				delete(folder);
			}
		}
	}

	private static void delete(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
				Files.delete(file);
		}
	}

	/** Trains without one fold and judges by it; all folds follow the plan of the first. */
	private List<ClassScore> fold(final int index, final Dataset dataset, final Split split,
		final FoldScores scores) throws IOException
	{
		progress.info(String.format(Locale.ROOT, "Fold %d of %d: %d to train on, %d held back", index + 1,
			folds, split.training().size(), split.validation().size()));
		final Path model = ModelFolds.fold(settings.output(), index + 1);
		final FineTuneSettings fold = index == 0 ? settings.forFold(model, settings.plan(), settings
			.preset(), ONLY_AT_THE_END) : settings.forFold(model, ModelFolds.fold(settings.output(), 1), "",
				ONLY_AT_THE_END);
		new FineTune(fold, source, TrainingWatcher.none(), progress).on(dataset, split).run();
		final List<ClassScore> found = new ArrayList<>();
		progress.stage("Judging fold " + (index + 1));
		final VolumeReader lenient = new VolumeReader(progress);
		final VolumeReader reader = settings.replaceNan() ? lenient : lenient.strict();
		try (Segmenter segmenter = Segmenter.open(model, settings.device(), settings.precision(),
			progress))
		{
			for (final Case c : split.validation()) {
				progress.checkCancelled();
				final Volume image = reader.read(c.image());
				final Volume truth = dataset.labels().classesOf(reader.readLabels(c.labels()), dataset
					.ignore()).withName(c.id());
				final Volume labels = image.withImage(Views.addDimension(Converters.convert(segmenter.segment(
					image, OVERLAP, false, false).labels(), (in, out) -> out.set(in.get()), new FloatType()), 0,
					0));
				found.addAll(Evaluate.score(labels, truth, dataset.ignore(), TOLERANCE, progress));
				scores.picture(image, labels, truth, dataset.ignore(), CardClasses.of(segmenter.card()));
			}
		}
		return found;
	}

}
