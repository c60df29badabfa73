package org.swinj.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import org.swinj.fiji.Failure;
import org.swinj.fiji.InstalledModels;
import org.swinj.model.ModelLibrary;
import org.swinj.progress.Progress;

/** Shows the installed models in a window, or lists them where there is none. */
@Plugin(type = Command.class, name = "models",
	description = "Shows the installed models in a window, or lists them where there is none.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Models...", weight = 48) })
public final class ModelsCommand extends SwinCommand {

	@Parameter(required = false)
	private CommandService commands;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final InstalledModels installed = new InstalledModels();
		final List<ModelLibrary.Entry> all = installed.list();
		if (GraphicsEnvironment.isHeadless() || Failure.inMacro()) for (final ModelLibrary.Entry each : all)
			progress.info(each.path().getFileName() + ": " + each.card().summary());
		else new ModelsOpener(commands).show(null);
		return Summary.of(installed.library().folder()).with("models", all.stream().map(each -> each.path()
			.getFileName().toString()).toList());
	}

	@Override
	public String page() {
		return "docs/fiji.md#models";
	}
}
