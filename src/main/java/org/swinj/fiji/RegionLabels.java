package org.swinj.fiji;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.gui.StackWindow;
import ij.plugin.frame.RoiManager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.swinj.data.FormatException;
import org.swinj.data.ImagePlusVolume;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.model.SegmentationClass;
import org.swinj.progress.Progress;
import org.swinj.result.ResultFiles;
import org.swinj.result.RoiLabels;
import org.swinj.result.RoiZip;
import org.swinj.result.SegmentedFrame;

/** Makes a label image for training of the regions that people drew on some slices. */
public final class RegionLabels {

	private final Path regions;
	private final Path output;
	private final boolean background;
	private final Progress progress;

	/**
	 * @param regions zip of regions, {@code null} for those of the ROI Manager
	 * @param output label file to write; may be {@code null} for an open image
	 * @param background whether the rest of an annotated slice is background
	 */
	public RegionLabels(final Path regions, final Path output, final boolean background,
		final Progress progress)
	{
		this.regions = regions;
		this.output = output;
		this.background = background;
		this.progress = progress;
	}

	/**
	 * Labels for an open image, which are shown.
	 *
	 * @throws IOException if there are no regions for it, or a file cannot be read or written
	 */
	public RoiLabels of(final OpenImage open) throws IOException {
		final ImagePlus image = open.image();
		final int frames = ImagePlusVolume.frames(image);
		if (frames > 1) throw new FormatException("Image \"" + image.getTitle() + "\" has " + frames
			+ " time points, but labels are made for one: duplicate that first.");
		final RoiLabels made = make(ImagePlusVolume.of(image, 1, progress));
		final ImagePlus shown = made.labels().toImagePlus(made.classes(), image);
		shown.setTitle(WindowManager.makeUniqueName(shown.getTitle()));
		shown.show();
		if (shown.getWindow() instanceof StackWindow window) window.updateSliceSelector();
		return made;
	}

	/**
	 * Labels for the volume in a file, which are written.
	 *
	 * @throws IOException if there are no regions for it, or a file cannot be read or written
	 */
	public RoiLabels of(final Path file) throws IOException {
		if (file == null) throw new IllegalArgumentException(
			"Choose the image that the regions were drawn on (input=).");
		if (!Files.exists(file)) throw new FormatException("No image \"" + file
			+ "\" is open, and there is no such file.");
		if (output == null) throw new IllegalArgumentException(
			"Choose where to save the labels (output=), as the image is not open.");
		return make(new VolumeReader(progress).read(file));
	}

	/** Labels with the colours that the classes of a model trained on them will have. */
	private RoiLabels make(final Volume volume) throws IOException {
		final RoiLabels made = RoiLabels.of(volume, regions(), background).withColors(
			label -> SegmentationClass.of(label, "").rgb());
		if (output != null) new ResultFiles(made.labels(), made.classes(), List.of(new SegmentedFrame(volume,
			null)), output, progress).writeLabels();
		return made;
	}

	private List<Roi> regions() throws IOException {
		return regions != null ? RoiZip.read(regions) : ofManager();
	}

	private static List<Roi> ofManager() {
		final RoiManager manager = RoiManager.getInstance2();
		return manager == null ? List.of() : List.of(manager.getRoisAsArray());
	}

	/** How much there is to make labels of: "ROI Manager: 9 regions on 4 slices". */
	public static String describeManager() {
		final List<Roi> rois = ofManager();
		if (rois.isEmpty()) return "ROI Manager: no regions; draw some and press t, or choose a zip of them";
		final long slices = rois.stream().mapToInt(roi -> roi.hasHyperStackPosition() ? roi.getZPosition()
			: roi.getPosition()).filter(slice -> slice > 0).distinct().count();
		return "ROI Manager: " + rois.size() + (rois.size() == 1 ? " region on " : " regions on ") + slices
			+ (slices == 1 ? " slice" : " slices");
	}
}
