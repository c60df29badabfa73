package org.swinj.training;

/** Thrown by a training whose device has too little memory for a step or a validation. */
public final class MemoryShortage extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Checkpoint state;
	private final int steps;

	private final boolean kept;

	MemoryShortage(final Checkpoint state, final int steps, final boolean kept,
		final Throwable cause)
	{
		super(cause);
		this.state = state;
		this.steps = steps;
		this.kept = kept;
	}

	/** Whether the training has written a checkpoint. */
	boolean isKept() {
		return kept;
	}

	/** The training as it was before. */
	Checkpoint state() {
		return state;
	}

	/** Steps done before. */
	public int steps() {
		return steps;
	}
}
