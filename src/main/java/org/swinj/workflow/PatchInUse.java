package org.swinj.workflow;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.swinj.data.Plan;
import org.swinj.model.ModelFormatException;
import org.swinj.training.Checkpoint;

/**
 * The edge lengths of the crops, which a training makes smaller where its device has too little
 * memory for those planned. Checkpoints know them.
 */
final class PatchInUse implements Checkpoint.Part {

	private static final int UNIT = 32; // voxels
	private static final String KEY = "patch";

	private int[] patch;

	/** @param stopped the training to go on with, {@code null} for none */
	PatchInUse(final Plan plan, final Checkpoint stopped) throws ModelFormatException {
		patch = stopped != null && stopped.has(KEY) ? parse(stopped.text(KEY)) : plan.patch();
	}

	/** The plan with these crops; the network stays as planned. */
	Plan in(final Plan plan) {
		return plan.withPatch(patch).withWindow(plan.window());
	}

	int[] edges() {
		return patch.clone();
	}

	boolean canShrink() {
		return Arrays.stream(patch).anyMatch(edge -> edge > UNIT);
	}

	/** Makes the longest edges shorter; returns what was done, as a sentence. */
	String shrink(final String device) {
		final int longest = Arrays.stream(patch).max().orElseThrow();
		final String before = toString();
		patch = Arrays.stream(patch).map(edge -> edge == longest ? edge - UNIT : edge).toArray();
		return device + " has too little memory for crops of " + before
			+ " voxels: the training goes on with crops of " + this + ".";
	}

	@Override
	public String toString() {
		return Arrays.stream(patch).mapToObj(String::valueOf).collect(Collectors.joining(" × "));
	}

	@Override
	public void save(final Checkpoint to) {
		to.put(KEY, Arrays.stream(patch).mapToObj(String::valueOf).collect(Collectors.joining(",")));
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
