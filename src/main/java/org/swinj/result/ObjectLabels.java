package org.swinj.result;

import ij.ImagePlus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;

import org.swinj.data.FormatException;
import org.swinj.data.Volume;
import org.swinj.progress.Progress;

/**
 * The objects of a label image: what of one class hangs together over faces, edges or corners. They
 * are numbered from 1 without gaps, class by class, in the order of their first voxels; time points
 * go on counting.
 */
public final class ObjectLabels {

	private final LabelImage labels;
	private final Progress progress;
	private final List<Integer> classOf = new ArrayList<>(List.of(0)); // of each object
	private final List<short[][]> frames = new ArrayList<>();

	private ObjectLabels(final LabelImage labels, final Progress progress) {
		this.labels = labels;
		this.progress = progress;
	}

	/**
	 * Finds all objects.
	 *
	 * @throws FormatException if there are more than a 16-bit image can number
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public static ObjectLabels of(final LabelImage labels, final Progress progress)
		throws FormatException
	{
		final ObjectLabels objects = new ObjectLabels(labels, progress);
		for (int t = 0; t < labels.frames(); t++)
			objects.number(t);
		return objects;
	}

	private void number(final int t) throws FormatException {
		final LabelRuns runs = new LabelRuns(labels, t, progress);
		final int[] number = new int[runs.count()];
		for (final int label : runs.labels())
			for (int run = 0; run < runs.count(); run++)
				if (runs.root(run) == run && runs.label(run) == label) {
					number[run] = classOf.size();
					classOf.add(label);
				}
		if (count() > LabelClass.LARGEST) throw new FormatException("\"" + labels.source() + "\" has "
			+ count() + " objects, more than the " + LabelClass.LARGEST + " that a 16-bit image can number.");
		final short[][] planes = new short[labels.slices()][labels.width() * labels.height()];
		for (int run = 0; run < runs.count(); run++) {
			final int from = runs.y(run) * labels.width() + runs.begin(run);
			Arrays.fill(planes[runs.z(run)], from, from + runs.end(run) - runs.begin(run),
				(short) number[runs.root(run)]);
		}
		frames.add(planes);
	}

	/** How many objects there are. */
	public int count() {
		return classOf.size() - 1;
	}

	/** Label value of the class of an object. */
	public int classOf(final int object) {
		return classOf.get(object);
	}

	/** The objects as an image of the same size. */
	public LabelImage image() {
		final List<LabelImage> images = new ArrayList<>();
		for (final short[][] planes : frames)
			images.add(LabelImage.of(labels.source(), Views.stack(Arrays.stream(planes).map(plane -> ArrayImgs
				.unsignedShorts(plane, labels.width(), labels.height())).toList()), labels.geometry()));
		return LabelImage.series(images);
	}

	/** A 16-bit image with a colour for each object, titled after the source. */
	public ImagePlus toImagePlus(final LabelClasses classes) {
		final ImagePlus image = image().toImagePlus(named(classes));
		image.setTitle(LabelImage.baseName(labels.source()) + "-objects");
		image.setProp(LabelImage.CLASSES_PROPERTY, "objects");
		return image;
	}

	/**
	 * A row for each object at the time point where it is.
	 *
	 * @param sources intensities of each time point
	 */
	public List<Measurement> measure(final LabelClasses classes, final List<Volume> sources) {
		final LabelImage image = image();
		final LabelClasses named = named(classes);
		final List<Measurement> rows = new ArrayList<>();
		for (int t = 0; t < frames.size(); t++)
			for (final Measurement row : Measurements.of(image, t + 1, named, sources.get(t), progress))
				if (row.voxels() > 0) rows.add(row); // the others are at other times
		return rows;
	}

	/** Each object called as its class, with a colour of its own. */
	private LabelClasses named(final LabelClasses classes) {
		final LabelLut colors = new LabelLut();
		final List<LabelClass> all = new ArrayList<>();
		for (int object = 1; object <= count(); object++)
			all.add(new LabelClass(object, classes.get(classOf(object)).name(), colors.rgb(object)));
		return new LabelClasses(all);
	}
}
