package org.swinj.command;

import java.nio.file.Path;

import javax.swing.SwingUtilities;

import org.scijava.command.CommandService;

import org.swinj.fiji.InstalledModels;
import org.swinj.fiji.ModelsWindow;

/** Opens the window of the installed models; weights that are given to it go to Import Model. */
final class ModelsOpener {

	private final CommandService commands;

	ModelsOpener(final CommandService commands) {
		this.commands = commands;
	}

	/** @param given model or weights to take in, or {@code null} */
	void show(final Path given) {
		final InstalledModels installed = new InstalledModels();
		SwingUtilities.invokeLater(() -> {
			final ModelsWindow window = new ModelsWindow(installed, weights -> importWeights(installed,
				weights));
			window.setVisible(true);
			if (given != null) window.receive(given);
		});
	}

	private void importWeights(final InstalledModels installed, final Path weights) {
		final String name = weights.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "");
		commands.run(ImportModelCommand.class, true, "weights", weights.toString(), "output", installed
			.library().folder().resolve(name).toString());
	}
}
