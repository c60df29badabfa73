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
import org.swinj.fiji.OpenImage;
import org.swinj.fiji.RegionLabels;
import org.swinj.progress.Progress;
import org.swinj.result.LabelClass;
import org.swinj.result.RoiLabels;

/** Makes labels for Fine-tune of regions in the ROI Manager. */
@Plugin(type = Command.class, name = "rois-to-labels",
	description = "Makes labels for Fine-tune of regions that were drawn on some slices.", menu = {
		@Menu(label = "Plugins"), @Menu(label = "SwinJ"), @Menu(label = "ROIs to Labels...",
			weight = 15) })
public final class RoisToLabelsCommand extends SwinCommand {

	@Parameter(label = "Image", persist = false, style = "path,images", initializer = "activeImage",
		description = "title of the open image that the regions were drawn on, or its file")
	private String input = "";
	@Parameter(label = "Regions", persist = false, required = false, style = "path",
		attrs = @Attr(name = SHELL), description = "zip of regions; empty: those in the ROI Manager. A " +
			"region's group is its label (1 without a group); a name that begins with background means 0")
	private String rois = "";
	@Parameter(label = "Rest of a slice is background", persist = false, description =
		"in slices with regions, voxels outside them are background; otherwise they are ignored, as " +
			"slices without regions always are")
	private boolean background = true;
	@Parameter(label = "Save labels as", persist = false, required = false, style = "path,save",
		attrs = @Attr(name = SHELL), description = "label file to write; for an open image empty: only shown")
	private String output = "";
	@Parameter(label = "This run", persist = false, style = NotesWidget.NOTES,
		description = "opens the documentation")
	private Button notes;

	@Override
	public Summary execute(final Progress progress) throws IOException {
		final long start = System.nanoTime();
		final OpenImage open = OpenImage.find(input);
		final RegionLabels regions = new RegionLabels(path(rois), path(output), background, progress);
		final RoiLabels made = open == null ? regions.of(path(input)) : regions.of(open);
		return Summary.of(path(output)).with("annotated_slices", made.slices()).with("slices", made.labels()
			.slices()).with("classes", made.classes().foreground().stream().filter(each -> each
				.value() != RoiLabels.IGNORE).map(LabelClass::name).toList()).with("ignored_label",
					RoiLabels.IGNORE).with("seconds", (System.nanoTime() - start) * 1e-9).with("device", "CPU");
	}

	@SuppressWarnings("unused") // called by SciJava
	private void activeImage() {
		if (input.isEmpty()) input = OpenImage.activeTitle();
	}

	@Override
	public List<String> notes() {
		return rois.isBlank() ? List.of(RegionLabels.describeManager()) : List.of();
	}

	@Override
	public String page() {
		return "docs/fiji.md#regions";
	}
}
