package org.swinj.progress;

/** Thrown by a task at the point where it noticed that the user had asked it to stop. */
public final class CancelledException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean silent;

	public CancelledException() {
		super("Cancelled");
		silent = true;
	}

	/** @param kept what was kept and where, as a sentence for the user */
	public CancelledException(final String kept) {
		super(kept);
		silent = false;
	}

	/** Whether there is nothing to say besides what the user knows. */
	public boolean isSilent() {
		return silent;
	}
}
