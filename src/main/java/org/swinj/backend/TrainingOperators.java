package org.swinj.backend;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;

import java.util.List;

/**
 * Losses, gradients and the optimiser step, as calls into the operator library. Lists of tensors are
 * handled by one native call each.
 */
public final class TrainingOperators {

	/** Label of voxels that take no part in a loss. */
	public static final int IGNORED = -100;

	private final Operators ops;

	public TrainingOperators(final Operators ops) {
		this.ops = ops;
	}

	/**
	 * Soft Dice loss, MONAI {@code DiceLoss(to_onehot_y=True, reduction="mean")}.
	 *
	 * @param logits (B, C, X, Y, Z), float32
	 * @param labels (B, X, Y, Z), int64, {@link #IGNORED} where nobody annotated
	 * @param sigmoid independent probabilities instead of a softmax over classes
	 * @param squared squares in the denominator [squared_pred]
	 * @param background whether class 0 counts [include_background]
	 * @param batch sums over the batch before dividing [batch]
	 */
	public NDArray dice(final NDArray logits, final NDArray labels, final boolean sigmoid,
		final boolean squared, final boolean background, final boolean batch, final double smoothNr,
		final double smoothDr)
	{
		return ops.one(logits, "dice_loss", Operators.of(logits), Operators.of(labels), IValue.from(
			sigmoid), IValue.from(squared), IValue.from(background), IValue.from(batch), IValue.from(
				smoothNr), IValue.from(smoothDr));
	}

	/** Cross-entropy averaged over all annotated voxels; shapes as for {@link #dice}. */
	public NDArray crossEntropy(final NDArray logits, final NDArray labels) {
		return ops.one(logits, "cross_entropy", Operators.of(logits), Operators.of(labels));
	}

	/**
	 * The sum of both for a softmax, the Dice loss with background and for each sample alone.
	 *
	 * @param squared squares in the denominator [squared_pred]
	 */
	public NDArray diceCe(final NDArray logits, final NDArray labels, final boolean squared,
		final double smoothNr, final double smoothDr)
	{
		return ops.one(logits, "dice_ce_loss", Operators.of(logits), Operators.of(labels), IValue.from(
			squared), IValue.from(smoothNr), IValue.from(smoothDr));
	}

	/**
	 * Cross-entropy of (N, K) logits and (N) labels, int64, averaged over those that are not
	 * {@link #IGNORED}; 0 if all are.
	 */
	public NDArray classification(final NDArray logits, final NDArray labels) {
		return ops.one(logits, "classification", Operators.of(logits), Operators.of(labels));
	}

	/**
	 * NT-Xent loss: every embedding shall be most similar to the one of the other view of its image.
	 *
	 * @param first embeddings of one view (B, K)
	 * @param second of the other view, same order
	 * @param past further embeddings to be told apart from (N, K)
	 */
	public NDArray contrast(final NDArray first, final NDArray second, final NDArray past,
		final double temperature)
	{
		return ops.one(first, "contrast", Operators.of(first), Operators.of(second), Operators.of(past),
			IValue.from(temperature));
	}

	/** Mean absolute difference. */
	public NDArray l1(final NDArray x, final NDArray target) {
		return ops.one(x, "l1", Operators.of(x), Operators.of(target));
	}

	/**
	 * Weighted mean absolute difference of images (B, C, X, Y, Z).
	 *
	 * @param weight of each voxel (B, 1, X, Y, Z)
	 * @param smooth differences below this count quadratically; 0 for none
	 */
	public NDArray l1(final NDArray x, final NDArray target, final NDArray weight,
		final double smooth)
	{
		return ops.one(x, "weighted_l1", Operators.of(x), Operators.of(target), Operators.of(weight),
			IValue.from(smooth));
	}

	/** Gradients of a scalar with respect to the parameters, zeros where it does not depend on one. */
	public List<NDArray> gradients(final NDArray loss, final List<NDArray> parameters) {
		return ops.many(loss.getManager(), "gradients", Operators.of(loss), Operators.of(parameters));
	}

	/**
	 * Gradients with respect to some tensors, {@code null} for those that no output depends on.
	 *
	 * @param outputs what was computed from them
	 * @param gradients of the loss with respect to these outputs
	 */
	public List<NDArray> backward(final List<NDArray> outputs, final List<NDArray> gradients,
		final List<NDArray> inputs)
	{
		final List<NDArray> found = ops.many(outputs.get(0).getManager(), "backward", Operators.of(
			outputs), Operators.of(gradients), Operators.of(inputs));
		found.replaceAll(g -> g.getShape().size() == 0 ? null : g);
		return found;
	}

	/** sums += more */
	public void accumulate(final List<NDArray> sums, final List<NDArray> more) {
		ops.run("accumulate_", Operators.of(sums), Operators.of(more)).close();
	}

	/** tensors *= factor */
	public void scale(final List<NDArray> tensors, final double factor) {
		ops.run("scale_", Operators.of(tensors), IValue.from(factor)).close();
	}

	/** L2 norm over all tensors together. */
	public double norm(final List<NDArray> tensors) {
		try (NDArray norm = ops.one(tensors.get(0), "norm", Operators.of(tensors))) {
			return norm.getFloat();
		}
	}

	/**
	 * One AdamW step in place, torch's defaults for betas (0.9, 0.999) and eps (1e-8).
	 *
	 * @param steps a float32 scalar for each parameter, counted up here
	 */
	public void adamW(final List<NDArray> parameters, final List<NDArray> gradients,
		final List<NDArray> means, final List<NDArray> squares, final List<NDArray> steps,
		final double rate, final double decay)
	{
		ops.run("adamw_", Operators.of(parameters), Operators.of(gradients), Operators.of(means),
			Operators.of(squares), Operators.of(steps), IValue.from(rate), IValue.from(decay)).close();
	}
}
