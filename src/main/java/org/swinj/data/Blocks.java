package org.swinj.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.Cursor;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/**
 * Parts of few volumes, each of which is held back once: every volume is cut into slabs, and labels of a
 * slab are hidden from the training, all others from the judgement. The cut is across the axis along
 * which fewest classes lie in one slab, where they could not be learned from the others; of equals
 * across the longest.
 *
 * @param dataset whose labels have slabs
 * @param count of slabs
 * @param hidden label value of voxels that are not to be looked at
 */
public record Blocks(Dataset dataset, int count, int hidden) {

	private static final String BLOCK = "-block-";
	private static final int THIN = 8; // planes; slabs are thicker if they can
	private static final double ALONE = 0.95; // share of the voxels of a class

	/** The blocks of all volumes of a data set. */
	public static Blocks of(final Dataset dataset, final int count) {
		final List<Integer> values = dataset.labels().values();
		return new Blocks(dataset, count, dataset.ignore() >= 0 ? dataset.ignore() : values.get(values
			.size() - 1) + 1);
	}

	/** Case id of a block that is held back. */
	static String name(final String id, final int part) {
		return id + BLOCK + (part + 1);
	}

	/** Whether a case that is held back is a block of one that is trained on. */
	public static boolean isOf(final String held, final String known) {
		return held.startsWith(known + BLOCK);
	}

	/** The data set of the training and of the judgement: the same classes, some labels ignored. */
	public Dataset hiding() {
		return new Dataset(dataset.folder(), dataset.cases(), dataset.labels(), dataset.channels(),
			hidden);
	}

	/**
	 * Writes the labels of one fold.
	 *
	 * @param part the slab to hold back, from 0
	 * @param folder where they go
	 * @return cases of the same images with these labels
	 */
	public Split write(final int part, final Path folder, final Progress progress)
		throws IOException
	{
		final List<Case> training = new ArrayList<>();
		final List<Case> validation = new ArrayList<>();
		for (final Case c : dataset.cases()) {
			progress.checkCancelled();
			final Volume labels = dataset.labels().classesOf(new VolumeReader(progress).readLabels(c
				.labels()), dataset.ignore());
			final int axis = axis(labels);
			training.add(write(c, c.id(), without(labels, axis, part, true), folder));
			validation.add(write(c, name(c.id(), part), without(labels, axis, part, false), folder));
		}
		return new Split(training, validation);
	}

	private static Case write(final Case c, final String id, final Volume labels, final Path folder)
		throws IOException
	{
		final Path file = folder.resolve(id + (labels.geometry().isOriented() ? ".nii" : ".tif"));
		VolumeWriter.write(file, labels);
		return new Case(id, c.image(), file);
	}

	/** Labels that are hidden in a slab, or everywhere else. */
	private Volume without(final Volume labels, final int axis, final int part,
		final boolean slab)
	{
		final RandomAccessibleInterval<FloatType> all = labels.image();
		final long[] size = labels.size();
		final RandomAccessibleInterval<FloatType> seen = ArrayImgs.floats(size[0], size[1], size[2], 1);
		final RandomAccess<FloatType> label = all.randomAccess();
		final Cursor<FloatType> out = Views.flatIterable(seen).localizingCursor();
		while (out.hasNext()) {
			out.fwd();
			label.setPosition(out);
			final boolean inside = part(out.getLongPosition(axis), size[axis]) == part;
			out.get().set(inside == slab ? hidden : label.get().get());
		}
		return labels.withImage(seen);
	}

	private int part(final long at, final long length) {
		return (int) (((at + 1) * count - 1) / length);
	}

	private int axis(final Volume labels) {
		final long[] size = labels.size();
		final List<Map<Float, long[]>> counts = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
		final Cursor<FloatType> label = Views.flatIterable(labels.image()).localizingCursor();
		while (label.hasNext()) {
			final float value = label.next().get();
			if (value == 0 || value == hidden) continue;
			for (int axis = 0; axis < 3; axis++)
				counts.get(axis).computeIfAbsent(value, v -> new long[count])[part(label.getLongPosition(axis),
					size[axis])]++;
		}
		return IntStream.range(0, 3).boxed().min(Comparator.<Integer, Boolean> comparing(
			axis -> size[axis] < THIN * count).thenComparing(axis -> alone(counts.get(axis))).thenComparing(
				axis -> -size[axis])).orElseThrow();
	}

	/** How many classes lie in one slab but for a small part. */
	private static long alone(final Map<Float, long[]> counts) {
		return counts.values().stream().filter(slabs -> Arrays.stream(slabs).max().orElse(0) > ALONE * Arrays
			.stream(slabs).sum()).count();
	}
}
