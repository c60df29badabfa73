package org.swinj.workflow;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.model.NetworkWeights;
import org.swinj.model.StateDict;
import org.swinj.network.SwinUnetr;
import org.swinj.progress.Progress;
import org.swinj.training.TrainingListener;

/** Watches a training run: validates, keeps the best weights, records the curve. */
final class BestWeights implements TrainingListener {

	/** Volumes validated during the run; all of them are validated at its end. */
	private static final int VOLUMES_ON_THE_WAY = 8;
	private static final int STEPS_PER_LINE = 10;

	private final SwinUnetr network;
	private final Validation validation; // null without held-back cases
	private final Progress progress;
	private final List<String> curve = new ArrayList<>(List.of("step,loss,rate,dice"));
	private StateDict best;
	private double bestDice = Double.NaN;
	private double lossSum;

	BestWeights(final SwinUnetr network, final Validation validation, final Progress progress) {
		this.network = network;
		this.validation = validation;
		this.progress = progress;
	}

	@Override
	public void stepDone(final int step, final double loss, final double rate) {
		lossSum += loss;
		if (step % STEPS_PER_LINE != 0) return;
		curve.add(String.format(Locale.ROOT, "%d,%.5f,%.3g,", step, lossSum / STEPS_PER_LINE, rate));
		lossSum = 0;
	}

	@Override
	public void validate(final int step) throws IOException {
		if (validation == null) {
			best = NetworkWeights.of(network);
			return;
		}
		final double dice = Validation.mean(validation.dice(network, VOLUMES_ON_THE_WAY));
		curve.add(String.format(Locale.ROOT, "%d,,,%.4f", step, dice));
		progress.info(String.format(Locale.ROOT, "Step %d: validation Dice %.4f", step, dice));
		if (best != null && !(dice > bestDice)) return;
		best = NetworkWeights.of(network);
		bestDice = dice;
	}

	/** The best weights so far, {@code null} before the first validation. */
	StateDict best() {
		return best;
	}

	/** Writes loss and Dice over the steps. */
	void writeCurve(final Path file) throws IOException {
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			for (final String line : curve)
				out.write(line + "\n");
		}
	}
}
