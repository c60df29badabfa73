package org.swinj.workflow;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.swinj.backend.Precision;
import org.swinj.data.Plan;
import org.swinj.model.ModelFormatException;
import org.swinj.network.Sections;
import org.swinj.network.SwinConfig;
import org.swinj.progress.Progress;
import org.swinj.training.Checkpoint;
import org.swinj.training.StepMemory;

/**
 * The crops of a step: where its device has too little memory for those planned, a training takes fewer,
 * then computes twice what it cannot keep, then takes smaller ones. Checkpoints know this.
 */
final class CropsInUse implements Checkpoint.Part {

	private static final int UNIT = 32; // voxels
	private static final String PATCH = "crops.patch";
	private static final String COUNT = "crops.count";
	private static final String RECOMPUTED = "crops.recomputed";

	private int[] patch;
	private int count;
	private boolean recomputed;

	/**
	 * @param patch planned edge lengths
	 * @param count crops that are in memory together
	 * @param stopped the training to go on with, {@code null} for none
	 */
	CropsInUse(final int[] patch, final int count, final Checkpoint stopped)
		throws ModelFormatException
	{
		final boolean known = stopped != null && stopped.has(PATCH);
		this.patch = known ? parse(stopped.text(PATCH)) : patch.clone();
		this.count = known ? Math.max(1, (int) stopped.number(COUNT)) : count;
		recomputed = known && stopped.has(RECOMPUTED) && stopped.number(RECOMPUTED) > 0;
	}

	/** The plan with these crops; the network stays as planned. */
	Plan in(final Plan plan) {
		return plan.withPatch(patch).withWindow(plan.window());
	}

	int[] patch() {
		return patch.clone();
	}

	int count() {
		return count;
	}

	/** What the network keeps for its gradients. */
	Sections.Mode mode() {
		return recomputed ? Sections.Mode.RECOMPUTE : Sections.Mode.KEEP;
	}

	boolean canShrink() {
		return count > 1 || !recomputed || Arrays.stream(patch).anyMatch(edge -> edge > UNIT);
	}

	/**
	 * Shrinks until a step needs no more memory than there is, and says so.
	 *
	 * @param free bytes
	 * @param examples that a crop makes
	 */
	void fitInto(final long free, final SwinConfig network, final Precision precision,
		final int examples, final Progress progress)
	{
		final String planned = toString();
		while (canShrink() && new StepMemory(network, precision, mode()).bytes(voxels() * examples) > free)
			shrink();
		if (!toString().equals(planned)) progress.warn(String.format(Locale.ROOT,
			"%.1f GiB of memory are free, too little for %s: the training takes %s.", free / 0x1p30, planned,
			this));
	}

	private long voxels() {
		return (long) count * patch[0] * patch[1] * patch[2];
	}

	/** Halves their number, or else keeps less of them, or else makes their longest edges shorter. */
	void shrink() {
		if (count > 1) count /= 2;
		else if (!recomputed) recomputed = true;
		else {
			final int longest = Arrays.stream(patch).max().orElseThrow();
			patch = Arrays.stream(patch).map(edge -> edge == longest ? edge - UNIT : edge).toArray();
		}
	}

	@Override
	public String toString() {
		return (count > 1 ? count + " crops of " : "crops of ") + Arrays.stream(patch).mapToObj(
			String::valueOf).collect(Collectors.joining(" × ")) + " voxels" + (recomputed
				? ", computing activations twice" : "");
	}

	@Override
	public void save(final Checkpoint to) {
		to.put(PATCH, Arrays.stream(patch).mapToObj(String::valueOf).collect(Collectors.joining(",")));
		to.put(COUNT, count);
		to.put(RECOMPUTED, recomputed ? 1 : 0);
	}

	private static int[] parse(final String text) throws ModelFormatException {
		try {
			return Plan.parsePatch(text);
		}
		catch (final IllegalArgumentException e) {
			throw new ModelFormatException("The checkpoint is damaged: its crops are \"" + text + "\".", e);
		}
	}
}
