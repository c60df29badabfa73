package org.swinj.command;

import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import org.swinj.fiji.NotesWidget;
import org.swinj.fiji.SavedImages;
import org.swinj.fiji.ScoreWindow;
import org.swinj.progress.Progress;
import org.swinj.workflow.Evaluate;
import org.swinj.workflow.EvaluateResult;
import org.swinj.workflow.EvaluateSettings;

/** Compares predicted label volumes with references. */
@Plugin(type = Command.class, name = "evaluate",
	description = "Compares predicted label volumes with references.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Evaluate...", weight = 40) })
public final class EvaluateCommand extends SwinCommand {

	@Parameter(label = "Predictions", persist = false, style = "path,images",
		description = "label volume, folder of them, or the title of an open label image")
	private String predictions = "";
	@Parameter(label = "References", persist = false, style = "path,images",
		description = "label volume, folder with files of the same names, or the title of an open image")
	private String labels = "";
	@Parameter(label = "Save table as", persist = false, required = false, style = "path,save",
		attrs = @Attr(name = SHELL), description =
			"CSV file to write; empty: only shown, where there is a display and no batch mode")
	private String output = "";
	@Parameter(label = "Tolerance", persist = false, min = "0",
		description = "distance up to which surfaces count as equal for NSD, in the labels' unit")
	private double tolerance = 1;
	@Parameter(label = "Ignored label (-1: none)", persist = false, min = "-1",
		description = "value of reference voxels that take no part; -1: none")
	private int ignore = -1;
	@Parameter(label = "Model", persist = false, required = false, style = "path,models",
		description = "SwinJ model that names the classes; may be empty")
	private String model = "";
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		try (SavedImages predicted = SavedImages.of(predictions); SavedImages known = SavedImages.of(
			labels))
		{
			final ScoreWindow window = new ScoreWindow(path(output));
			final EvaluateResult result = new Evaluate(new EvaluateSettings(predicted == null ? path(
				predictions) : predicted.image(), known == null ? path(labels) : known.image(), window.file(),
				tolerance, ignore, path(model)), progress).run();
			window.show();
			return Summary.of(path(output)).with("cases", result.cases()).with("mean_dice", result
				.meanDice()).with("failures", result.failures()).with("seconds", (System.nanoTime() - start)
					* 1e-9).with("device", "CPU");
		}
	}

	@Override
	public List<String> notes() {
		return List.of("A row for each case and class: overlaps, distances between surfaces, volumes");
	}

	@Override
	public String page() {
		return "docs/fiji.md#evaluate";
	}
}
