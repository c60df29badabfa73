package org.swinj.fiji;

import java.awt.BorderLayout;
import java.awt.Window;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.ExecutionException;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import javax.swing.SwingWorker;

import org.scijava.Priority;
import org.scijava.log.LogService;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.Button;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/**
 * A row of a dialog with what is going to happen, which follows the other rows, and a button that
 * opens the documentation.
 */
@Plugin(type = InputWidget.class, priority = Priority.HIGH)
public final class NotesWidget extends AbstractInputWidget<Button, JPanel> {

	/** Style of parameters this widget is for. */
	public static final String NOTES = "notes";

	private static final String PAGES = "https://github.com/swinj/swinj/blob/main/";

	@Parameter
	private PlatformService platform;
	@Parameter
	private LogService log;

	private final JPanel panel = new JPanel(new BorderLayout(8, 0));
	private final JLabel lines = new JLabel();
	private String shown = "";
	private SwingWorker<List<String>, Void> worker;
	private boolean again;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isStyle(NOTES) && model.isType(Button.class);
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		final JButton help = new JButton("Help");
		help.setToolTipText(model.getItem().getDescription());
		help.addActionListener(e -> openPage());
		panel.setBorder(BorderFactory.createEmptyBorder(3, 0, 3, 5));
		lines.setVerticalAlignment(SwingConstants.TOP);
		final JPanel corner = new JPanel(new BorderLayout());
		corner.add(help, BorderLayout.NORTH);
		panel.add(lines, BorderLayout.CENTER);
		panel.add(corner, BorderLayout.EAST);
		refreshWidget();
	}

	private DialogNotes command() {
		return get().getModule().getDelegateObject() instanceof DialogNotes notes ? notes : null;
	}

	private void openPage() {
		try {
			platform.open(new URL(PAGES + command().page()));
		}
		catch (final IOException e) {
			log.error("The page " + PAGES + command().page() + " could not be opened.", e);
		}
	}

	/** Asks the command once more; while it thinks, one further question waits. */
	@Override
	public void refreshWidget() {
		SwingUtilities.invokeLater(this::ask);
	}

	private void ask() {
		if (command() == null) return;
		again = worker != null;
		if (worker != null) return;
		worker = new SwingWorker<>() {

			@Override
			protected List<String> doInBackground() {
				try {
					return command().notes();
				}
				catch (final IOException | IllegalArgumentException e) {
					return List.of(String.valueOf(e.getMessage()));
				}
			}

			@Override
			protected void done() {
				worker = null;
				try {
					show(get());
				}
				catch (final ExecutionException e) {
					log.debug("No notes", e.getCause());
				}
				catch (final InterruptedException e) {
					Thread.currentThread().interrupt();
				}
				if (again) ask();
			}
		};
		worker.execute();
	}

	private void show(final List<String> text) {
		final String html = text.isEmpty() ? "" : "<html>" + String.join("<br>", text.stream().map(
			NotesWidget::escape).toList()) + "</html>";
		if (html.equals(shown)) return;
		shown = html;
		final int before = lines.getPreferredSize().height;
		lines.setText(html);
		final Window window = SwingUtilities.getWindowAncestor(panel);
		if (window != null && lines.getPreferredSize().height > before) window.pack();
	}

	private static String escape(final String line) {
		return line.replace("&", "&amp;").replace("<", "&lt;");
	}

	@Override
	public Button getValue() {
		return null;
	}

	@Override
	public JPanel getComponent() {
		return panel;
	}

	@Override
	public Class<JPanel> getComponentType() {
		return JPanel.class;
	}
}
