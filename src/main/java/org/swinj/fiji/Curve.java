package org.swinj.fiji;

import java.util.Arrays;

/**
 * A curve over the steps of a training that stays short: where it has become long, two neighbouring
 * points become one at their mean.
 */
final class Curve {

	static final int MOST = 512;

	private final String name;
	private final boolean dots;
	private double[] x = new double[MOST];
	private double[] y = new double[MOST];
	private int count;
	private int merged = 1; // measured points in each kept one
	private int waiting; // measured points in the sums
	private double sumX;
	private double sumY;

	/** @param dots whether the points are few and drawn as dots */
	Curve(final String name, final boolean dots) {
		this.name = name;
		this.dots = dots;
	}

	void add(final double step, final double value) {
		if (!Double.isFinite(value)) return;
		sumX += step;
		sumY += value;
		if (++waiting < merged) return;
		x[count] = sumX / merged;
		y[count] = sumY / merged;
		sumX = 0;
		sumY = 0;
		waiting = 0;
		if (++count == MOST) halve();
	}

	private void halve() {
		count /= 2;
		merged *= 2;
		for (int i = 0; i < count; i++) {
			x[i] = (x[2 * i] + x[2 * i + 1]) / 2;
			y[i] = (y[2 * i] + y[2 * i + 1]) / 2;
		}
	}

	String name() {
		return name;
	}

	boolean isDots() {
		return dots;
	}

	double[] steps() {
		return Arrays.copyOf(x, count);
	}

	double[] values() {
		return Arrays.copyOf(y, count);
	}
}
