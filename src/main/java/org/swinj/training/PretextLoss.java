package org.swinj.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import org.swinj.backend.TrainingOperators;
import org.swinj.network.PretextHeads;
import org.swinj.network.PretextOutput;

/**
 * The weighted sum of the three pretext losses; a task of weight 0 is off.
 *
 * @param inpainting weight of the absolute difference between the rebuilt image and its target
 * @param contrast weight of the NT-Xent loss between two views
 * @param rotation weight of the cross-entropy of the quarter turn
 * @param temperature of the NT-Xent loss
 * @param smooth differences below this count quadratically where voxels are weighted; 0 for none
 */
public record PretextLoss(double inpainting, double contrast, double rotation, double temperature,
	double smooth)
{

	/** The published code's: all weights 1, temperature 0.5, plain absolute differences. */
	public static PretextLoss paper() {
		return new PretextLoss(1, 1, 1, 0.5, 0);
	}

	/**
	 * The losses of a batch.
	 *
	 * @param output of the network for the first views of B images, then the second views of the same
	 *          (or one view each if contrast is off)
	 * @param target what should have been rebuilt, (2B, C, X, Y, Z)
	 * @param weight of each voxel in inpainting, (2B, 1, X, Y, Z); {@code null} if all are alike
	 * @param turns quarter turns of each view, (2B), int64, {@link TrainingOperators#IGNORED} where
	 *          they are not to be guessed
	 * @param past embeddings of earlier images (N, 512); {@code null} for none
	 */
	public Terms of(final PretextOutput output, final NDArray target, final NDArray weight,
		final NDArray turns, final NDArray past, final TrainingOperators ops)
	{
		NDArray inpaint = null;
		if (inpainting > 0) inpaint = weight == null ? ops.l1(output.reconstruction(), target) : ops.l1(
			output.reconstruction(), target, weight, smooth);
		final NDArray similar = contrast > 0 ? contrast(output.contrast(), past, ops) : null;
		final NDArray turned = rotation > 0 ? ops.classification(output.rotation(), turns) : null;
		return new Terms(inpaint, similar, turned, total(inpaint, similar, turned));
	}

	private NDArray contrast(final NDArray embeddings, final NDArray past,
		final TrainingOperators ops)
	{
		final long images = embeddings.getShape().get(0) / 2;
		final NDManager scope = embeddings.getManager();
		final NDArray others = past != null ? past : scope.zeros(new Shape(0,
			PretextHeads.EMBEDDING));
		return ops.contrast(embeddings.get("0:" + images), embeddings.get(images + ":"), others,
			temperature);
	}

	private NDArray total(final NDArray inpaint, final NDArray similar, final NDArray turned) {
		NDArray sum = null;
		for (final NDArray term : new NDArray[] { weighted(inpaint, inpainting), weighted(similar,
			contrast), weighted(turned, rotation) })
			if (term != null) sum = sum == null ? term : sum.add(term);
		return sum;
	}

	private static NDArray weighted(final NDArray term, final double weight) {
		return term == null ? null : term.mul((float) weight);
	}

	/**
	 * The scalars of one batch; {@code null} for a task that is off.
	 *
	 * @param total their weighted sum
	 */
	public record Terms(NDArray inpainting, NDArray contrast, NDArray rotation, NDArray total) {}
}
