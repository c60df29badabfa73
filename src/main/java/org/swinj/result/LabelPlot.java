package org.swinj.result;

import ij.gui.Plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;

/** Curves with error bars, one for each way of training. */
public final class LabelPlot {

	private static final Color[] COLOURS = { Color.GRAY, new Color(0, 110, 180), new Color(200, 80, 0),
		new Color(0, 140, 90), new Color(150, 60, 150), new Color(180, 150, 0), Color.BLACK };

	private final Plot plot;
	private final StringBuilder legend = new StringBuilder();
	private int curves;

	/** @param x, y names of the axes */
	public LabelPlot(final String x, final String y) {
		plot = new Plot("", x, y);
		plot.setSize(600, 360);
		plot.setLineWidth(2);
	}

	/** @param points x, y and the half length of an error bar */
	public void add(final String name, final List<double[]> points) {
		final double[] x = column(points, 0), y = column(points, 1);
		final Color colour = COLOURS[curves++ % COLOURS.length];
		plot.setColor(colour, colour); // circles, and the lines between them
		plot.add("connected circle", x, y);
		plot.addErrorBars(column(points, 2));
		legend.append(name).append('\n');
	}

	public BufferedImage picture() {
		plot.setColor(Color.BLACK);
		plot.setLimitsToFit(false);
		plot.addLegend(legend.toString());
		return plot.getProcessor().getBufferedImage();
	}

	private static double[] column(final List<double[]> points, final int column) {
		return points.stream().mapToDouble(p -> p[column]).toArray();
	}
}
