package org.swinj.result;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;

/** Colours and names of classes, in columns. */
final class PictureLegend {

	private static final int LINE = 26, SWATCH = 14, SPACE = 8, MARGIN = 12, MOST_ROWS = 20;

	private final List<LabelClass> classes;
	private final FontMetrics metrics;
	private final int column;
	private final int columns;

	/**
	 * @param classes in the order in which they are listed, row by row
	 * @param width that the legend has, in pixels
	 */
	PictureLegend(final List<LabelClass> classes, final int width, final FontMetrics metrics) {
		this.classes = classes;
		this.metrics = metrics;
		final int widest = classes.stream().mapToInt(each -> metrics.stringWidth(each.name())).max()
			.orElse(0);
		column = SWATCH + SPACE + widest + 2 * MARGIN;
		columns = Math.max(1, (width - MARGIN) / column);
	}

	/** Pixels that {@link #draw} needs. */
	int height() {
		final int rows = Math.max(1, (classes.size() + columns - 1) / columns);
		return Math.min(MOST_ROWS, rows) * LINE + MARGIN;
	}

	/** Lists as many classes as there is room for, and the number of the others. */
	void draw(final Graphics2D graphics, final int top) {
		final int places = MOST_ROWS * columns;
		final int listed = classes.size() <= places ? classes.size() : places - 1;
		for (int i = 0; i < listed; i++) {
			final int x = x(i), y = y(i, top);
			graphics.setColor(classes.get(i).color());
			graphics.fillRoundRect(x, y + (LINE - SWATCH) / 2, SWATCH, SWATCH, 4, 4);
			text(graphics, classes.get(i).name(), x + SWATCH + SPACE, y);
		}
		if (listed < classes.size()) text(graphics, "and " + (classes.size() - listed) + " more", x(
			listed), y(listed, top));
		if (classes.isEmpty()) text(graphics, "no class was found", x(0), y(0, top));
	}

	private void text(final Graphics2D graphics, final String text, final int x, final int y) {
		graphics.setColor(Color.LIGHT_GRAY);
		graphics.drawString(text, x, y + (LINE + metrics.getAscent() - metrics.getDescent()) / 2);
	}

	private int x(final int index) {
		return MARGIN + index % columns * column;
	}

	private int y(final int index, final int top) {
		return top + MARGIN / 2 + index / columns * LINE;
	}
}
