package org.swinj.progress;

/**
 * A person who looks at a training, and may let it wait or end it early with what it has learned.
 * All methods are called on the training thread and must return quickly.
 */
public interface TrainingWatcher {

	/**
	 * A point of a curve.
	 *
	 * @param curve its name, for instance {@code "loss"}
	 * @param step steps done
	 */
	default void point(final String curve, final int step, final double value) {}

	/** The best weights so far are those after this step. */
	default void best(final int step, final double dice) {}

	/**
	 * How far the training is.
	 *
	 * @param step steps done
	 * @param done share of the run that is over, from 0 to 1
	 * @param seconds of training, without pauses
	 */
	default void progress(final int step, final double done, final double seconds) {}

	/** Whether previews are looked at, which cost time. */
	default boolean wantsPreviews() {
		return false;
	}

	/** What the network makes of always the same example. */
	default void preview(final Preview preview) {}

	/** Whether the training is to wait before its next step. */
	default boolean isPaused() {
		return false;
	}

	/** Whether the training is to end after its present step as if its time were over. */
	default boolean isStopped() {
		return false;
	}

	/** Nobody. */
	static TrainingWatcher none() {
		return new TrainingWatcher() {};
	}
}
