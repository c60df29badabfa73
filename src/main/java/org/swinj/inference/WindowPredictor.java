package org.swinj.inference;

import java.io.IOException;

/** A network, seen as a function on windows. */
@FunctionalInterface
public interface WindowPredictor {

	/**
	 * Predicts the logits of a batch of windows.
	 *
	 * @param windows one array (channels × Z × Y × X, X fastest) per window; valid only during the
	 *          call, because the arrays are filled again with later windows
	 * @return one array (classes × Z × Y × X) per window, in the same order; the caller may change them,
	 *         but the next call may fill them again
	 */
	float[][] predict(float[][] windows) throws IOException;
}
