package org.swinj.workflow;

/**
 * One fine-tuning of a comparison.
 *
 * @param experiment what it belongs to
 * @param start what its weights came from: scratch, or the name of a pretrained model
 * @param cases labelled volumes trained on
 * @param seed of cases and random numbers
 * @param dice mean over classes on cases that no run saw
 * @param steps done
 * @param seconds wall time
 */
record CompareRun(String experiment, String start, int cases, long seed, double dice, int steps,
	double seconds)
{

	static final String SCRATCH = "scratch";
	static final String HEADER = "experiment,start,cases,seed,dice,steps,seconds";

	boolean is(final String otherExperiment, final String otherStart, final int otherCases) {
		return experiment.equals(otherExperiment) && start.equals(otherStart) && cases == otherCases;
	}

	String row() {
		return experiment + "," + start + "," + cases + "," + seed + "," + dice + "," + steps + ","
			+ seconds;
	}

	static CompareRun of(final String row) {
		final String[] c = row.split(",");
		return new CompareRun(c[0], c[1], Integer.parseInt(c[2]), Long.parseLong(c[3]), Double
			.parseDouble(c[4]), Integer.parseInt(c[5]), Double.parseDouble(c[6]));
	}
}
