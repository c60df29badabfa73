package org.swinj.metrics;

import java.util.stream.IntStream;

/** How scores per case and class are summarised (MONAI {@code do_metric_reduction}). NaN is skipped. */
public enum Reduction {

	/** Every score by itself, case by case. */
	NONE,
	/** Mean over the classes of each case, then over the cases that have any. */
	MEAN,
	/** Sum of all scores. */
	SUM,
	/** One mean per class, over cases. */
	MEAN_BATCH,
	/** One sum per class, over cases. */
	SUM_BATCH,
	/** One mean per case, over classes. */
	MEAN_CHANNEL,
	/** One sum per case, over classes. */
	SUM_CHANNEL;

	/**
	 * Summarised scores. A mean over nothing is 0.
	 *
	 * @param values one number, one per class, one per case, or all of them
	 * @param notNans how many scores each value stands for; for {@link #MEAN} the number of cases
	 */
	public record Result(double[] values, double[] notNans) {}

	/**
	 * Summarises scores.
	 *
	 * @param scores cases × classes
	 */
	public Result apply(final double[][] scores) {
		final int cases = scores.length;
		final int classes = cases == 0 ? 0 : scores[0].length;
		final double[][] all = new double[cases * classes][1];
		for (int i = 0; i < all.length; i++)
			all[i][0] = scores[i / classes][i % classes];
		return switch (this) {
			case NONE -> new Result(column(all), counts(all));
			case SUM -> sums(new double[][] { column(all) });
			case SUM_BATCH -> sums(transposed(scores, classes));
			case SUM_CHANNEL -> sums(scores);
			case MEAN_BATCH -> means(transposed(scores, classes));
			case MEAN_CHANNEL -> means(scores);
			case MEAN -> meanOfCases(means(scores));
		};
	}

	private static Result sums(final double[][] rows) {
		final double[] sums = new double[rows.length];
		for (int i = 0; i < rows.length; i++)
			for (final double score : rows[i])
				if (!Double.isNaN(score)) sums[i] += score;
		return new Result(sums, counts(rows));
	}

	private static Result means(final double[][] rows) {
		final Result result = sums(rows);
		for (int i = 0; i < rows.length; i++)
			result.values[i] /= Math.max(1, result.notNans[i]);
		return result;
	}

	private static Result meanOfCases(final Result cases) {
		final double[] valid = IntStream.range(0, cases.values.length).filter(
			i -> cases.notNans[i] > 0).mapToDouble(i -> cases.values[i]).toArray();
		return means(new double[][] { valid });
	}

	private static double[] counts(final double[][] rows) {
		final double[] counts = new double[rows.length];
		for (int i = 0; i < rows.length; i++)
			for (final double score : rows[i])
				if (!Double.isNaN(score)) counts[i]++;
		return counts;
	}

	private static double[][] transposed(final double[][] scores, final int classes) {
		final double[][] transposed = new double[classes][scores.length];
		for (int i = 0; i < scores.length; i++)
			for (int c = 0; c < classes; c++)
				transposed[c][i] = scores[i][c];
		return transposed;
	}

	private static double[] column(final double[][] rows) {
		final double[] column = new double[rows.length];
		for (int i = 0; i < rows.length; i++)
			column[i] = rows[i][0];
		return column;
	}
}
