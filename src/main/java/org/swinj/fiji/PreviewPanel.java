package org.swinj.fiji;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.image.BufferedImage;

import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.SwingConstants;

import org.swinj.progress.Preview;

/** A preview that is scrolled through its slices with a slider or the mouse wheel. */
final class PreviewPanel extends JPanel {

	private static final long serialVersionUID = 1L;

	private static final int TITLES = 18; // pixels above the picture

	private final JLabel caption = new JLabel(" ", SwingConstants.CENTER);
	private final JSlider slider = new JSlider(0, 0, 0);
	private final Canvas canvas = new Canvas();
	private transient Preview preview;
	private transient BufferedImage picture;

	PreviewPanel() {
		super(new BorderLayout());
		add(caption, BorderLayout.NORTH);
		add(canvas, BorderLayout.CENTER);
		add(slider, BorderLayout.SOUTH);
		slider.setEnabled(false);
		slider.addChangeListener(e -> draw());
		canvas.addMouseWheelListener(e -> slider.setValue(slider.getValue() + e.getWheelRotation()));
	}

	/** Shows this one at the slice that was seen before. */
	void show(final Preview latest) {
		if (latest == preview || latest == null) return;
		final boolean first = preview == null || preview.slices() != latest.slices();
		preview = latest;
		slider.setEnabled(latest.slices() > 1);
		if (first) {
			slider.setMaximum(latest.slices() - 1);
			slider.setValue(latest.first());
		}
		draw();
	}

	private void draw() {
		if (preview == null) return;
		picture = preview.picture().apply(slider.getValue());
		caption.setText(preview.example() + ", slice " + (slider.getValue() + 1) + " of " + preview
			.slices() + ", after step " + preview.step());
		canvas.repaint();
	}

	/** As large as there is room, with the names of the parts on top. */
	private final class Canvas extends JPanel {

		private static final long serialVersionUID = 1L;

		Canvas() {
			setPreferredSize(new Dimension(620, 240));
			setBackground(Color.BLACK);
		}

		@Override
		protected void paintComponent(final Graphics g) {
			super.paintComponent(g);
			g.setColor(Color.LIGHT_GRAY);
			if (picture == null) {
				g.drawString("Pictures come with the training.", 20, 30);
				return;
			}
			final double zoom = Math.min((double) getWidth() / picture.getWidth(), (double) (getHeight()
				- TITLES) / picture.getHeight());
			final int width = (int) (zoom * picture.getWidth());
			final int height = (int) (zoom * picture.getHeight());
			final int left = (getWidth() - width) / 2;
			final int top = TITLES + (getHeight() - TITLES - height) / 2;
			g.drawImage(picture, left, top, width, height, null);
			for (int i = 0; i < preview.parts().size(); i++)
				g.drawString(preview.parts().get(i), left + i * width / preview.parts().size() + 2, top
					- 5);
		}
	}
}
