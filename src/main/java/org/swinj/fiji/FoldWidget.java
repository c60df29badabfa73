package org.swinj.fiji;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.GraphicsConfiguration;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.HierarchyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.plugin.Plugin;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.Button;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/**
 * A button in a dialog that shows and hides all parameters after it, which keep their values. They
 * are hidden when the dialog opens.
 */
@Plugin(type = InputWidget.class, priority = Priority.HIGH)
public final class FoldWidget extends AbstractInputWidget<Button, JPanel> {

	/** Style of parameters this widget is for. */
	public static final String FOLD = "fold";

	private static final String SHOW = "Show";
	private static final String SHOW_CHANGED = "Show (%d changed)";
	private static final String HIDE = "Hide";

	private final JPanel panel = new JPanel(new BorderLayout());
	private final JButton button = new JButton(HIDE);
	private final List<Component> hidden = new ArrayList<>();
	private boolean begun;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isStyle(FOLD) && model.isType(Button.class);
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		button.setToolTipText(model.getItem().getDescription());
		button.addActionListener(e -> toggle());
		panel.add(button, BorderLayout.WEST);
		panel.addHierarchyListener(this::begin);
	}

	/** Folds when the complete dialog panel is put into its window. */
	private void begin(final HierarchyEvent event) {
		final boolean moved = (event.getChangeFlags() & HierarchyEvent.PARENT_CHANGED) != 0;
		if (begun || !moved || event.getChanged() == panel) return;
		begun = true;
		fold();
	}

	private void toggle() {
		if (hidden.isEmpty()) fold();
		else unfold();
		final Window window = SwingUtilities.getWindowAncestor(panel);
		if (window != null) fit(window);
	}

	/** As high as its rows, but not beyond the screen: the dialog scrolls what does not fit. */
	private void fit(final Window window) {
		final int width = window.getWidth();
		window.pack();
		final GraphicsConfiguration screen = window.getGraphicsConfiguration();
		final Rectangle room = screen.getBounds();
		final Insets bars = window.getToolkit().getScreenInsets(screen);
		final int top = room.y + bars.top;
		final int bottom = room.y + room.height - bars.bottom;
		final int height = Math.min(window.getHeight(), bottom - top);
		final int y = Math.max(top, Math.min(window.getY(), bottom - height));
		final JScrollPane pane = (JScrollPane) SwingUtilities.getAncestorOfClass(JScrollPane.class,
			panel);
		if (pane != null) pane.getVerticalScrollBar().setUnitIncrement(panel.getHeight());
		final int bar = pane == null || height == window.getHeight() ? 0 : pane.getVerticalScrollBar()
			.getPreferredSize().width;
		window.setBounds(window.getX(), y, Math.max(width, window.getWidth() + bar), height);
		window.validate();
	}

	private void fold() {
		final Container form = panel.getParent();
		final int next = form.getComponentZOrder(panel) + 1;
		while (form.getComponentCount() > next) {
			hidden.add(form.getComponent(next));
			form.remove(next);
		}
		final long changed = changed();
		button.setText(changed == 0 ? SHOW : String.format(Locale.ROOT, SHOW_CHANGED, changed));
	}

	/** How many of the hidden parameters have another value than a new dialog. */
	private long changed() {
		try {
			final Module module = get().getModule();
			return LastValues.differences(module, module.getInfo().createModule(), get().getItem().getName());
		}
		catch (final ModuleException e) {
			throw new IllegalStateException("The command of this dialog cannot be made again.", e);
		}
	}

	private void unfold() {
		hidden.forEach(panel.getParent()::add);
		hidden.clear();
		button.setText(HIDE);
	}

	@Override
	public Button getValue() {
		return null;
	}

	@Override
	public void refreshWidget() {
		// shows nothing of the model's
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
