package org.swinj.command;

import java.io.IOException;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import org.swinj.progress.Progress;
import org.swinj.workflow.ExportModel;

/** Writes a model's weights as MONAI loads them. */
@Plugin(type = Command.class, name = "export",
	description = "Writes a model's weights as MONAI loads them.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Export Model...", weight = 70) })
public final class ExportModelCommand extends SwinCommand {

	@Parameter(label = "Model", persist = false, style = "path,recent",
		description = "SwinJ model folder or zip")
	private String model = "";
	@Parameter(label = "Save weights as", persist = false, style = "path,save",
		description = "safetensors file to write")
	private String output = "";

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		final int tensors = new ExportModel(path(model), path(output), progress).run();
		return Summary.of(path(output)).with("tensors", tensors).with("seconds", (System.nanoTime()
			- start) * 1e-9).with("device", "CPU");
	}
}
