package org.swinj.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.Cursor;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/**
 * Parts of few volumes, each of which is held back once: every volume is cut into slabs across its
 * longest axis, and labels of a slab are hidden from the training, all others from the judgement.
 *
 * @param dataset whose labels have slabs
 * @param count of slabs
 * @param hidden label value of voxels that are not to be looked at
 */
public record Blocks(Dataset dataset, int count, int hidden) {

	/** The blocks of all volumes of a data set. */
	public static Blocks of(final Dataset dataset, final int count) {
		final List<Integer> values = dataset.labels().values();
		return new Blocks(dataset, count, dataset.ignore() >= 0 ? dataset.ignore() : values.get(values
			.size() - 1) + 1);
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
			training.add(write(c, c.id(), without(labels, part, true), folder));
			validation.add(write(c, c.id() + "-block-" + (part + 1), without(labels, part, false), folder));
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
	private Volume without(final Volume labels, final int part, final boolean slab) {
		final RandomAccessibleInterval<FloatType> all = labels.image();
		final long[] size = labels.size();
		int axis = 0;
		for (int i = 1; i < 3; i++)
			if (size[i] > size[axis]) axis = i;
		final long from = part * size[axis] / count, to = (part + 1) * size[axis] / count;
		final RandomAccessibleInterval<FloatType> seen = ArrayImgs.floats(size[0], size[1], size[2], 1);
		final RandomAccess<FloatType> label = all.randomAccess();
		final Cursor<FloatType> out = Views.flatIterable(seen).localizingCursor();
		while (out.hasNext()) {
			out.fwd();
			label.setPosition(out);
			final long at = out.getLongPosition(axis);
			out.get().set((at >= from && at < to) == slab ? hidden : label.get().get());
		}
		return labels.withImage(seen);
	}
}
