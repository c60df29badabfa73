package org.swinj.workflow;

import java.nio.file.Path;
import java.util.List;

/**
 * What an evaluation found.
 *
 * @param output the CSV file written
 * @param cases cases compared
 * @param scores one row per case and class, case by case
 * @param means one row per class, over cases
 * @param failures one sentence for each case that could not be compared
 */
public record EvaluateResult(Path output, int cases, List<ClassScore> scores,
	List<ClassScore> means, List<String> failures)
{

	/** Mean Dice over the classes; NaN if no reference holds any. */
	public double meanDice() {
		return means.stream().mapToDouble(ClassScore::dice).filter(dice -> !Double.isNaN(dice))
			.average().orElse(Double.NaN);
	}
}
