package org.swinj.data;

import java.util.SplittableRandom;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * What planning needs to know about one labelled volume.
 *
 * @param grid voxels once turned to RAS
 * @param all sorted sample of the intensities of all channels
 * @param foreground sorted sample of those of labelled voxels besides the background
 * @param annotated voxels that are not ignored
 * @param inside those of them that are not background
 * @param survival how well the labels survive larger voxels, see {@link CoarserVoxels}
 * @param across axis in RAS across which single slices are annotated, -1 for none
 * @param twins along which axes in RAS classes change places in a mirror image
 */
record CaseFacts(VoxelGrid grid, float[] all, float[] foreground, long annotated, long inside,
	double[] survival, int across, boolean[] twins)
{

	private static final int SAMPLE = 20_000;

	/**
	 * @param labels of the same size
	 * @param ignore value of voxels that nobody annotated, -1 for none
	 * @param seed chooses the sample
	 */
	static CaseFacts of(final Volume image, final Volume labels, final int ignore, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final VoxelSample all = new VoxelSample(SAMPLE, random);
		final VoxelSample foreground = new VoxelSample(SAMPLE, random);
		final RandomAccessibleInterval<FloatType> marks = Views.hyperSlice(labels.image(), 3, 0);
		long annotated = 0;
		for (int c = 0; c < image.channels(); c++) {
			final Cursor<FloatType> mark = Views.flatIterable(marks).cursor();
			for (final FloatType voxel : Views.flatIterable(Views.hyperSlice(image.image(), 3, c))) {
				final int label = (int) mark.next().get();
				all.offer(voxel.get());
				if (label == ignore) continue;
				annotated++;
				if (label != 0) foreground.offer(voxel.get());
			}
		}
		final Volume turned = Orientation.toRas(image.withImage(labels.image()));
		final AnnotatedSlices slices = new AnnotatedSlices(turned, ignore);
		return new CaseFacts(VoxelGrid.of(Orientation.toRas(image)), all.sorted(), foreground.sorted(),
			annotated / image.channels(), foreground.offered() / image.channels(), CoarserVoxels.survival(turned,
				ignore, slices), slices.axis(), MirrorTwins.along(turned, ignore));
	}
}
