package org.swinj.workflow;

import java.nio.file.Path;

/**
 * What a cross-validation found.
 *
 * @param output folder with a model per fold, {@code scores.csv} and {@code report.html}
 * @param folds trained
 * @param cases judged
 * @param meanDice mean over classes of the mean over cases
 * @param seconds wall time
 */
public record CrossValidationResult(Path output, int folds, int cases, double meanDice,
	double seconds)
{}
