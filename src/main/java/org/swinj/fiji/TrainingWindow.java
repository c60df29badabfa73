package org.swinj.fiji;

import ij.IJ;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GridLayout;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;
import javax.swing.Timer;

/**
 * A training that is going on: its curves, a preview, the best so far, the time left, and the buttons
 * Pause and Stop. It is no window of ImageJ's, so that the active image stays the user's.
 */
final class TrainingWindow extends JFrame {

	private static final long serialVersionUID = 1L;

	private static final int PERIOD_MILLIS = 250;

	private final transient TrainingView view;
	private final JLabel state = new JLabel(" ");
	private final JLabel best = new JLabel(" ");
	private final CurvePanel curves = new CurvePanel();
	private final PreviewPanel preview = new PreviewPanel();
	private final JToggleButton pause = new JToggleButton("Pause");
	private final JButton stop = new JButton("Stop and keep");
	private final Timer timer = new Timer(PERIOD_MILLIS, e -> update());

	TrainingWindow(final String title, final TrainingView view) {
		super(title);
		this.view = view;
		final JSplitPane middle = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, curves, preview);
		middle.setResizeWeight(0.4);
		add(lines(), BorderLayout.NORTH);
		add(middle, BorderLayout.CENTER);
		add(buttons(), BorderLayout.SOUTH);
		setDefaultCloseOperation(DO_NOTHING_ON_CLOSE);
		addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent e) {
				askToClose();
			}
		});
		getRootPane().registerKeyboardAction(e -> IJ.setKeyDown(KeyEvent.VK_ESCAPE), KeyStroke
			.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
		pack();
		setLocationByPlatform(true);
		update();
		timer.start();
	}

	private JPanel lines() {
		final JPanel lines = new JPanel(new GridLayout(2, 1));
		lines.setBorder(BorderFactory.createEmptyBorder(6, 8, 6, 8));
		state.setFont(state.getFont().deriveFont(Font.BOLD));
		lines.add(state);
		lines.add(best);
		return lines;
	}

	private JPanel buttons() {
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEFT));
		pause.setToolTipText("The training waits until it is pressed again; the pause takes none of its time");
		pause.addActionListener(e -> view.pause(pause.isSelected()));
		stop.setToolTipText("Ends the training now and writes its best model; it can go on later");
		stop.addActionListener(e -> stop());
		final JButton table = new JButton("Curves as table");
		table.addActionListener(e -> curves.showTable(getTitle() + " curves"));
		buttons.add(pause);
		buttons.add(stop);
		buttons.add(table);
		return buttons;
	}

	private void stop() {
		view.stop();
		update();
	}

	private void update() {
		final boolean going = !view.isOver() && !view.isStopped();
		state.setText(view.state());
		best.setText(view.best().isEmpty() ? " " : view.best());
		pause.setEnabled(going);
		pause.setText(pause.isSelected() && going ? "Go on" : "Pause");
		stop.setEnabled(going);
		curves.show(view.lines());
		preview.show(view.preview());
		if (view.isOver()) timer.stop();
	}

	/** Closing the window alone does not end a training. */
	private void askToClose() {
		if (view.isOver() || view.isStopped()) {
			close();
			return;
		}
		final String[] choices = { "Stop and keep", "Go on without this window", "Cancel" };
		final int choice = JOptionPane.showOptionDialog(this, "The training is not over.", getTitle(),
			JOptionPane.DEFAULT_OPTION, JOptionPane.QUESTION_MESSAGE, null, choices, choices[2]);
		if (choice == 0) stop();
		if (choice != 1) return;
		view.pause(false);
		close();
	}

	private void close() {
		timer.stop();
		dispose();
	}
}
