package org.swinj.model;

import java.util.List;
import java.util.Locale;

/**
 * How a model came to be.
 *
 * @param seed source of all randomness of the run
 * @param steps optimiser steps done
 * @param finalLoss mean loss of the last steps, NaN when unknown
 * @param bestDice mean Dice on what was held back, NaN when nothing was
 * @param heldBack ids of the cases held back, or where in one case the slab lies that was; may be empty
 * @param device what it ran on
 * @param versions versions of SwinJ, the engine and Java, one sentence
 * @param date when it ended, ISO 8601 with offset
 * @param settings the settings, one {@code name=value} each
 * @param inputs names of the input files; may be empty
 */
public record Training(long seed, int steps, double finalLoss, double bestDice,
	List<String> heldBack, String device, String versions, String date, List<String> settings,
	List<String> inputs)
{

	public Training {
		heldBack = List.copyOf(heldBack);
		settings = List.copyOf(settings);
		inputs = List.copyOf(inputs);
	}

	/** The training for people, in short lines. */
	List<String> describe() {
		final String dice = Double.isNaN(bestDice) ? "" : String.format(Locale.ROOT,
			", Dice %.3f on %s", bestDice, judges());
		return List.of("Trained: " + steps + " steps" + dice + ", " + date, "Device: " + device);
	}

	/** What the Dice is that of, as in "3 held-back cases". */
	public String judges() {
		return switch (heldBack.size()) {
			case 0 -> "held-back cases";
			case 1 -> heldBack.get(0) + ", held back";
			default -> heldBack.size() + " held-back cases";
		};
	}
}
