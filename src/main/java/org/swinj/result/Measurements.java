package org.swinj.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/** Measures every class of a label image in one pass over the voxels. */
public final class Measurements {

	private final LabelImage labels;
	private final int frame;
	private final boolean hasConfidence;
	private final List<RandomAccessibleInterval<FloatType>> images = new ArrayList<>(); // confidence last
	private final Map<Integer, ClassShape> shapes = new TreeMap<>();
	private final Map<Integer, Intensities[]> intensities = new TreeMap<>();

	private Measurements(final LabelImage labels, final int frame, final SegmentedFrame source) {
		this.labels = labels;
		this.frame = frame;
		hasConfidence = source != null && source.confidence() != null;
		if (source == null) return;
		labels.checkSize(source.image());
		for (int c = 0; c < source.image().channels(); c++)
			images.add(Views.hyperSlice(source.image().image(), 3, c));
		if (hasConfidence) images.add(source.confidence());
	}

	/**
	 * Measures one time point. Known classes are listed also if they are absent, and labels nobody
	 * named if they are there; background is not.
	 *
	 * @param frame time point, from 1
	 * @param source image and confidence at this time point, or {@code null}
	 * @return one entry per class by ascending label
	 * @throws IllegalArgumentException if the source has another size than the labels
	 * @throws org.swinj.progress.CancelledException when the user asked to stop
	 */
	public static List<Measurement> of(final LabelImage labels, final int frame,
		final LabelClasses classes, final SegmentedFrame source, final Progress progress)
	{
		final Measurements measurements = new Measurements(labels, frame, source);
		for (final LabelClass each : classes.foreground())
			measurements.shapes.put(each.value(), new ClassShape());
		for (int z = 0; z < labels.slices(); z++) {
			progress.checkCancelled();
			measurements.addPlane(z);
			for (int c = 0; c < measurements.images.size(); c++)
				measurements.addIntensities(z, c);
		}
		return measurements.results(classes);
	}

	private void addPlane(final int z) {
		final int width = labels.width();
		final short[] plane = labels.plane(z, frame - 1);
		final Neighbours neighbours = new Neighbours(labels, z, frame - 1);
		for (int y = 0; y < labels.height(); y++) {
			for (int x = 0, end; x < width; x = end) {
				final short label = plane[y * width + x];
				end = x + 1;
				while (end < width && plane[y * width + end] == label)
					end++;
				if (label == 0) continue;
				final ClassShape shape = shapes.computeIfAbsent(label & 0xffff, first -> new ClassShape());
				shape.addRun(x, end, y, z);
				neighbours.countCrossings(x, end, y, shape);
			}
		}
	}

	private void addIntensities(final int z, final int channel) {
		final int width = labels.width();
		final short[] plane = labels.plane(z, frame - 1);
		final RandomAccess<FloatType> voxel = images.get(channel).randomAccess();
		Intensities[] found = null;
		short last = 0;
		for (int y = 0; y < labels.height(); y++) {
			voxel.setPosition(new int[] { 0, y, z });
			for (int x = 0; x < width; x++, voxel.fwd(0)) {
				final short label = plane[y * width + x];
				if (label == 0) continue;
				if (label != last) found = intensitiesOf(label & 0xffff);
				last = label;
				found[channel].add(voxel.get().get());
			}
		}
	}

	private Intensities[] intensitiesOf(final int label) {
		return intensities.computeIfAbsent(label, first -> {
			final Intensities[] channels = new Intensities[images.size()];
			for (int c = 0; c < channels.length; c++)
				channels[c] = new Intensities();
			return channels;
		});
	}

	private List<Measurement> results(final LabelClasses classes) {
		final double[] spacing = labels.geometry().spacing();
		final CroftonWeights weights = new CroftonWeights(spacing);
		final List<Measurement> results = new ArrayList<>();
		shapes.forEach((label, shape) -> {
			final List<IntensityStatistics> statistics = new ArrayList<>();
			for (final Intensities channel : intensitiesOf(label))
				statistics.add(channel.statistics());
			final OptionalDouble confidence = hasConfidence ? OptionalDouble.of(statistics.remove(statistics
				.size() - 1).mean()) : OptionalDouble.empty();
			results.add(new Measurement(frame, classes.get(label), shape.voxels(), shape.voxels() *
				spacing[0] * spacing[1] * spacing[2], shape.surfaceArea(weights), shape.centroid(spacing),
				shape.boxMin(spacing), shape.boxMax(spacing), statistics, confidence, labels.geometry().unit()));
		});
		return results;
	}
}
