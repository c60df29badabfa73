package org.swinj.result;

import ij.ImagePlus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;

import org.swinj.data.FormatException;
import org.swinj.progress.Progress;

/**
 * The objects of a label image: what of one class hangs together over faces, edges or corners, on
 * request cut at its necks. They are numbered from 1 without gaps, class by class, in the order of
 * their first voxels, with the parts of one object after each other; time points go on counting.
 */
public final class ObjectLabels {

	private final LabelImage labels;
	private final ObjectMethod method;
	private final Progress progress;
	private final List<Integer> classOf = new ArrayList<>(List.of(0)); // of each object
	private final List<short[][]> frames = new ArrayList<>();

	private ObjectLabels(final LabelImage labels, final ObjectMethod method,
		final Progress progress)
	{
		this.labels = labels;
		this.method = method;
		this.progress = progress;
	}

	/**
	 * Finds all objects.
	 *
	 * @param method components or watershed
	 * @throws FormatException if there are more than a 16-bit image can number
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public static ObjectLabels of(final LabelImage labels, final ObjectMethod method,
		final Progress progress) throws FormatException
	{
		final ObjectLabels objects = new ObjectLabels(labels, method, progress);
		for (int t = 0; t < labels.frames(); t++) {
			final int before = objects.count();
			final short[][] components = objects.components(t);
			objects.frames.add(method == ObjectMethod.WATERSHED ? objects.cut(components, before)
				: components);
		}
		return objects;
	}

	/** What hangs together at a time point. */
	private short[][] components(final int t) throws FormatException {
		final LabelRuns runs = new LabelRuns(labels, t, progress);
		final int[] number = new int[runs.count()];
		for (final int label : runs.labels())
			for (int run = 0; run < runs.count(); run++)
				if (runs.root(run) == run && runs.label(run) == label) {
					number[run] = classOf.size();
					classOf.add(label);
				}
		checkCount();
		final short[][] planes = new short[labels.slices()][labels.width() * labels.height()];
		for (int run = 0; run < runs.count(); run++) {
			final int from = runs.y(run) * labels.width() + runs.begin(run);
			Arrays.fill(planes[runs.z(run)], from, from + runs.end(run) - runs.begin(run),
				(short) number[runs.root(run)]);
		}
		return planes;
	}

	/** The parts of the objects that come after the first ones, in place of these. */
	private short[][] cut(final short[][] components, final int before) throws FormatException {
		final List<Integer> added = classOf.subList(before + 1, classOf.size());
		final List<Integer> classes = List.copyOf(added);
		added.clear();
		final ObjectBoxes boxes = new ObjectBoxes(components, labels.width(), before + 1, classes.size());
		final short[][] planes = new short[components.length][components[0].length];
		for (int i = 0; i < classes.size(); i++) {
			final NeckWatershed parts = new NeckWatershed(boxes.mask(i), labels.geometry().spacing(),
				progress);
			boxes.paint(i, planes, parts, count());
			classOf.addAll(Collections.nCopies(parts.count(), classes.get(i)));
			checkCount();
		}
		return planes;
	}

	private void checkCount() throws FormatException {
		if (count() > LabelClass.LARGEST) throw new FormatException("\"" + labels.source() + "\" has "
			+ count() + " objects, more than the " + LabelClass.LARGEST + " that a 16-bit image can number.");
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
	 * @param sources image and confidence of each time point
	 */
	public List<Measurement> measure(final LabelClasses classes, final List<SegmentedFrame> sources) {
		final LabelImage image = image();
		final LabelClasses named = named(classes);
		final List<Measurement> rows = new ArrayList<>();
		for (int t = 0; t < frames.size(); t++)
			for (final Measurement row : Measurements.of(image, t + 1, named, sources.get(t), progress))
				if (row.voxels() > 0) rows.add(row); // the others are at other times
		return rows;
	}

	/** Names, groups and colours of the objects' regions. */
	IntFunction<RegionLook> looks(final LabelClasses classes) {
		final LabelClasses named = named(classes);
		return object -> RegionLook.of(named.get(object), classOf(object));
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
