package org.swinj.data;

/** Finds the value with the largest sum of weights; of equals, the smallest. */
final class Ballot {

	private static final double EQUAL = 1e-12;

	private final double[] values;
	private final double[] votes;
	private int count;

	/** @param most largest number of different values */
	Ballot(final int most) {
		values = new double[most];
		votes = new double[most];
	}

	void clear() {
		count = 0;
	}

	void add(final double value, final double weight) {
		int at = 0;
		while (at < count && values[at] != value)
			at++;
		if (at == count) {
			values[at] = value;
			votes[at] = 0;
			count++;
		}
		votes[at] += weight;
	}

	/** The winner; needs at least one vote. */
	double winner() {
		int best = 0;
		for (int i = 1; i < count; i++)
			if (votes[i] > votes[best] + EQUAL || votes[i] > votes[best] - EQUAL
				&& values[i] < values[best]) best = i;
		return values[best];
	}
}
