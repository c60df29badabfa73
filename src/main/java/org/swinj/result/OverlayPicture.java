package org.swinj.result;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import javax.imageio.ImageIO;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.data.AtomicFile;
import org.swinj.data.Orientation;
import org.swinj.data.Volume;

/**
 * A picture of a segmentation for people: slices of the source in grey, the classes over them in
 * colour, and their names. Where the directions in the body are known, front or top are up and the
 * right side, marked R, is on the left, as radiologists look at a patient.
 */
public final class OverlayPicture {

	private static final int MOST_SLICES = 12;
	private static final Color BACKGROUND = new Color(0x121214);
	private static final Color SHADE = new Color(0, 0, 0, 120);
	private static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
	private static final Font NUMBER = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

	private final RandomAccessibleInterval<FloatType> channel;
	private final double[] spacing;
	private final Orientation orientation; // null if unknown
	private final LabelImage labels;
	private final List<LabelClass> found;

	private OverlayPicture(final Volume source, final LabelImage labels,
		final LabelClasses classes)
	{
		channel = Views.hyperSlice(source.image(), 3, 0);
		spacing = source.geometry().spacing();
		orientation = source.geometry().isOriented() ? Orientation.of(source.geometry().affine()) : null;
		this.labels = labels;
		found = found(labels, classes);
	}

	/**
	 * Writes a PNG of up to twelve slices of the first channel and time point, evenly spread over
	 * those with labels. A file of this name is replaced only by a complete one.
	 *
	 * @throws IllegalArgumentException if the source has another size than the labels
	 * @throws IOException if the file cannot be written or there is no font to write names with
	 */
	public static void write(final Path png, final Volume source, final LabelImage labels,
		final LabelClasses classes) throws IOException
	{
		checkFonts();
		final BufferedImage picture = draw(source, labels, classes);
		AtomicFile.write(png, out -> ImageIO.write(picture, "png", out));
	}

	/** Servers may have no font at all, on which Java's answer is an error of its own. */
	private static void checkFonts() throws IOException {
		try {
			LEGEND.canDisplay('0');
		}
		catch (final Error e) {
			throw new IOException("The picture needs a font, but this computer has none that Java finds: " +
				"install fontconfig and a font such as DejaVu.", e);
		}
	}

	/** The picture that {@link #write} writes. */
	static BufferedImage draw(final Volume source, final LabelImage labels,
		final LabelClasses classes)
	{
		labels.checkSize(source);
		return new OverlayPicture(source, labels, classes).draw();
	}

	private BufferedImage draw() {
		final int[] slices = slices();
		final PictureLayout layout = PictureLayout.of(slices.length, labels.width() * spacing[0] /
			(labels.height() * spacing[1]));
		final int top = layout.y(layout.columns() * layout.rows());
		final PictureLegend legend = new PictureLegend(found, PictureLayout.PICTURE_WIDTH,
			new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getFontMetrics(LEGEND));
		final BufferedImage picture = new BufferedImage(PictureLayout.PICTURE_WIDTH, top + legend
			.height(), BufferedImage.TYPE_INT_RGB);
		final Graphics2D graphics = picture.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING,
			RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		graphics.setColor(BACKGROUND);
		graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
		drawSlices(graphics, slices, layout);
		graphics.setFont(LEGEND);
		legend.draw(graphics, top);
		graphics.dispose();
		return picture;
	}

	private void drawSlices(final Graphics2D graphics, final int[] slices,
		final PictureLayout layout)
	{
		final GreyWindow window = GreyWindow.of(channel);
		final SliceTile tile = new SliceTile(new int[] { labels.width(), labels.height() }, layout
			.width(), layout.height(), turned(), colors());
		graphics.setFont(NUMBER);
		for (int i = 0; i < slices.length; i++) {
			graphics.drawImage(tile.draw(brightness(window, slices[i]), labels.plane(slices[i], 0)), layout
				.x(i), layout.y(i), null);
			caption(graphics, String.valueOf(slices[i] + 1), layout.x(i) + 4, layout.y(i) + 4);
		}
		if (isSideways()) caption(graphics, "R", layout.x(0) + 4, layout.y(0) + layout.height() / 2 - 8);
	}

	/** Text that can be read on black and on white. */
	private static void caption(final Graphics2D graphics, final String text, final int x,
		final int y)
	{
		final FontMetrics metrics = graphics.getFontMetrics();
		graphics.setColor(SHADE);
		graphics.fillRoundRect(x, y, metrics.stringWidth(text) + 10, metrics.getHeight() + 2, 8, 8);
		graphics.setColor(Color.WHITE);
		graphics.drawString(text, x + 5, y + 1 + metrics.getAscent());
	}

	/** The slices to show, from 0: all of a thin stack, else some of those with labels. */
	private int[] slices() {
		int first = 0, last = labels.slices() - 1;
		if (labels.slices() > MOST_SLICES) {
			while (first < last && isEmpty(first))
				first++;
			while (last > first && isEmpty(last))
				last--;
			if (isEmpty(first)) first = 0;
		}
		final int count = last - first + 1;
		final int[] slices = new int[Math.min(MOST_SLICES, count)];
		for (int i = 0; i < slices.length; i++)
			slices[i] = first + (2 * i + 1) * count / (2 * slices.length);
		return slices;
	}

	private boolean isEmpty(final int slice) {
		for (final short label : labels.plane(slice, 0))
			if (label != 0) return false;
		return true;
	}

	/** The classes that occur anywhere at the first time point. */
	private static List<LabelClass> found(final LabelImage labels, final LabelClasses classes) {
		final BitSet values = new BitSet();
		for (int z = 0; z < labels.slices(); z++)
			for (final short label : labels.plane(z, 0))
				values.set(label & 0xffff);
		values.clear(0);
		return values.stream().mapToObj(classes::get).toList();
	}

	private int[] colors() {
		final int[] colors = new int[labels.largest() + 1];
		for (final LabelClass each : found)
			colors[each.value()] = each.rgb();
		return colors;
	}

	private float[] brightness(final GreyWindow window, final int slice) {
		final float[] brightness = new float[labels.width() * labels.height()];
		final Cursor<FloatType> voxels = Views.flatIterable(Views.hyperSlice(channel, 2, slice)).cursor();
		for (int i = 0; i < brightness.length; i++)
			brightness[i] = window.brightness(voxels.next().get());
		return brightness;
	}

	/** Whether X runs to the right, to the front or to the top of the body, and whether Y does. */
	private boolean[] turned() {
		final boolean[] turned = new boolean[3];
		if (orientation != null) for (int i = 0; i < 3; i++)
			turned[orientation.axes()[i]] = !orientation.flipped()[i];
		return turned;
	}

	/** Whether X runs from side to side of the body. */
	private boolean isSideways() {
		return orientation != null && orientation.axes()[0] == 0;
	}
}
