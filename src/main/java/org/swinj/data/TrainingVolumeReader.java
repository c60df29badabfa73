package org.swinj.data;

import java.io.IOException;
import java.util.SplittableRandom;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/**
 * Reads labelled cases into memory: turned to RAS where known, resampled if asked for, normalised,
 * labels as classes.
 */
public final class TrainingVolumeReader {

	private final Dataset dataset;
	private final int ignore;
	private final VolumeReader reader;
	private final CaseCheck check;
	private final long seed;
	private final Progress progress;

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
		this.progress = progress;
		check = new CaseCheck(dataset, channels, progress);
	}

	/** @throws FormatException if image and labels do not fit each other or the data set */
	public TrainingVolume read(final Case c, final Intensity intensity) throws IOException {
		return read(c, intensity, new double[] { 1, 1, 1 }, LengthUnit.PIXEL.symbol());
	}

	/**
	 * Reads a case and brings it to a voxel size, images by cubic interpolation, labels by votes.
	 *
	 * @param spacing voxel size along X, Y, Z in {@code unit}, once turned to RAS
	 * @param unit {@code pixel} to leave the voxels as they are
	 * @throws FormatException if image and labels do not fit each other or the data set
	 */
	public TrainingVolume read(final Case c, final Intensity intensity, final double[] spacing,
		final String unit) throws IOException
	{
		final Volume image = reader.read(c.image());
		final Volume labels = reader.readLabels(c.labels());
		check.check(c.id(), image, labels);
		Contrast.check(image, intensity, progress);
		final Volume turned = Orientation.toRas(image);
		final Volume classes = Orientation.toRas(image.withImage(dataset.labels().classesOf(labels,
			ignore).image()));
		final Resampling resampling = Resampling.toSpacing(turned, spacing, unit);
		final Volume ras = resampling.apply(turned, Interpolation.CUBIC);
		final int[] size = new int[3];
		for (int axis = 0; axis < 3; axis++)
			size[axis] = (int) ras.size()[axis];
		final RandomAccessibleInterval<FloatType> normalized = Normalization.normalize(ras.image(),
			intensity);
		final float[][] channels = new float[image.channels()][];
		for (int i = 0; i < channels.length; i++)
			channels[i] = values(Views.hyperSlice(normalized, 3, i), size);
		return new TrainingVolume(c.id(), size, ras.geometry(), channels, classIndices(classes,
			resampling), dataset.labels().classes(), new SplittableRandom(seed ^ c.id().hashCode()));
	}

	private short[] classIndices(final Volume labels, final Resampling resampling) throws IOException {
		final RandomAccessibleInterval<UnsignedShortType> numbers = resampling.labels(Converters.convert(
			Views.hyperSlice(labels.image(), 3, 0), (in, out) -> out.set(number((int) in.get())),
			new FloatType()), Interpolation.VOTE, progress);
		final short[] indices = new short[(int) Views.flatIterable(numbers).size()];
		int i = 0;
		for (final UnsignedShortType number : Views.flatIterable(numbers))
			indices[i++] = number.get() < nobody() ? (short) number.get() : TrainingVolume.UNLABELLED;
		return indices;
	}

	/** Class index, or a larger number, which wins no draw, for voxels that nobody annotated. */
	private int number(final int value) {
		return value == ignore ? nobody() : dataset.labels().indexOf(value);
	}

	private int nobody() {
		return dataset.labels().classes();
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
