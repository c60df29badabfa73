package org.swinj.model;

import java.util.List;

/**
 * How a model came to be.
 *
 * @param seed source of all randomness of the run
 * @param steps optimiser steps done
 * @param finalLoss mean loss of the last steps, NaN when unknown
 * @param bestDice mean Dice on the held-back cases, NaN when none were held back
 * @param device what it ran on
 * @param versions versions of SwinJ, the engine and Java, one sentence
 * @param date when it ended, ISO 8601 with offset
 * @param settings the settings, one {@code name=value} each
 * @param inputs the input files, one {@code name sha256} each; may be empty
 */
public record Training(long seed, int steps, double finalLoss, double bestDice, String device,
	String versions, String date, List<String> settings, List<String> inputs)
{

	public Training {
		settings = List.copyOf(settings);
		inputs = List.copyOf(inputs);
	}
}
