package org.swinj.metrics;

/**
 * How the voxels that a prediction gives to a class overlap those of the reference. The methods with
 * {@code ignoreEmpty} follow MONAI where the reference lacks the class: NaN if ignored; otherwise 1
 * if the prediction lacks it too, 0 if it does not.
 *
 * @param both voxels of the class in prediction and reference
 * @param predicted voxels of the class in the prediction
 * @param reference voxels of the class in the reference
 */
public record Overlap(long both, long predicted, long reference) {

	/** Dice coefficient 2|P∩R| / (|P| + |R|), NaN where the reference lacks the class. */
	public double dice() {
		return dice(true);
	}

	/** Dice coefficient 2|P∩R| / (|P| + |R|). */
	public double dice(final boolean ignoreEmpty) {
		return reference == 0 ? empty(ignoreEmpty) : 2.0 * both / (predicted + reference);
	}

	/** Dice coefficient as the BTCV evaluation counts it: 0 where the reference lacks the class. */
	public double btcvTestDice() {
		return reference == 0 ? 0 : dice();
	}

	/** Jaccard index |P∩R| / |P∪R|, NaN where the reference lacks the class. */
	public double jaccard() {
		return jaccard(true);
	}

	/** Jaccard index |P∩R| / |P∪R|. */
	public double jaccard(final boolean ignoreEmpty) {
		return reference == 0 ? empty(ignoreEmpty) : (double) both / (predicted + reference - both);
	}

	/** 2(|P| − |R|) / (|P| + |R|), from −2 to 2: 0 for equal volumes, NaN if both lack the class. */
	public double volumeSimilarity() {
		return 2.0 * (predicted - reference) / (predicted + reference);
	}

	/** Share of the reference that was missed, |R∖P| / |R|; NaN where the reference lacks the class. */
	public double falseNegativeError() {
		return (double) (reference - both) / reference;
	}

	/** Share of the prediction that is wrong, |P∖R| / |P|; NaN where the prediction lacks the class. */
	public double falsePositiveError() {
		return (double) (predicted - both) / predicted;
	}

	private double empty(final boolean ignored) {
		if (ignored) return Double.NaN;
		return predicted == 0 ? 1 : 0;
	}
}
