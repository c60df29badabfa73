package org.swinj.command;

import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import org.swinj.fiji.ModelNotes;
import org.swinj.fiji.NotesWidget;
import org.swinj.progress.Progress;
import org.swinj.workflow.Verify;
import org.swinj.workflow.VerifyResult;
import org.swinj.workflow.VerifySettings;

/** Looks whether a model comes from the files it names, and repeats the first steps of its training. */
@Plugin(type = Command.class, name = "verify",
	description = "Looks whether a model comes from the files it names, and repeats its first steps.",
	menu = { @Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Verify Model...",
		weight = 55) })
public final class VerifyCommand extends SwinCommand {

	@Parameter(label = "Model", persist = false, style = "path,recent,models",
		description = "SwinJ model folder or zip that was trained")
	private String model = "";
	@Parameter(label = "Data folder", persist = false, required = false, style = "path",
		description = "where the data of the training are now; empty: where they were")
	private String data = "";
	@Parameter(label = "Steps to repeat", persist = false, min = "0", max = "20",
		description = "first steps of the training whose losses are compared; 0: files only")
	private int steps = VerifySettings.STEPS;
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		final VerifyResult result = new Verify(new VerifySettings(path(model), path(data), steps),
			progress).run();
		progress.info(result.verdict());
		return Summary.of(path(model)).with("verified", result.verified()).with("verdict", result
			.verdict()).with("files", result.files()).with("changed", result.changed()).with("missing",
				result.missing()).with("steps", result.steps()).with("equal_losses", result.equal()).with(
					"failures", result.verified() ? List.of() : List.of(result.verdict())).with("seconds", (System
						.nanoTime() - start) * 1e-9).with("device", result.device());
	}

	@Override
	public List<String> notes() throws IOException {
		return List.of(ModelNotes.of(path(model)), "Its files are compared with the hashes in it" + (steps == 0
			? "" : ", and " + steps + " steps computed again") + "; nothing is written");
	}

	@Override
	public String page() {
		return "docs/fiji.md#models";
	}
}
