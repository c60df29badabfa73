package org.swinj.command;

import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.io.IOService;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.widget.Button;

import org.swinj.fiji.DeviceWidget;
import org.swinj.fiji.FoldWidget;
import org.swinj.fiji.NotesWidget;
import org.swinj.fiji.OpenImage;
import org.swinj.fiji.OtherFormats;
import org.swinj.fiji.SegmentNotes;
import org.swinj.fiji.SegmentOpenImage;
import org.swinj.progress.Progress;
import org.swinj.result.ObjectMethod;
import org.swinj.workflow.Devices;
import org.swinj.workflow.ModelReport;
import org.swinj.workflow.Segment;
import org.swinj.workflow.SegmentResult;
import org.swinj.workflow.SegmentSettings;

/** Segments the open image, a file or a folder with a model. */
@Plugin(type = Command.class, name = "segment",
	description = "Segments the open image, a file or a folder with a model.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "Segment...", weight = 30) })
public final class SegmentCommand extends SwinCommand {

	@Parameter(label = "Image", persist = false, style = "path,images", initializer = "activeImage",
		description = "title of an open image, a volume file, or a folder of them")
	private String input = "";
	@Parameter(label = "Model", persist = false, style = "path,recent,models", description =
		"SwinJ model folder or zip (dialogs list the installed ones by name), or a folder with folds")
	private String model = "";
	@Parameter(label = "Save labels as", persist = false, required = false, style = "path,save",
		attrs = @Attr(name = SHELL), description =
			"label file or folder to write, for several time points a .tif; for an open image empty: only shown")
	private String output = "";
	@Parameter(label = "Regions (ROIs)", persist = false,
		description = "added to the ROI Manager, and saved beside the labels")
	private boolean rois = true;
	@Parameter(label = "Measurements", persist = false,
		description = "a table with a row per class, also saved beside the labels")
	private boolean table = true;
	@Parameter(label = "Overlay", persist = false,
		description = "regions drawn on the image; a PNG picture beside saved labels")
	private boolean overlay = false;
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;
	@Parameter(label = "More settings", persist = false, style = FoldWidget.FOLD,
		description = "shows the settings that are rarely needed")
	private Button more;
	@Parameter(label = "Overlap of windows (0 to 0.9)", persist = false, min = "0", max = "0.9",
		stepSize = "0.05", description = "share of a window, 0 to below 1; more is slower and smoother")
	private double overlap = 0.5;
	@Parameter(label = "Mirror", persist = false,
		description = "average with windows mirrored as in the training: two to eight times slower, " +
			"a little more accurate")
	private boolean mirror = false;
	@Parameter(label = "Probabilities", persist = false, description =
		"a stack with all classes; of several time points the first is saved")
	private boolean probabilities = false;
	@Parameter(label = "Objects", persist = false, choices = { "none", "components", "watershed" },
		attrs = @Attr(name = ALSO, value = "true,false"), description =
			"numbers the objects of a class: an image, a table, and regions for each; components: what hangs "
			+ "together; watershed: the same, cut where it is narrow, for objects that touch")
	private String objects = "none";
	@Parameter(label = "Leave out finished volumes", persist = false, style = "once",
		description = "of a folder: those whose labels are in the output already")
	private boolean resume = false;
	@Parameter(label = "Replace NaN", persist = false, description =
		"use the smallest value of a volume for voxels that are NaN or infinite instead of refusing it")
	private boolean replace_nan = false;
	@Parameter(label = "Device", persist = false, style = DeviceWidget.DEVICE,
		description = "auto, cpu, gpu, gpu1 or mps")
	private String device = "auto";
	@Parameter(label = "Precision", persist = false, choices = { "auto", "float32", "bfloat16" },
		description = "number format of activations")
	private String precision = "auto";
	@Parameter(required = false)
	private IOService io;
	@Parameter(required = false)
	private PrefService prefs;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final OpenImage open = OpenImage.find(input);
		final SegmentSettings settings = new SegmentSettings(open == null ? path(input) : null, path(
			model), path(output), overlap, mirror, rois, table, overlay, probabilities, ObjectMethod.of(
				objects), resume,
			replace_nan, device, precision);
		final SegmentResult result = open == null ? new Segment(settings, OtherFormats.reader(io, progress),
			progress).run()
			: new SegmentOpenImage(open, settings, progress).run();
		if (open != null && prefs != null) new SegmentNotes(prefs).remember(open, path(model), overlap,
			mirror, device, result.seconds());
		precision = Devices.precision(device, precision); // what the recorder writes
		return Summary.of(result.output()).with("volumes", result.volumes()).with("voxels_per_second",
			result.voxelsPerSecond()).with("failures", result.failures()).with("seconds", result.seconds())
			.with("device", result.device());
	}

	@SuppressWarnings("unused") // called by SciJava
	private void activeImage() {
		if (input.isEmpty()) input = OpenImage.activeTitle();
	}

	@Override
	public List<String> notes() throws IOException {
		return new SegmentNotes(prefs).lines(input, path(model), overlap, mirror, device);
	}

	@Override
	String citation() {
		return ModelReport.citation();
	}

	@Override
	public String page() {
		return "docs/fiji.md#segment";
	}
}
