package org.swinj.fiji;

import java.awt.BorderLayout;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

import javax.swing.BorderFactory;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.SwingWorker;

import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

import org.swinj.workflow.Devices;

/** The devices of this machine to choose from; GPUs are added as soon as they are found. */
@Plugin(type = InputWidget.class, priority = Priority.HIGH)
public final class DeviceWidget extends AbstractInputWidget<String, JPanel> {

	/** Style of parameters this widget is for. */
	public static final String DEVICE = "device";

	private final JPanel panel = new JPanel(new BorderLayout());
	private final JComboBox<String> list = new JComboBox<>(new String[] { "auto", "cpu" });

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isStyle(DEVICE) && model.isText();
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		panel.setBorder(BorderFactory.createEmptyBorder(3, 0, 3, 5));
		panel.add(list, BorderLayout.CENTER);
		list.setToolTipText(model.getItem().getDescription());
		refreshWidget();
		list.addActionListener(e -> updateModel());
		new Search().execute();
	}

	@Override
	public String getValue() {
		return (String) list.getSelectedItem();
	}

	@Override
	public void refreshWidget() {
		final String text = get().getText();
		if (text.isBlank() || text.equals(getValue())) return;
		add(List.of(text));
		list.setSelectedItem(text);
	}

	private void add(final List<String> names) {
		for (final String name : names) {
			boolean there = false;
			for (int i = 0; i < list.getItemCount(); i++)
				there |= list.getItemAt(i).equals(name);
			if (!there) list.addItem(name);
		}
	}

	@Override
	public JPanel getComponent() {
		return panel;
	}

	@Override
	public Class<JPanel> getComponentType() {
		return JPanel.class;
	}

	/** Starting the engine takes a while; without it there is no GPU to offer. */
	private final class Search extends SwingWorker<List<String>, Void> {

		@Override
		protected List<String> doInBackground() throws IOException {
			return Devices.names();
		}

		@Override
		protected void done() {
			try {
				add(get());
			}
			catch (final ExecutionException e) {
				list.setToolTipText("No GPU can be used: " + e.getCause().getMessage());
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}
	}
}
