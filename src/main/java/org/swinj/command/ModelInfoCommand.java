package org.swinj.command;

import java.io.IOException;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import java.util.List;

import org.swinj.fiji.ModelNotes;
import org.swinj.fiji.NotesWidget;
import org.swinj.model.ModelCard;
import org.swinj.model.SegmentationClass;
import org.swinj.model.SwinModel;
import org.swinj.progress.Progress;

/** Tells what a model is. */
@Plugin(type = Command.class, name = "info",
	description = "Tells what a model is.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Model Info...", weight = 50) })
public final class ModelInfoCommand extends SwinCommand {

	@Parameter(label = "Model", persist = false, style = "path,recent,models",
		description = "SwinJ model folder or zip")
	private String model = "";
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		if (path(model) == null) throw new IllegalArgumentException(
			"Choose the SwinJ model (model=).");
		final long start = System.nanoTime();
		final ModelCard card = SwinModel.readCard(path(model));
		final List<String> classes = card.classes().stream().map(SegmentationClass::name).toList();
		card.describe().forEach(progress::info);
		return Summary.of(path(model)).with("name", card.name()).with("classes", classes).with(
			"channels", card.channels()).with("merging", card.architecture().merging().id()).with(
				"feature_size", card.architecture().featureSize()).with("encoder_only", card.encoderOnly())
			.with("seconds", (System.nanoTime() - start) * 1e-9).with("device", "CPU");
	}

	@Override
	public List<String> notes() throws IOException {
		return List.of(ModelNotes.of(path(model)), "The facts are written to the Log");
	}

	@Override
	public String page() {
		return "docs/fiji.md#models";
	}
}
