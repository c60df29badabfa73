package org.swinj.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

import org.swinj.data.AtomicFile;

/** Scores as a CSV file: a row per case and class, then the means per class and over all. */
final class ScoreTable {

	private static final String HEADER =
		"Case,Class,Dice,Jaccard,HD95,NSD,ASSD,VolumeSimilarity,FalseNegativeError," +
			"FalsePositiveError,PredictedVoxels,ReferenceVoxels,Unit,Name";

	private ScoreTable() {}

	/**
	 * Writes the table; a file of this name is replaced only by a complete one.
	 *
	 * @param names of classes by label value
	 */
	static void write(final Path file, final List<ClassScore> scores, final List<ClassScore> means,
		final IntFunction<String> names) throws IOException
	{
		final List<String> lines = new ArrayList<>();
		lines.add(HEADER);
		for (final ClassScore score : scores)
			lines.add(row(score, String.valueOf(score.label()), names.apply(score.label())));
		for (final ClassScore mean : means)
			lines.add(row(mean, String.valueOf(mean.label()), names.apply(mean.label())));
		lines.add(row(ClassScore.mean("mean", 0, means), "all", "all"));
		AtomicFile.write(file, out -> {
			for (final String line : lines)
				out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		});
	}

	private static String row(final ClassScore score, final String label, final String name) {
		return String.join(",", text(score.name()), label, number(score.dice()), number(score
			.jaccard()), number(score.hd95()), number(score.nsd()), number(score.assd()), number(score
				.volumeSimilarity()), number(score.falseNegativeError()), number(score
					.falsePositiveError()), count(score.predictedVoxels()), count(score.referenceVoxels()),
			text(score.unit()), text(name));
	}

	private static String number(final double value) {
		return Double.isNaN(value) ? "NaN" : String.format(Locale.ROOT, "%.6f", value);
	}

	private static String count(final double value) {
		return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT,
			"%.1f", value);
	}

	private static String text(final String value) {
		return value.matches("[^,\"\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
	}
}
