package org.swinj.pretext;

import java.util.random.RandomGenerator;

/** The random numbers of {@link CutOut}, asked for in the order of the published code. */
interface CutOutDraws {

	/** Evenly distributed between 0 and {@code limit}. */
	double share(double limit);

	/** A whole number from {@code from} to before {@code to}. */
	int integer(int from, int to);

	/** Standard normal. */
	float normal();

	/** Draws from a generator. */
	static CutOutDraws of(final RandomGenerator random) {
		return new CutOutDraws() {

			@Override
			public double share(final double limit) {
				return random.nextDouble() * limit;
			}

			@Override
			public int integer(final int from, final int to) {
				return random.nextInt(from, to);
			}

			@Override
			public float normal() {
				return (float) random.nextGaussian();
			}
		};
	}
}
