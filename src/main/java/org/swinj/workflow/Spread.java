package org.swinj.workflow;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Mean and spread of repeated measurements.
 *
 * @param deviation standard deviation, 0 for a single one
 */
record Spread(int count, double mean, double deviation) {

	static Spread of(final Collection<Double> values) {
		return of(values.stream().mapToDouble(Double::doubleValue).toArray());
	}

	static Spread of(final double... values) {
		final double mean = Arrays.stream(values).average().orElse(Double.NaN);
		final double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
		return new Spread(values.length, mean, values.length < 2 ? 0 : Math.sqrt(square / (values.length
			- 1)));
	}

	double standardError() {
		return deviation / Math.sqrt(count);
	}

	@Override
	public String toString() {
		return count == 0 ? "–" : String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
	}
}
