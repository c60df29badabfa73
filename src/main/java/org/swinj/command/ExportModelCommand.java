package org.swinj.command;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import org.swinj.fiji.ModelNotes;
import org.swinj.fiji.NotesWidget;
import org.swinj.progress.Progress;
import org.swinj.workflow.ExportModel;
import org.swinj.workflow.ExportZoo;
import org.swinj.workflow.ZooSettings;

/** Writes a model's weights as MONAI loads them, or a package of the BioImage Model Zoo. */
@Plugin(type = Command.class, name = "export",
	description = "Writes a model's weights as MONAI loads them, or a package of the BioImage Model Zoo.",
	menu = { @Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Export Model...",
		weight = 70) })
public final class ExportModelCommand extends SwinCommand {

	@Parameter(label = "Model", persist = false, style = "path,recent,models",
		description = "SwinJ model folder or zip")
	private String model = "";
	@Parameter(label = "Save as", persist = false, style = "path,save",
		description = ".safetensors for MONAI, or .zip for a package of the BioImage Model Zoo")
	private String output = "";
	@Parameter(label = "Authors (for a zoo package)", persist = false, required = false,
		description = "names separated by semicolons; only for a .zip")
	private String authors = "";
	@Parameter(label = "Licence (for a zoo package)", persist = false, required = false,
		description = "SPDX name of the licence of the weights; only for a .zip")
	private String licence = "CC-BY-4.0";
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		final int tensors = output.toLowerCase(Locale.ROOT).endsWith(".zip") ? new ExportZoo(
			new ZooSettings(path(model), path(output), names(), licence), progress).run() : new ExportModel(
				path(model), path(output), progress).run();
		return Summary.of(path(output)).with("tensors", tensors).with("seconds", (System.nanoTime()
			- start) * 1e-9).with("device", "CPU");
	}

	private List<String> names() {
		return Arrays.stream(authors.split(";")).map(String::trim).filter(name -> !name.isEmpty()).toList();
	}

	@Override
	public List<String> notes() throws IOException {
		return List.of(ModelNotes.of(path(model)), "The model stays as it is; what is written has its weights in float32");
	}

	@Override
	public String page() {
		return "docs/fiji.md#models";
	}
}
