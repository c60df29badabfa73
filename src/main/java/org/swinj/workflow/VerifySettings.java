package org.swinj.workflow;

import java.nio.file.Path;

import org.swinj.training.FirstSteps;

/**
 * What the verification of a model needs to know.
 *
 * @param model SwinJ model folder or zip that was trained
 * @param data where the data folder is now; null for where it was
 * @param steps first steps of the training to repeat; 0 for none, so that only files are compared
 */
public record VerifySettings(Path model, Path data, int steps) {

	/** The recommended number of steps. */
	public static final int STEPS = 10;

	public VerifySettings {
		Check.present(model, "model", "the SwinJ model");
		Check.that(steps >= 0 && steps <= FirstSteps.MOST, "steps must be between 0 and "
			+ FirstSteps.MOST + ", as many as models record, not " + steps + ".");
	}
}
