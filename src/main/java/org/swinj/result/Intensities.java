package org.swinj.result;

/** Collects the intensities of some voxels. */
final class Intensities {

	private long count;
	private double mean;
	private double squares;
	private double min = Double.POSITIVE_INFINITY;
	private double max = Double.NEGATIVE_INFINITY;

	void add(final double value) {
		count++;
		final double difference = value - mean;
		mean += difference / count;
		squares += difference * (value - mean);
		if (value < min) min = value;
		if (value > max) max = value;
	}

	/** What was collected; all NaN if nothing was. */
	IntensityStatistics statistics() {
		final double na = Double.NaN;
		if (count == 0) return new IntensityStatistics(na, na, na, na);
		return new IntensityStatistics(mean, Math.sqrt(squares / count), max, min);
	}
}
