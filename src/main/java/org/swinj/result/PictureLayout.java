package org.swinj.result;

/**
 * How slices are arranged in a picture.
 *
 * @param columns slices side by side
 * @param rows slices one above the other
 * @param cell width of a slice with the room it has, in pixels
 * @param width of a slice in pixels
 * @param height of a slice in pixels
 */
record PictureLayout(int columns, int rows, int cell, int width, int height) {

	/** Width of the whole picture in pixels. */
	static final int PICTURE_WIDTH = 1600;
	/** Pixels between slices. */
	static final int GAP = 6;

	private static final int MOST_HEIGHT = 2000;
	private static final double SHAPE = 4 / 3.0;

	/**
	 * Comes close to a picture of 4:3 without many empty places.
	 *
	 * @param slices at least 1
	 * @param aspect width of a slice divided by its height
	 */
	static PictureLayout of(final int slices, final double aspect) {
		int columns = 1;
		for (int each = 2; each <= slices; each++)
			if (ugliness(slices, each, aspect) < ugliness(slices, columns, aspect)) columns = each;
		final int rows = rows(slices, columns);
		final int cell = (PICTURE_WIDTH - GAP * (columns + 1)) / columns;
		final double width = Math.min(cell, aspect * MOST_HEIGHT / rows);
		return new PictureLayout(columns, rows, cell, Math.max(1, (int) Math.round(width)), Math.max(1,
			(int) Math.round(width / aspect)));
	}

	/** Left edge of a slice. */
	int x(final int index) {
		return GAP + index % columns * (cell + GAP) + (cell - width) / 2;
	}

	/** Upper edge of a slice; that of the legend for the first place behind the last row. */
	int y(final int index) {
		return GAP + index / columns * (height + GAP);
	}

	private static int rows(final int slices, final int columns) {
		return (slices + columns - 1) / columns;
	}

	private static double ugliness(final int slices, final int columns, final double aspect) {
		final int rows = rows(slices, columns);
		final double empty = columns * rows - slices;
		return Math.abs(Math.log(columns * aspect / rows / SHAPE)) + empty / slices;
	}
}
