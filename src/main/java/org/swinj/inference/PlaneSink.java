package org.swinj.inference;

import java.io.IOException;

/** Takes the blended logits of a volume, plane by plane along Z, each plane once and in order. */
@FunctionalInterface
public interface PlaneSink {

	/**
	 * Takes a plane that no later window touches.
	 *
	 * @param z index of the plane
	 * @param logits one array (Y × X, X fastest) per class; valid only during the call and not to be
	 *          changed
	 */
	void accept(long z, float[][] logits) throws IOException;

	/** A sink that hands each plane to this one and then to another. */
	default PlaneSink andThen(final PlaneSink other) {
		return (z, logits) -> {
			accept(z, logits);
			other.accept(z, logits);
		};
	}
}
