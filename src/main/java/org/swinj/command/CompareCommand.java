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
import org.swinj.progress.Progress;
import org.swinj.workflow.Compare;
import org.swinj.workflow.CompareResult;
import org.swinj.workflow.CompareSettings;
import org.swinj.workflow.Devices;

/** Measures what pretraining is worth on the user's own volumes. */
@Plugin(type = Command.class, name = "compare",
	description = "Measures what pretraining is worth on your own volumes.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Compare...", weight = 45) })
public final class CompareCommand extends SwinCommand {

	@Parameter(label = "Unlabelled images", persist = false, required = false, style = "path",
		description = "folder with volumes to pretrain on; several separated by semicolons")
	private String unlabelled = "";
	@Parameter(label = "Labelled images", persist = false, style = "path",
		description = "folder with images and labels")
	private String data = "";
	@Parameter(label = "Save report in", persist = false, style = "path,save",
		description = "folder; a comparison found there goes on where it ended")
	private String output = "";
	@Parameter(label = "Experiments", persist = false, description =
		"labels (shares of the labels), tasks (each pretext task alone, pairs, all), amount (of " +
			"unlabelled volumes), time (scratch given the time of pretraining); separated by commas")
	private String experiments = "labels";
	@Parameter(label = "Labels used (percent)", persist = false,
		description = "shares of the labelled cases; experiments other than labels use the first")
	private String percent = "10,20,40,60,80,100";
	@Parameter(label = "Seeds", persist = false, min = "1",
		description = "repetitions, each with other cases and random numbers")
	private int seeds = 3;
	@Parameter(label = "Pretraining (minutes, 0: automatic)", persist = false, min = "0",
		description = "of each pretraining; 0: 60 minutes, or as many steps as given")
	private double pretrain_minutes = 0;
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;
	@Parameter(label = "More settings", persist = false, style = FoldWidget.FOLD,
		description = "shows the settings that are rarely needed")
	private Button more;
	@Parameter(label = "Pretrained models", persist = false, required = false, style = "path",
		description = "models to compare with random weights instead of pretraining; separated by semicolons")
	private String pretrained = "";
	@Parameter(label = "Steps (0: automatic)", persist = false, min = "0",
		description = "of each fine-tuning; 0: 400")
	private int steps = 0;
	@Parameter(label = "Pretraining steps (0: automatic)", persist = false, min = "0",
		description = "of each pretraining; 0: as the time allows")
	private int pretrain_steps = 0;
	@Parameter(label = "Held back", persist = false,
		description = "share of the subjects that no run sees, or case ids separated by commas")
	private String validation = "0.3";
	@Parameter(label = "Subjects", persist = false, required = false, description =
		"cases of one subject stay together: 2 for pairs of consecutive numbers, or a regular " +
			"expression with one group for the subject's part of the file name; empty: one a case, " +
			"but for time points and visits")
	private String group = "";
	@Parameter(label = "Feature size (0: automatic)", persist = false, min = "0", stepSize = "12",
		description = "width of the network, a multiple of 12; 0: decided from the data")
	private int feature_size = 0;
	@Parameter(label = "Patch (voxels)", persist = false, required = false,
		description = "edges of the crops, 96 or 64,64,32; empty: decided from the data")
	private String patch = "";
	@Parameter(label = "Learning rate (0: automatic)", persist = false, min = "0", stepSize = "0.0001",
		style = "format:0.#####", description = "peak, of the fine-tunings; 0: the recommended one")
	private double rate = 0;
	@Parameter(label = "Layer decay (0: automatic)", persist = false, min = "0", max = "1",
		stepSize = "0.05", description = "how much slower each stage of a pretrained encoder learns than " +
			"the next one; 1: all alike; 0: the recommended factor")
	private double layer_decay = 0;
	@Parameter(label = "Ignored label (-1: none)", persist = false, min = "-1",
		description = "value of voxels that nobody annotated")
	private int ignore = -1;
	@Parameter(label = "Device", persist = false, style = DeviceWidget.DEVICE,
		description = "auto, cpu, gpu, gpu1 or mps")
	private String device = "auto";
	@Parameter(label = "Precision", persist = false, choices = { "auto", "float32", "bfloat16" },
		description = "number format of activations")
	private String precision = "auto";

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final CompareSettings settings = new CompareSettings(paths(unlabelled), path(data), path(output),
			paths(pretrained), words(experiments), Arrays.stream(Numbers.parse("percent", percent)).boxed()
				.toList(), seeds, steps, pretrain_minutes, pretrain_steps, validation, group, feature_size,
			patch, rate, layer_decay, ignore, device, precision);
		final CompareResult result = new Compare(settings, progress).run();
		precision = Devices.precision(device, precision); // what the recorder writes
		return Summary.of(result.output()).with("verdict", result.verdict()).with("gain", result.gain())
			.with("runs", result.runs()).with("seconds", result.seconds()).with("device", result.device());
	}

	private static List<Path> paths(final String text) {
		return Arrays.stream(text.split(";")).map(SwinCommand::path).filter(Objects::nonNull).toList();
	}

	private static List<String> words(final String text) {
		return Arrays.stream(text.split(",")).map(String::trim).filter(word -> !word.isEmpty()).toList();
	}

	@Override
	public List<String> notes() {
		return List.of("Many trainings one after another, which takes hours; it goes on where it was stopped");
	}

	@Override
	public String page() {
		return "docs/fiji.md#compare";
	}
}
