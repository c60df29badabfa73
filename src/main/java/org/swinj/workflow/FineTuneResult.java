package org.swinj.workflow;

import java.nio.file.Path;

/**
 * What a fine-tuning run achieved.
 *
 * @param output the model written
 * @param steps optimiser steps done
 * @param finalLoss mean loss of the last steps
 * @param bestDice mean Dice over classes on the held-back cases, or on a slab of a single
 *          subject; NaN when none were held back
 * @param classDice the same for each class but the background; empty when none were held back
 * @param seconds wall time
 * @param device what it ran on, with the reason
 */
public record FineTuneResult(Path output, int steps, double finalLoss, double bestDice,
	double[] classDice, double seconds, String device)
{}
