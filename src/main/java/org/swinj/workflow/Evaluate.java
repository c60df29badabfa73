package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.data.FormatException;
import org.swinj.data.Geometry;
import org.swinj.data.LabelContent;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.metrics.LabelPair;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;

/**
 * Compares predicted label volumes with references, class by class; class 0 is background and left
 * out. Distances are measured in the unit of the reference's voxel size.
 */
public final class Evaluate {

	private static final double SAME_PLACE = 1e-2;

	private final EvaluateSettings settings;
	private final Progress progress;

	public Evaluate(final EvaluateSettings settings, final Progress progress) {
		this.settings = settings;
		this.progress = progress;
	}

	/**
	 * Compares all pairs of files and writes the table. A case that cannot be compared is reported and
	 * left out; classes that occur in any case get a row in every case.
	 *
	 * @throws FormatException if nothing could be compared
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public EvaluateResult run() throws IOException {
		if (Files.isDirectory(settings.output())) throw new FormatException("Output \"" + settings
			.output() + "\" is a folder, not a CSV file.");
		final List<LabelFiles> pairs = LabelFiles.find(settings.predictions(), settings.labels(),
			progress);
		final List<String> failures = new ArrayList<>();
		final List<CaseScores> cases = compareAll(pairs, failures);
		if (cases.isEmpty()) throw new FormatException(failures.size() == 1 ? failures.get(0)
			: "None of " + failures.size() + " cases could be compared. " + failures.get(0));
		final SortedSet<Integer> classes = new TreeSet<>();
		cases.forEach(one -> one.scores().forEach(score -> classes.add(score.label())));
		if (classes.isEmpty()) throw new FormatException(
			"No class besides the background occurs in any case: there is nothing to compare.");
		final List<ClassScore> scores = new ArrayList<>();
		for (final CaseScores one : cases)
			classes.forEach(label -> scores.add(one.of(label)));
		final List<ClassScore> means = classes.stream().map(label -> ClassScore.mean("mean", label,
			scores.stream().filter(score -> score.label() == label).toList())).toList();
		final Map<Integer, String> names = names();
		ScoreTable.write(settings.output(), scores, means, label -> name(label, names));
		for (final ClassScore mean : means)
			progress.info(String.format(Locale.ROOT, "Dice of %s: %.4f", name(mean.label(), names), mean
				.dice()));
		return new EvaluateResult(settings.output(), cases.size(), scores, means, failures);
	}

	private List<CaseScores> compareAll(final List<LabelFiles> pairs, final List<String> failures)
		throws IOException
	{
		progress.stage("Evaluating");
		final VolumeReader reader = new VolumeReader(progress);
		final List<CaseScores> cases = new ArrayList<>();
		boolean warned = false;
		for (int i = 0; i < pairs.size(); i++) {
			progress.checkCancelled();
			final LabelFiles pair = pairs.get(i);
			progress.update(i, pairs.size(), pair.name());
			try {
				final Volume reference = reader.readLabels(pair.reference()).withName(pair.name());
				final Volume prediction = reader.readLabels(pair.prediction());
				warned = warned || warn(reference);
				cases.add(new CaseScores(pair.name(), reference.geometry().unit(), score(prediction,
					reference, settings.ignore(), settings.tolerance(), progress)));
			}
			catch (final FormatException | IllegalArgumentException e) {
				final String failure = "Case \"" + pair.name() + "\" is left out: " + e.getMessage();
				progress.warn(failure);
				failures.add(failure);
			}
		}
		progress.update(pairs.size(), pairs.size(), "");
		return cases;
	}

	/** Tells if a reference seems to hold voxels that nobody annotated. */
	private boolean warn(final Volume reference) {
		final LabelContent content = new LabelContent();
		content.add(reference);
		final String warning = content.warning(settings.ignore());
		if (warning != null) progress.warn("Case \"" + reference.name() + "\": " + warning);
		return warning != null;
	}

	/**
	 * Compares two label volumes, as {@link #compare(Volume, Volume, double, Progress)} does, where the
	 * reference is annotated.
	 *
	 * @param ignore value of reference voxels that take no part; -1 for none
	 */
	static List<ClassScore> score(final Volume prediction, final Volume reference, final int ignore,
		final double tolerance, final Progress progress)
	{
		if (ignore < 0) return compare(prediction, reference, tolerance, progress);
		return compare(without(prediction, reference, ignore), without(reference, reference, ignore),
			tolerance, progress).stream().map(ClassScore::withoutDistances).toList();
	}

	/** The labels with 0 where the reference is to be ignored. */
	private static Volume without(final Volume labels, final Volume reference, final int ignore) {
		if (!Arrays.equals(labels.size(), reference.size())) return labels; // refused by compare
		return labels.withImage(Converters.convert(labels.image(), reference.image(), (label, truth,
			out) -> out.set(truth.get() == ignore ? 0 : label.get()), new FloatType()));
	}

	/** Tells the mean Dice of each class. */
	private Map<Integer, String> names() throws IOException {
		final Map<Integer, String> names = new HashMap<>();
		if (settings.model() != null) SwinModel.readCard(settings.model()).classes().forEach(c -> names
			.put(c.value(), c.name()));
		return names;
	}

	private static String name(final int label, final Map<Integer, String> names) {
		return names.getOrDefault(label, "class " + label);
	}

	/**
	 * Compares two label volumes.
	 *
	 * @param tolerance for NSD, in the unit of the reference
	 * @return a row for each class that occurs in one of them, by ascending label
	 * @throws IllegalArgumentException if the sizes differ or a voxel is not a label
	 */
	public static List<ClassScore> compare(final Volume prediction, final Volume reference,
		final double tolerance, final Progress progress)
	{
		final LabelPair<FloatType, FloatType> pair = new LabelPair<>(labels(prediction), labels(
			reference), progress);
		if (!isSamePlace(prediction.geometry(), reference.geometry())) progress.warn("Case \"" +
			reference.name() + "\" lies elsewhere in space than its prediction; voxels are compared by " +
			"index.");
		final List<ClassScore> scores = new ArrayList<>();
		for (int label = 1; label < pair.classes(); label++) {
			progress.checkCancelled();
			if (pair.overlap(label).predicted() + pair.overlap(label).reference() > 0) scores.add(ClassScore
				.of(reference.name(), label, pair, reference.geometry().spacing(), reference.geometry().unit(),
					tolerance, progress));
		}
		return scores;
	}

	private static RandomAccessibleInterval<FloatType> labels(final Volume volume) {
		return Views.hyperSlice(volume.image(), 3, 0);
	}

	private static boolean isSamePlace(final Geometry a, final Geometry b) {
		if (!a.isOriented() || !b.isOriented()) return true;
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 4; j++)
				if (Math.abs(a.affine()[i][j] - b.affine()[i][j]) > SAME_PLACE) return false;
		return true;
	}

	/** The classes that occur in a case. */
	private record CaseScores(String name, String unit, List<ClassScore> scores) {

		ClassScore of(final int label) {
			return scores.stream().filter(score -> score.label() == label).findFirst().orElseGet(
				() -> ClassScore.absent(name, label, unit));
		}
	}
}
