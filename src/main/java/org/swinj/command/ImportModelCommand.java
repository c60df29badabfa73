package org.swinj.command;

import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import org.swinj.data.Intensity;
import org.swinj.fiji.NotesWidget;
import org.swinj.model.ImportReport;
import org.swinj.network.Merging;
import org.swinj.progress.Progress;
import org.swinj.workflow.ImportModel;
import org.swinj.workflow.ImportSettings;

/** Turns weights of MONAI or of the published self-supervised files into a SwinJ model. */
@Plugin(type = Command.class, name = "import",
	description = "Turns weights of MONAI into a SwinJ model.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Import Model...", weight = 60) })
public final class ImportModelCommand extends SwinCommand {

	@Parameter(label = "Weights", persist = false, style = "path",
		description = ".pt, .pth or .safetensors file")
	private String weights = "";
	@Parameter(label = "Save model as", persist = false, style = "path,save",
		description = "model folder to write, or .zip")
	private String output = "";
	@Parameter(label = "Patch merging", persist = false, choices = { "legacy", "monai1.5", "v2" },
		description = "order of patch merging; legacy for all published weights")
	private String merging = "legacy";
	@Parameter(label = "Intensities", persist = false, description =
		"how the training images were scaled: zscore, or a window such as -175,250 scaled to 0..1")
	private String intensity = "zscore";
	@Parameter(label = "Voxel size (mm)", persist = false, required = false,
		description = "of the training images, as 1.5,1.5,2; empty if unknown")
	private String voxel_size = "";
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		final ImportReport report = new ImportModel(new ImportSettings(path(weights), path(output),
			Merging.of(merging), Intensity.parse(intensity), Numbers.parse("voxel_size", voxel_size, 3)),
			progress).run();
		return Summary.of(path(output)).with("loaded", report.loaded().size()).with("adapted", report
			.adapted().size()).with("missing", report.missing().size()).with("unexpected", report
				.unexpected().size()).with("complete", report.isComplete()).with("seconds", (System.nanoTime()
					- start) * 1e-9).with("device", "CPU");
	}

	@Override
	public List<String> notes() {
		return List.of("The numbers of the file are taken; no code in it is run");
	}

	@Override
	public String page() {
		return "docs/fiji.md#models";
	}
}
