package org.swinj.fiji;

import java.awt.Component;
import java.awt.Container;

import javax.swing.JPanel;

import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;
import org.scijava.widget.AbstractInputHarvester;
import org.scijava.widget.AbstractInputPanel;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.InputPanel;
import org.scijava.widget.InputWidget;

/** A dialog's panel with a row per parameter: SwinJ's own widgets, and empty ones for the rest. */
final class DialogForm extends AbstractInputPanel<JPanel, JPanel> {

	private final JPanel panel = new JPanel();

	static DialogForm of(final Context context, final Module module) throws ModuleException {
		for (final ModuleItem<?> item : module.getInfo().inputs())
			if (isInjected(item.getType())) module.resolveInput(item.getName());
		final DialogForm form = new DialogForm();
		final Harvester harvester = new Harvester();
		harvester.setContext(context);
		harvester.buildPanel(form, module);
		return form;
	}

	private static boolean isInjected(final Class<?> type) {
		return Service.class.isAssignableFrom(type) || type == Context.class;
	}

	/** The component of this class in the row of a parameter. */
	<C extends Component> C find(final String parameter, final Class<C> type) {
		return type.cast(find(getWidget(parameter).getComponent(), type));
	}

	private static Component find(final Container place, final Class<?> type) {
		for (final Component child : place.getComponents()) {
			if (type.isInstance(child)) return child;
			final Component below = child instanceof Container c ? find(c, type) : null;
			if (below != null) return below;
		}
		return null;
	}

	@Override
	public void addWidget(final InputWidget<?, JPanel> widget) {
		super.addWidget(widget);
		panel.add(widget.getComponent());
	}

	@Override
	public JPanel getComponent() {
		return panel;
	}

	@Override
	public Class<JPanel> getComponentType() {
		return JPanel.class;
	}

	@Override
	public Class<JPanel> getWidgetComponentType() {
		return JPanel.class;
	}

	private static final class Harvester extends AbstractInputHarvester<JPanel, JPanel> {

		@Override
		public InputPanel<JPanel, JPanel> createInputPanel() {
			return new DialogForm();
		}

		@Override
		public boolean harvestInputs(final InputPanel<JPanel, JPanel> form, final Module module) {
			return true;
		}
	}

	/** Stands for the widgets of a user interface, which is not there. */
	@Plugin(type = InputWidget.class, priority = Priority.VERY_LOW)
	public static final class Plain extends AbstractInputWidget<Object, JPanel> {

		private final JPanel row = new JPanel();

		@Override
		public Object getValue() {
			return get().getValue();
		}

		@Override
		public void refreshWidget() {
			// nothing to see
		}

		@Override
		public JPanel getComponent() {
			return row;
		}

		@Override
		public Class<JPanel> getComponentType() {
			return JPanel.class;
		}
	}
}
