package org.swinj.fiji;

import ij.WindowManager;
import ij.io.OpenDialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.dnd.DropTarget;
import java.io.File;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

import org.scijava.Priority;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/**
 * A text parameter that names a file, a folder or an open image: typed, browsed for, dropped on the
 * field or taken from its list. What dialogs remember stays in dialogs; macros do not see it.
 */
@Plugin(type = InputWidget.class, priority = Priority.HIGH)
public final class PathWidget extends AbstractInputWidget<String, JPanel> implements
	DocumentListener
{

	/** Style of parameters this widget is for. */
	public static final String PATH = "path";
	/** Style that lists the titles of open images. */
	public static final String IMAGES = "images";
	/** Style that begins with what the last dialog of any command had. */
	public static final String RECENT = "recent";
	/** Style that lists the installed models. */
	public static final String MODELS = "models";
	/** Style of places to write a model to, which other dialogs then begin with. */
	static final String MODEL = "model";
	/** Style of places to write to. */
	public static final String SAVE = "save";

	private static final int COLUMNS = 30;

	@Parameter
	private PrefService prefs;

	private final JPanel panel = new JPanel(new BorderLayout(4, 0)); // inset as SciJava's widgets
	private JTextField field;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isStyle(PATH) && model.isText();
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		panel.setBorder(BorderFactory.createEmptyBorder(3, 0, 3, 5));
		if (model.isStyle(IMAGES)) addList(suggestions(model));
		else if (model.isStyle(MODELS)) addModels(model);
		else addField();
		final JButton browse = new JButton("Browse");
		browse.addActionListener(e -> browse());
		browse.setToolTipText(model.getItem().getDescription());
		panel.add(browse, BorderLayout.EAST);
		field.setToolTipText(model.getItem().getDescription());
		if (!GraphicsEnvironment.isHeadless()) field.setDropTarget(new DropTarget(field, new FileDrop(
			file -> field.setText(file.getPath()))));
		refreshWidget();
		field.getDocument().addDocumentListener(this);
	}

	private void addField() {
		field = new JTextField(COLUMNS);
		panel.add(field, BorderLayout.CENTER);
	}

	/** Titles of open images, and what the last dialog had. */
	private String[] suggestions(final WidgetModel model) {
		final String last = new LastValues(prefs).path(model.getModule(), model.getItem());
		return Stream.concat(Arrays.stream(WindowManager.getImageTitles()), Stream.ofNullable(last))
			.toArray(String[]::new);
	}

	/** Installed models and what was used last, each with what it is. */
	private void addModels(final WidgetModel model) {
		final Map<String, String> found = new LinkedHashMap<>();
		final InstalledModels installed = new InstalledModels();
		installed.list().forEach(entry -> found.put(entry.path().toString(), entry.path()
			.getFileName() + ": " + entry.card().summary()));
		for (final String path : new String[] { new LastValues(prefs).path(model.getModule(), model
			.getItem()), model.getText() })
			if (path != null && !path.isBlank()) found.computeIfAbsent(path, installed::describe);
		addList(found.keySet().toArray(String[]::new)).setRenderer(new DefaultListCellRenderer() {

			private static final long serialVersionUID = 1L;

			@Override
			public Component getListCellRendererComponent(final JList<?> list, final Object value,
				final int index, final boolean selected, final boolean focused)
			{
				return super.getListCellRendererComponent(list, found.getOrDefault(value, String.valueOf(
					value)), index, selected, focused);
			}
		});
	}

	private JComboBox<String> addList(final String[] texts) {
		final JComboBox<String> list = new JComboBox<>(new DefaultComboBoxModel<>(texts));
		list.setEditable(true);
		field = (JTextField) list.getEditor().getEditorComponent();
		field.setColumns(COLUMNS);
		list.setPreferredSize(new Dimension(field.getPreferredSize().width, list
			.getPreferredSize().height)); // long entries do not widen the dialog
		panel.add(list, BorderLayout.CENTER);
		return list;
	}

	private void browse() {
		final File chosen = new File(field.getText());
		final String folder = chosen.isAbsolute() ? chosen.getParent() : OpenDialog
			.getDefaultDirectory();
		final JFileChooser chooser = new JFileChooser(folder);
		chooser.setDialogTitle(get().getWidgetLabel());
		chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
		final int answer = get().isStyle(SAVE) ? chooser.showSaveDialog(panel) : chooser.showOpenDialog(
			panel);
		if (answer == JFileChooser.APPROVE_OPTION) field.setText(chooser.getSelectedFile().getPath());
	}

	@Override
	public String getValue() {
		return field.getText();
	}

	@Override
	public void refreshWidget() {
		final String text = get().getText();
		if (!text.equals(field.getText())) field.setText(text);
	}

	@Override
	public void insertUpdate(final DocumentEvent e) {
		updateModel();
	}

	@Override
	public void removeUpdate(final DocumentEvent e) {
		updateModel();
	}

	@Override
	public void changedUpdate(final DocumentEvent e) {
		updateModel();
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
