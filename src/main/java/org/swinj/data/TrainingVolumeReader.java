package org.swinj.data;

import java.io.IOException;
import java.util.SplittableRandom;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/** Reads labelled cases into memory: turned to RAS where known, normalised, labels as classes. */
public final class TrainingVolumeReader {

	private final Dataset dataset;
	private final int ignore;
	private final VolumeReader reader;
	private final CaseCheck check;
	private final long seed;

	/**
	 * @param ignore label value of voxels that nobody annotated, -1 for none
	 * @param channels image channels every case must have, 0 for as many as the data set names
	 */
	public TrainingVolumeReader(final Dataset dataset, final int ignore, final int channels,
		final long seed, final VolumeReader reader, final Progress progress)
	{
		this.dataset = dataset;
		this.ignore = ignore;
		this.seed = seed;
		this.reader = reader;
		check = new CaseCheck(dataset, channels, progress);
	}

	/** @throws FormatException if image and labels do not fit each other or the data set */
	public TrainingVolume read(final Case c, final Intensity intensity) throws IOException {
		final Volume image = reader.read(c.image());
		final Volume labels = reader.readLabels(c.labels());
		check.check(c.id(), image, labels);
		final Volume ras = Orientation.toRas(image);
		final Volume classes = Orientation.toRas(new Volume(labels.name(), labels.image(), image
			.geometry()));
		final int[] size = new int[3];
		for (int axis = 0; axis < 3; axis++)
			size[axis] = (int) ras.size()[axis];
		final RandomAccessibleInterval<FloatType> normalized = Normalization.normalize(ras.image(),
			intensity);
		final float[][] channels = new float[image.channels()][];
		for (int i = 0; i < channels.length; i++)
			channels[i] = values(Views.hyperSlice(normalized, 3, i), size);
		return new TrainingVolume(c.id(), size, ras.geometry(), channels, classIndices(classes,
			size), dataset.labels().classes(), new SplittableRandom(seed ^ c.id().hashCode()));
	}

	private short[] classIndices(final Volume labels, final int[] size) {
		final float[] values = values(Views.hyperSlice(labels.image(), 3, 0), size);
		final short[] indices = new short[values.length];
		for (int i = 0; i < values.length; i++) {
			final int value = (int) values[i];
			indices[i] = value == ignore ? TrainingVolume.UNLABELLED : (short) dataset.labels().indexOf(
				value);
		}
		return indices;
	}

	private static float[] values(final RandomAccessibleInterval<FloatType> image, final int[] size) {
		final float[] values = new float[Math.multiplyExact(Math.multiplyExact(size[0], size[1]),
			size[2])];
		int i = 0;
		for (final FloatType voxel : Views.flatIterable(image))
			values[i++] = voxel.get();
		return values;
	}
}
