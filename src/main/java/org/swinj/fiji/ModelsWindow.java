package org.swinj.fiji;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.dnd.DropTarget;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import javax.swing.JButton;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.ListSelectionModel;
import javax.swing.SwingWorker;

import org.swinj.model.ModelLibrary;
import org.swinj.workflow.ModelReport;

/**
 * The installed models: what they are, and buttons to import, rename and delete them. Models and
 * weights can be dropped on it.
 */
public final class ModelsWindow extends JFrame {

	private static final long serialVersionUID = 1L;

	private static final String WEIGHTS = ".*\\.(pt|pth|bin|ckpt|safetensors)";

	private final transient InstalledModels installed;
	private final transient Consumer<Path> importer;
	private final ModelTable models = new ModelTable();
	private final JTable table = new JTable(models);
	private final JTextArea card = new JTextArea();
	private final JButton rename = new JButton("Rename…");
	private final JButton delete = new JButton("Delete…");
	private final JButton copy = new JButton("Copy card");
	private final JButton methods = new JButton("Copy Methods text");

	/** @param importer begins the import of a file of weights that is no SwinJ model */
	public ModelsWindow(final InstalledModels installed, final Consumer<Path> importer) {
		super("SwinJ Models");
		this.installed = installed;
		this.importer = importer;
		table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
		table.getSelectionModel().addListSelectionListener(e -> showSelected());
		card.setEditable(false);
		card.setLineWrap(true);
		card.setWrapStyleWord(true);
		final JScrollPane rows = new JScrollPane(table);
		rows.setPreferredSize(new Dimension(760, 160));
		final JScrollPane text = new JScrollPane(card);
		text.setPreferredSize(new Dimension(760, 260));
		add(new JLabel(" " + installed.library().folder() + " (drop model folders, zips or weights here)"),
			BorderLayout.NORTH);
		add(new JSplitPane(JSplitPane.VERTICAL_SPLIT, rows, text), BorderLayout.CENTER);
		add(buttons(), BorderLayout.SOUTH);
		for (final Component place : new Component[] { table, rows, card, this })
			place.setDropTarget(new DropTarget(place, new FileDrop(file -> receive(file.toPath()))));
		setDefaultCloseOperation(DISPOSE_ON_CLOSE);
		pack();
		setLocationByPlatform(true);
		refresh(null);
	}

	private JPanel buttons() {
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEFT));
		final JButton add = new JButton("Import…");
		add.addActionListener(e -> chooseImport());
		rename.addActionListener(e -> askName());
		delete.addActionListener(e -> askDelete());
		copy.addActionListener(e -> copy(report().markdown()));
		methods.addActionListener(e -> copy(report().methods()));
		for (final JButton button : new JButton[] { add, rename, delete, copy, methods })
			buttons.add(button);
		return buttons;
	}

	/** Shows what is there now, and selects a model if there is one of this path. */
	private void refresh(final Path selected) {
		models.show(installed.list());
		for (int i = 0; i < models.getRowCount(); i++)
			if (models.row(i).path().equals(selected)) table.setRowSelectionInterval(i, i);
		if (table.getSelectedRow() < 0 && models.getRowCount() > 0) table.setRowSelectionInterval(0, 0);
		showSelected();
	}

	private ModelLibrary.Entry selected() {
		final int row = table.getSelectedRow();
		return row < 0 ? null : models.row(row);
	}

	private ModelReport report() {
		return new ModelReport(selected().card());
	}

	private void showSelected() {
		final boolean any = selected() != null;
		for (final JButton button : new JButton[] { rename, delete, copy, methods })
			button.setEnabled(any);
		card.setText(any ? report().markdown() : models.getRowCount() == 0
			? "No model is installed yet. Import one, or drop it here." : "Select a model.");
		card.setCaretPosition(0);
	}

	private void chooseImport() {
		final JFileChooser chooser = new JFileChooser();
		chooser.setDialogTitle("A model (folder or zip), or weights (.pt, .pth, .safetensors)");
		chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
		if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) receive(chooser
			.getSelectedFile().toPath());
	}

	/** Takes a model into the library, or begins the import of weights. */
	public void receive(final Path file) {
		final boolean weights = file.getFileName().toString().toLowerCase(Locale.ROOT).matches(WEIGHTS)
			&& new File(file.toString()).isFile();
		if (weights) importer.accept(file);
		else change(() -> installed.library().add(file));
	}

	private void askName() {
		final Path path = selected().path();
		final String name = JOptionPane.showInputDialog(this, "New name", path.getFileName());
		if (name != null && !name.isBlank()) change(() -> installed.library().rename(path, name));
	}

	private void askDelete() {
		final Path path = selected().path();
		final int answer = JOptionPane.showConfirmDialog(this, "Delete the model \"" + path.getFileName()
			+ "\" and all its files?", getTitle(), JOptionPane.OK_CANCEL_OPTION,
			JOptionPane.WARNING_MESSAGE);
		if (answer != JOptionPane.OK_OPTION) return;
		change(() -> {
			installed.library().delete(path);
			return null;
		});
	}

	private void copy(final String text) {
		Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
	}

	/** Something that changes the library and returns the model to select. */
	private interface Change {

		Path run() throws IOException;
	}

	/** Does it beside the window's thread, as models are large; a failure is told. */
	private void change(final Change change) {
		new SwingWorker<Path, Void>() {

			@Override
			protected Path doInBackground() throws IOException {
				return change.run();
			}

			@Override
			protected void done() {
				try {
					refresh(get());
				}
				catch (final ExecutionException e) {
					JOptionPane.showMessageDialog(ModelsWindow.this, e.getCause().getMessage(), getTitle(),
						JOptionPane.ERROR_MESSAGE);
					refresh(null);
				}
				catch (final InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}
		}.execute();
	}
}
