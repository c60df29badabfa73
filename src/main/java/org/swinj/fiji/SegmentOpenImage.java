package org.swinj.fiji;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.gui.StackWindow;
import ij.measure.Calibration;
import ij.plugin.frame.RoiManager;

import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import org.swinj.data.FormatException;
import org.swinj.data.ImagePlusVolume;
import org.swinj.data.Volume;
import org.swinj.model.SegmentationClass;
import org.swinj.progress.Progress;
import org.swinj.result.LabelClasses;
import org.swinj.result.LabelImage;
import org.swinj.result.LabelOverlay;
import org.swinj.result.Measurement;
import org.swinj.result.MeasurementTable;
import org.swinj.result.Measurements;
import org.swinj.result.ObjectLabels;
import org.swinj.result.ProbabilityStack;
import org.swinj.result.ResultFiles;
import org.swinj.result.RoiExport;
import org.swinj.result.SegmentedFrame;
import org.swinj.workflow.CardClasses;
import org.swinj.workflow.SegmentResult;
import org.swinj.workflow.SegmentSettings;
import org.swinj.workflow.Segmentation;
import org.swinj.workflow.Segmenter;

/**
 * Segments an open image, every time point, and shows what was found: label image, regions in the
 * ROI Manager, measurements. The source is not changed apart from an overlay that was asked for.
 */
public final class SegmentOpenImage {

	/** A ROI Manager with more is slow. */
	private static final int MOST_ROIS = 2000;

	private final ImagePlus image;
	private final SegmentSettings settings;
	private final Progress progress;
	private final List<SegmentedFrame> frames = new ArrayList<>();
	private final List<RandomAccessibleInterval<FloatType>> probabilities = new ArrayList<>();
	private ObjectLabels objects; // of a result that is told apart

	/** @param settings without an input; the output may be missing, then nothing is saved */
	public SegmentOpenImage(final OpenImage open, final SegmentSettings settings,
		final Progress progress)
	{
		image = open.image();
		this.settings = settings;
		this.progress = progress;
	}

	/**
	 * Segments, shows and, if there is an output, saves.
	 *
	 * @throws IOException if image or model cannot be used, or a file cannot be written
	 * @throws org.swinj.progress.CancelledException when the user asked to stop; nothing is shown then
	 */
	public SegmentResult run() throws IOException {
		try {
			return segmented();
		}
		catch (final UncheckedIOException e) { // of planes that are gone
			throw e.getCause();
		}
	}

	private SegmentResult segmented() throws IOException {
		final int before = PixelMark.of(image);
		final long start = System.nanoTime();
		final int count = ImagePlusVolume.frames(image);
		if (settings.output() != null) ResultFiles.checkTimePoints(settings.output(), image.getTitle(), count);
		final String device;
		final LabelClasses classes;
		final List<String> names;
		final List<LabelImage> labels = new ArrayList<>();
		try (Segmenter segmenter = Segmenter.open(settings.model(), settings.device(), settings
			.precision(), progress))
		{
			device = segmenter.device();
			classes = CardClasses.of(segmenter.card());
			names = segmenter.card().classes().stream().map(SegmentationClass::name).toList();
			for (int t = 1; t <= count; t++) {
				progress.stage(count == 1 ? "Segmenting" : "Segmenting frame " + t + " of " + count);
				labels.add(segment(segmenter, t));
			}
		}
		if (PixelMark.of(image) != before) throw new FormatException("Image \"" + image.getTitle()
			+ "\" was closed or changed while it was segmented: nothing is shown, as its labels would not "
			+ "fit it. Run it again.");
		final LabelImage all = LabelImage.series(labels);
		show(all, classes, names);
		if (settings.output() != null) save(all, classes);
		final long voxels = (long) all.width() * all.height() * all.slices() * all.frames();
		return new SegmentResult(settings.output(), all.frames(), List.of(), voxels, (System.nanoTime()
			- start) * 1e-9, device);
	}

	private LabelImage segment(final Segmenter segmenter, final int t) throws IOException {
		final Volume frame = settings.replaceNan() ? ImagePlusVolume.of(image, t, progress)
			: ImagePlusVolume.strict(image, t, progress);
		final Segmentation found = segmenter.segment(frame, settings.overlap(), settings
			.mirror(), settings.probabilities(), settings.table());
		frames.add(new SegmentedFrame(frame, found.confidence()));
		if (settings.probabilities()) probabilities.add(found.probabilities());
		return LabelImage.of(image.getTitle(), found.labels(), frame.geometry());
	}

	private void show(final LabelImage labels, final LabelClasses classes, final List<String> names)
		throws IOException
	{
		final ImagePlus result = labels.toImagePlus(classes, image);
		result.setTitle(WindowManager.makeUniqueName(result.getTitle()));
		result.show();
		if (result.getStack().isVirtual()) progress.warn("The labels are too large for Java's memory: they are "
			+ "kept in a temporary file, and what is drawn into them does not stay.");
		moveSliders(result);
		if (settings.probabilities()) {
			final ImagePlus stack = ProbabilityStack.of(image.getTitle(), probabilities, names, labels
				.geometry());
			stack.setProp(OpenImage.PICTURE, "true");
			stack.show();
		}
		if (settings.hasObjects()) objects = ObjectLabels.of(labels, settings.objects(), progress);
		showRegions(labels, classes, result.getTitle());
		if (settings.table() && !GraphicsEnvironment.isHeadless()) new MeasurementTable(measure(labels,
			classes)).toResultsTable().show(result.getTitle() + " measurements");
		if (objects != null) showObjects(classes);
		IJ.showStatus(result.getTitle());
	}

	private void showRegions(final LabelImage labels, final LabelClasses classes, final String title) {
		final boolean hyperstack = image.getNSlices() > 1 && image.isHyperStack();
		final List<Roi> rois = settings.overlay() || settings.rois() && objects == null ? RoiExport.rois(
			labels, classes, hyperstack, progress) : List.of();
		if (settings.rois()) toManager(objects == null ? rois : RoiExport.rois(objects, classes, hyperstack,
			progress));
		if (settings.overlay()) LabelOverlay.show(image, title, rois);
	}

	/** An image and a table of the objects. */
	private void showObjects(final LabelClasses classes) {
		final ImagePlus shown = objects.toImagePlus(classes);
		shown.setCalibration(image.getCalibration().copy());
		shown.getCalibration().setFunction(Calibration.NONE, null, "Gray Value");
		shown.setTitle(WindowManager.makeUniqueName(shown.getTitle()));
		shown.show();
		if (settings.table() && !GraphicsEnvironment.isHeadless()) new MeasurementTable(objects.measure(
			classes, frames)).toResultsTable().show(shown.getTitle() + " measurements");
		progress.info(objects.count() + " objects");
	}

	/** A new window shows the position of its image, but its sliders begin at 1. */
	private static void moveSliders(final ImagePlus result) {
		if (!(result.getWindow() instanceof StackWindow window)) return;
		if (result.isDisplayedHyperStack()) window.setPosition(1, result.getZ(), result.getT());
		else window.updateSliceSelector();
	}

	private void toManager(final List<Roi> rois) {
		if (rois.size() > MOST_ROIS) {
			progress.warn(rois.size() + " regions are more than the ROI Manager is given, which is " + MOST_ROIS
				+ "; the label image holds them all, and with an output they are saved beside it.");
			return;
		}
		try {
			final RoiManager open = RoiManager.getInstance2();
			RoiExport.append(open == null ? new RoiManager() : open, rois);
		}
		catch (final HeadlessException e) {
			if (settings.output() == null) progress.warn("There is no ROI Manager without a display: "
				+ "give an output to save " + rois.size() + " regions beside it.");
		}
	}

	private List<Measurement> measure(final LabelImage labels, final LabelClasses classes) {
		final List<Measurement> rows = new ArrayList<>();
		for (int t = 0; t < frames.size(); t++)
			rows.addAll(Measurements.of(labels, t + 1, classes, frames.get(t), progress));
		return rows;
	}

	private void save(final LabelImage labels, final LabelClasses classes) throws IOException {
		final ResultFiles files = new ResultFiles(labels, classes, frames, settings.output(), progress);
		files.writeLabels();
		if (settings.rois()) files.writeRois(objects);
		if (settings.table()) files.writeTable();
		if (settings.overlay()) files.writeOverlay();
		if (objects != null) files.writeObjects(objects);
		if (settings.probabilities()) files.writeProbabilities(probabilities.get(0));
	}
}
