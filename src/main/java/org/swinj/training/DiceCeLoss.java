package org.swinj.training;

import ai.djl.ndarray.NDArray;

import org.swinj.backend.TrainingOperators;

/**
 * Soft Dice plus cross-entropy, MONAI {@code DiceCELoss(to_onehot_y=True)}.
 *
 * @param squared squares in the Dice denominator
 * @param smoothNr added to the numerator
 * @param smoothDr added to the denominator
 */
public record DiceCeLoss(boolean squared, double smoothNr, double smoothDr) {

	/** MONAI's defaults, used by the published fine-tuning recipe. */
	public DiceCeLoss() {
		this(false, 1e-5, 1e-5);
	}

	/**
	 * @param logits (B, C, X, Y, Z), float32
	 * @param labels (B, X, Y, Z), int64, {@link TrainingOperators#IGNORED} where not annotated
	 * @return a scalar
	 */
	public NDArray of(final NDArray logits, final NDArray labels, final TrainingOperators ops) {
		if (logits.getShape().get(1) > 1) return ops.diceCe(logits, labels, squared, smoothNr, smoothDr);
		final NDArray dice = ops.dice(logits, labels, true, squared, true, false, smoothNr, smoothDr);
		return dice.add(ops.crossEntropy(logits, labels));
	}
}
