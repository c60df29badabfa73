package org.swinj.fiji;

import ij.gui.Plot;
import ij.measure.ResultsTable;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import javax.swing.JPanel;

/** The curves of a training as one plot of ImageJ, drawn anew as large as there is room. */
final class CurvePanel extends JPanel {

	private static final long serialVersionUID = 1L;

	private static final Color[] COLORS = { new Color(0x2563c9), new Color(0xd9480f), new Color(
		0x2b8a3e), new Color(0x862e9c) };
	private static final int LEAST = 80; // pixels of the frame

	private transient List<TrainingView.Line> lines = List.of();

	CurvePanel() {
		setPreferredSize(new Dimension(440, 300));
		setBackground(Color.WHITE);
	}

	void show(final List<TrainingView.Line> curves) {
		lines = curves;
		repaint();
	}

	@Override
	protected void paintComponent(final Graphics g) {
		super.paintComponent(g);
		if (lines.stream().noneMatch(line -> line.steps().length > 0)) {
			g.setColor(Color.GRAY);
			g.drawString("The curves begin with the first step.", 20, 30);
			return;
		}
		final Plot plot = plot();
		plot.setSize(Math.max(LEAST, getWidth()), Math.max(LEAST, getHeight()));
		g.drawImage(plot.getProcessor().getBufferedImage(), 0, 0, null);
	}

	private Plot plot() {
		final Plot plot = new Plot("Training", "Step", "");
		double last = 1, top = 0.1;
		for (final TrainingView.Line line : lines) {
			last = Math.max(last, Arrays.stream(line.steps()).max().orElse(1));
			top = Math.max(top, 1.05 * Arrays.stream(line.values()).max().orElse(0));
		}
		plot.setLimits(0, last, 0, top);
		for (int i = 0; i < lines.size(); i++) {
			final TrainingView.Line line = lines.get(i);
			final Color color = COLORS[i % COLORS.length];
			plot.setColor(color, color); // of dots and of the line that joins them
			plot.setLineWidth(line.dots() ? 2 : 1);
			plot.add(line.dots() ? "connected circle" : "line", line.steps(), line.values());
		}
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addLegend(lines.stream().map(TrainingView.Line::name).collect(Collectors.joining("\n")),
			"top-right");
		return plot;
	}

	/** All points as a table, a row each. */
	void showTable(final String title) {
		final ResultsTable table = new ResultsTable();
		table.showRowNumbers(false);
		for (final TrainingView.Line line : lines)
			for (int i = 0; i < line.steps().length; i++) {
				table.addRow();
				table.addValue("Curve", line.name());
				table.addValue("Step", line.steps()[i]);
				table.addValue("Value", line.values()[i]);
			}
		table.show(title);
	}
}
