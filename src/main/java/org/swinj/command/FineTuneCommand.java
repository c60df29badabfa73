package org.swinj.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import org.swinj.fiji.DeviceWidget;
import org.swinj.fiji.FoldWidget;
import org.swinj.fiji.NamedLabels;
import org.swinj.fiji.NotesWidget;
import org.swinj.fiji.OpenPair;
import org.swinj.fiji.SavedImages;
import org.swinj.fiji.TrainingView;
import org.swinj.progress.Progress;
import org.swinj.workflow.CrossValidation;
import org.swinj.workflow.CrossValidationResult;
import org.swinj.workflow.Devices;
import org.swinj.workflow.FineTune;
import org.swinj.workflow.FineTuneResult;
import org.swinj.workflow.FineTuneSettings;
import org.swinj.workflow.ModelReport;

/** Trains a Swin UNETR on labelled volumes. */
@Plugin(type = Command.class, name = "fine-tune",
	description = "Trains a Swin UNETR on labelled volumes.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Fine-tune...", weight = 20) })
public final class FineTuneCommand extends SwinCommand {

	@Parameter(label = "Images", persist = false, style = "path,images", initializer = "openImages",
		description = "folder with images and labels, or the title of an open image")
	private String data = "";
	@Parameter(label = "Labels", persist = false, required = false, style = "path,images",
		description = "title of the open label image, if images are open; else empty")
	private String labels = "";
	@Parameter(label = "Save model as", persist = false, style = "path,save,model",
		description = "model folder to write, or .zip")
	private String output = "";
	@Parameter(label = "Start from model", persist = false, required = false, style = "path,models",
		description = "SwinJ model or MONAI weights (.pt, .pth, .safetensors); empty for random weights")
	private String pretrained = "";
	@Parameter(label = "Time (minutes, 0: automatic)", persist = false, min = "0",
		description = "0: 30 minutes, or as many steps as given; of both, what ends first")
	private double minutes = 0;
	@Parameter(label = "Ignored label (-1: none)", persist = false, min = "-1",
		description = "value of voxels that nobody annotated; -1: as the data set says, or none")
	private int ignore = -1;
	@Parameter(label = "Held back for validation", persist = false,
		description = "share of the cases (0.2), or of a single one a part; 0 for none; or case ids separated by commas")
	private String validation = "0.2";
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;
	@Parameter(label = "More settings", persist = false, style = FoldWidget.FOLD,
		description = "shows the settings that are rarely needed")
	private Button more;
	@Parameter(label = "Steps (0: automatic)", persist = false, min = "0",
		description = "0: as many as the time allows, 4000 if no time is given either")
	private int steps = 0;
	@Parameter(label = "Cases used at most (0: all)", persist = false, min = "0",
		description = "0: all")
	private int cases = 0;
	@Parameter(label = "Subjects", persist = false, required = false, description =
		"cases of one subject stay together: 2 for pairs of consecutive numbers, or a regular " +
			"expression with one group for the subject's part of the file name; empty: one a case, " +
			"but for time points and visits")
	private String group = "";
	@Parameter(label = "Folds (0: none)", persist = false, min = "0", max = "20", description =
		"cross-validation: as many trainings, each without one fold by which it is judged; the models " +
			"segment together; minutes and steps are those of each")
	private int folds = 0;
	@Parameter(label = "Plan", persist = false, required = false, style = "path", description =
		"plan.json of an earlier training, as it is or edited, or its model; settings here go before")
	private String plan = "";
	@Parameter(label = "Preset", persist = false, required = false, description =
		"what is known of a public data set: btcv, or msd01-brain and so on to msd10-colon; or empty")
	private String preset = "";
	@Parameter(label = "Feature size (0: automatic)", persist = false, min = "0", stepSize = "12",
		description = "width of the network, a multiple of 12; 0: decided from the data")
	private int feature_size = 0;
	@Parameter(label = "Patch (voxels)", persist = false, required = false,
		description = "edges of the training crops, 96 or 64,64,32; empty: decided from the data")
	private String patch = "";
	@Parameter(label = "Voxel size", persist = false, required = false, description =
		"x,y,z that volumes are brought to, in their unit; empty: decided from the data")
	private String voxel_size = "";
	@Parameter(label = "Crops in a step (0: automatic)", persist = false, min = "0",
		description = "0: decided from the data")
	private int batch = 0;
	@Parameter(label = "Learning rate (0: automatic)", persist = false, min = "0", stepSize = "0.0001",
		style = "format:0.#####", description = "peak; 0: the recommended one")
	private double rate = 0;
	@Parameter(label = "Layer decay (0: automatic)", persist = false, min = "0", max = "1",
		stepSize = "0.05", description = "how much slower each stage of a pretrained encoder learns than " +
			"the next one, for instance 0.75; 0 or 1: all alike")
	private double layer_decay = 0;
	@Parameter(label = "Replace NaN", persist = false, description =
		"use the smallest value of a volume for voxels that are NaN or infinite instead of refusing it")
	private boolean replace_nan = false;
	@Parameter(label = "Patience (0: to the end)", persist = false, min = "0", description =
		"end early after so many validations in a row without a better Dice; 0: never; not with folds")
	private int patience = 0;
	@Parameter(label = "Go on with a stopped training", persist = false, style = "once",
		description = "from the last checkpoint beside the model")
	private boolean resume = false;
	@Parameter(label = "Minutes between checkpoints (0: automatic)", persist = false, min = "0",
		description = "0: 5 minutes")
	private double checkpoint = 0;
	@Parameter(label = "Seed", persist = false, description = "source of all randomness")
	private long seed = 1;
	@Parameter(label = "Device", persist = false, style = DeviceWidget.DEVICE,
		description = "auto, cpu, gpu, gpu1 or mps")
	private String device = "auto";
	@Parameter(label = "Precision", persist = false, choices = { "auto", "float32", "bfloat16" },
		description = "number format of activations")
	private String precision = "auto";

	@Override
	public Summary execute(final Progress progress) throws IOException {
		try (SavedImages open = SavedImages.of(data, labels)) {
			final FineTuneSettings settings = new FineTuneSettings(open == null ? path(data) : open
				.folder(), path(output), path(pretrained), minutes, steps, validation, cases, group, path(
					plan), preset.trim(), feature_size, patch, Numbers.parse("voxel_size", voxel_size, 3),
				batch, rate, layer_decay, ignore, replace_nan, 0, patience, resume, checkpoint, seed, device,
				precision);
			final Summary done = folds > 0 ? folds(new CrossValidation(settings, folds, data, progress).run())
				: summary(train(settings, progress));
			precision = Devices.precision(device, precision); // what the recorder writes
			return done;
		}
	}

	private static Summary summary(final FineTuneResult result) {
		return Summary.of(result.output()).with("steps", result.steps()).with("final_loss", result
				.finalLoss()).with("best_dice", result.bestDice()).with("seconds", result.seconds()).with(
					"device", result.device());
	}

	private static Summary folds(final CrossValidationResult result) {
		return Summary.of(result.output()).with("folds", result.folds()).with("cases", result.cases()).with(
			"mean_dice", result.meanDice()).with("seconds", result.seconds());
	}

	private FineTuneResult train(final FineTuneSettings settings, final Progress progress)
		throws IOException
	{
		try (TrainingView view = TrainingView.open("Fine-tune " + settings.output().getFileName())) {
			final FineTuneResult result = new FineTune(settings, data, view, progress).run();
			view.finished(result.output());
			return result;
		}
	}

	@SuppressWarnings("unused") // called by SciJava
	private void openImages() {
		if (!data.isEmpty()) return;
		final OpenPair pair = OpenPair.suggest();
		data = pair.image();
		if (labels.isEmpty()) labels = pair.labels();
	}

	@Override
	public List<String> notes() throws IOException {
		final String time = steps > 0 && minutes == 0 ? steps + " steps" : Math.round(minutes > 0 ? minutes
			: 30) + " minutes";
		final List<String> lines = new ArrayList<>(NamedLabels.describe(labels));
		lines.add("Time: " + (folds > 0 ? folds + " trainings of " + time + " each, without a window" : time
			+ ", or until you stop it"));
		lines.add("Device: " + Devices.describe(device));
		return lines;
	}

	@Override
	String citation() {
		return ModelReport.citation();
	}

	@Override
	public String page() {
		return "docs/fiji.md#fine-tune";
	}
}
