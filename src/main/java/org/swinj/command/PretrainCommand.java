package org.swinj.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;

import org.swinj.fiji.DeviceWidget;
import org.swinj.fiji.FoldWidget;
import org.swinj.fiji.NotesWidget;
import org.swinj.fiji.OpenImage;
import org.swinj.fiji.SavedImages;
import org.swinj.fiji.TrainingView;
import org.swinj.progress.Progress;
import org.swinj.workflow.Devices;
import org.swinj.workflow.ModelReport;
import org.swinj.workflow.Pretrain;
import org.swinj.workflow.PretrainResult;
import org.swinj.workflow.PretrainSettings;

/** Trains a Swin UNETR on volumes without labels, as a start for Fine-tune. */
@Plugin(type = Command.class, name = "pretrain",
	description = "Trains a Swin UNETR on volumes without labels, as a start for Fine-tune.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Pretrain...", weight = 10) })
public final class PretrainCommand extends SwinCommand {

	private static final String AUTO = "auto";

	@Parameter(label = "Images", persist = false, style = "path,images", initializer = "activeImage",
		description = "folder with volumes, a volume (several separated by semicolons), or the title of " +
			"an open image")
	private String data = "";
	@Parameter(label = "Save model as", persist = false, style = "path,save",
		description = "model folder to write, or .zip")
	private String output = "";
	@Parameter(label = "Time (minutes, 0: automatic)", persist = false, min = "0",
		description = "0: 60 minutes or 4000 steps, in the mode paper 100000 steps whatever the time; or as many " +
			"steps as given")
	private double minutes = 0;
	@Parameter(label = "Mode", persist = false, choices = { "default", "paper" },
		description = "default: for one machine and any kind of image; paper: as published, for CT")
	private String mode = "default";
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;
	@Parameter(label = "More settings", persist = false, style = FoldWidget.FOLD,
		description = "shows the settings that are rarely needed")
	private Button more;
	@Parameter(label = "Steps (0: automatic)", persist = false, min = "0",
		description = "0: decided from the data")
	private int steps = 0;
	@Parameter(label = "Inpainting (-1: as the mode)", persist = false, min = "-1", stepSize = "0.1",
		description = "weight of rebuilding hidden parts, 0 for off, -1 for what the mode recommends")
	private double inpainting = -1;
	@Parameter(label = "Contrastive (-1: as the mode)", persist = false, min = "-1", stepSize = "0.1",
		description = "weight of recognising another view of a crop, 0 for off, -1 as the mode has it")
	private double contrastive = -1;
	@Parameter(label = "Rotation (-1: as the mode)", persist = false, min = "-1", stepSize = "0.1",
		description = "weight of guessing quarter turns, 0 for off, -1 as the mode has it")
	private double rotation = -1;
	@Parameter(label = "Position (-1: as the mode)", persist = false, min = "-1", stepSize = "0.1",
		description = "weight of telling where in its volume every voxel lies, for volumes that all show " +
			"one thing, such as scans of an organ; 0 for off, -1 as the mode has it")
	private double position = -1;
	@Parameter(label = "Decoder", persist = false, choices = { AUTO, "unetr", "head",
		"vae", "deconv", "large_kernel_deconv" }, description =
		"unetr (all of the network learns), head, vae, deconv or large_kernel_deconv (only the encoder " +
			"is kept); auto: as the mode has it")
	private String decoder = AUTO;
	@Parameter(label = "Hidden share (0: as the mode)", persist = false, min = "0", stepSize = "0.1",
		description = "share of a crop that is hidden; 0: as the mode has it")
	private double mask = 0;
	@Parameter(label = "Feature size (0: automatic)", persist = false, min = "0", stepSize = "12",
		description = "width of the network, a multiple of 12; 0: decided from the data")
	private int feature_size = 0;
	@Parameter(label = "Patch (voxels)", persist = false, required = false,
		description = "edges of the crops, 96 or 64,64,32; empty: decided from the data")
	private String patch = "";
	@Parameter(label = "Crops in a step (0: automatic)", persist = false, min = "0",
		description = "0: as the mode has it")
	private int batch = 0;
	@Parameter(label = "Learning rate (0: automatic)", persist = false, min = "0", stepSize = "0.0001",
		style = "format:0.#####", description = "peak; 0: the recommended one")
	private double rate = 0;
	@Parameter(label = "Intensity", persist = false, required = false,
		description = "zscore, or a window such as -1000,1000; empty: as the mode has it")
	private String intensity = "";
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
		try (SavedImages open = SavedImages.of(data)) {
			return execute(open == null ? folders() : List.of(open.folder()), progress);
		}
	}

	private List<Path> folders() {
		return Arrays.stream(data.split(";")).map(SwinCommand::path).filter(Objects::nonNull).toList();
	}

	private Summary execute(final List<Path> folders, final Progress progress) throws IOException {
		final PretrainSettings settings = new PretrainSettings(folders, path(output), minutes, steps,
			mode, inpainting, contrastive, rotation, position, decoder.equals(AUTO) ? "" : decoder, mask,
			feature_size, patch, batch, rate, intensity, resume, checkpoint, seed, device, precision);
		final PretrainResult result = train(settings, progress);
		precision = Devices.precision(device, precision); // what the recorder writes
		return Summary.of(result.output()).with("steps", result.steps()).with("final_loss", result
			.finalLoss()).with("inpainting", result.losses().inpainting()).with("contrastive", result
				.losses().contrast()).with("rotation", result.losses().rotation()).with("position", result.losses()
					.position()).with("seconds", result.seconds()).with("device", result.device());
	}

	private PretrainResult train(final PretrainSettings settings, final Progress progress)
		throws IOException
	{
		try (TrainingView view = TrainingView.open("Pretrain " + settings.output().getFileName())) {
			final PretrainResult result = new Pretrain(settings, data, view, progress).run();
			view.finished(result.output());
			return result;
		}
	}

	@SuppressWarnings("unused") // called by SciJava
	private void activeImage() {
		if (data.isEmpty()) data = OpenImage.activeTitle();
	}

	@Override
	public List<String> notes() throws IOException {
		return List.of("Time: " + (minutes > 0 ? Math.round(minutes) + " minutes" : steps > 0 ? steps + " steps"
			: mode.equals("paper") ? Pretrain.PAPER_STEPS + " steps" : "60 minutes") + ", or until you stop it",
			"Device: " + Devices.describe(device));
	}

	@Override
	String citation() {
		return ModelReport.citation();
	}

	@Override
	public String page() {
		return "docs/fiji.md#pretrain";
	}
}
