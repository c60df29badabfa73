package org.swinj.fiji;

import ij.ImagePlus;
import ij.process.ByteProcessor;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

import javax.swing.SwingUtilities;

/** An image window that shows the latest of several pictures; none without a display. */
public final class PreviewWindow implements Consumer<BufferedImage> {

	/** Image property of pictures that are shown, but not meant to be worked on. */
	static final String PROPERTY = "SwinJ preview";

	private final String title;
	private ImagePlus window;
	private boolean closed;

	public PreviewWindow(final String title) {
		this.title = title;
	}

	/** Replaces what is shown, unless the user has closed the window. May be called on any thread. */
	@Override
	public void accept(final BufferedImage picture) {
		if (GraphicsEnvironment.isHeadless()) return;
		SwingUtilities.invokeLater(() -> show(picture));
	}

	private void show(final BufferedImage picture) {
		closed |= window != null && !window.isVisible();
		if (closed) return;
		if (window == null) {
			window = new ImagePlus(title, new ByteProcessor(picture));
			window.setProp(PROPERTY, "true");
			window.show();
		}
		else window.setProcessor(new ByteProcessor(picture));
	}
}
