package org.swinj.fiji;

import ij.WindowManager;
import ij.io.OpenDialog;

import java.awt.BorderLayout;
import java.awt.GraphicsEnvironment;
import java.awt.dnd.DropTarget;
import java.io.File;
import java.util.Arrays;
import java.util.stream.Stream;

import javax.swing.BorderFactory;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
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

	private void addList(final String[] texts) {
		final JComboBox<String> list = new JComboBox<>(new DefaultComboBoxModel<>(texts));
		list.setEditable(true);
		field = (JTextField) list.getEditor().getEditorComponent();
		field.setColumns(COLUMNS);
		panel.add(list, BorderLayout.CENTER);
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
