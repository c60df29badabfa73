package org.swinj.training;

import java.io.IOException;

/** Hears of the course of a training run. */
public interface TrainingListener extends Checkpoint.Part {

	/**
	 * After every optimiser step.
	 *
	 * @param step steps done, from 1
	 * @param loss mean loss of the step's examples
	 * @param rate learning rate used
	 */
	default void stepDone(final int step, final double loss, final double rate) {}

	/**
	 * Asked at equal distances and after the last step: measure and keep what is best.
	 *
	 * @param last whether the run is over
	 */
	default void validate(final int step, final boolean last) throws IOException {}

	/** Whether nothing is gained any more, so that the training shall end; asked after validations. */
	default boolean isPlateau() {
		return false;
	}
}
