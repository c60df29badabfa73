package org.swinj.workflow;

import java.util.List;

import org.swinj.data.TrainingVolume;
import org.swinj.progress.Preview;
import org.swinj.result.PreviewPicture;

/**
 * Part of a labelled volume and what a network made of it.
 *
 * @param volume image and truth
 * @param origin first voxel X, Y, Z of the part
 * @param size of the part in voxels X, Y, Z
 * @param predicted class indices of each plane, x fastest; {@code null} if nothing is predicted yet
 */
record PredictedBlock(TrainingVolume volume, int[] origin, int[] size, short[][] predicted) {

	/** Dice of each class on annotated voxels; NaN where the truth has none. */
	double[] dice(final int classes) {
		final long[][] counts = new long[classes][3]; // both, predicted, reference
		for (int z = 0; z < size[2]; z++)
			for (int i = 0; i < predicted[z].length; i++) {
				final short truth = truth(i, z);
				if (truth == TrainingVolume.UNLABELLED) continue;
				if (truth == predicted[z][i]) counts[truth][0]++;
				counts[predicted[z][i]][1]++;
				counts[truth][2]++;
			}
		final double[] dice = new double[classes];
		for (int c = 0; c < classes; c++)
			dice[c] = counts[c][2] == 0 ? Double.NaN : 2.0 * counts[c][0] / (counts[c][1] + counts[c][2]);
		return dice;
	}

	/** Whether somebody labelled this voxel of the part. */
	boolean isAnnotated(final int x, final int y, final int z) {
		return volume.label(origin[0] + x, origin[1] + y, origin[2] + z) != TrainingVolume.UNLABELLED;
	}

	private short truth(final int i, final int z) {
		return volume.label(origin[0] + i % size[0], origin[1] + i / size[0], origin[2] + z);
	}

	/**
	 * Image, labels and prediction side by side.
	 *
	 * @param example what people call it
	 * @param colors of the classes as 0xrrggbb
	 */
	Preview preview(final String example, final int step, final int[] colors) {
		final int plane = size[0] * size[1];
		final short[] truth = new short[plane * size[2]];
		final short[] found = new short[truth.length];
		final int[] labelled = new int[size[2]];
		for (int z = 0; z < size[2]; z++)
			for (int i = 0; i < plane; i++) {
				truth[z * plane + i] = truth(i, z);
				if (predicted != null) found[z * plane + i] = predicted[z][i];
				if (truth(i, z) > 0) labelled[z]++;
			}
		final PreviewPicture picture = new PreviewPicture(size, volume.firstChannel(origin, size), colors)
			.addLabels(truth).addLabels(found);
		return new Preview(example, step, List.of("Image", "Labels", predicted == null
			? "No prediction yet" : "Prediction"), size[2], best(labelled), picture::slice);
	}

	/** The slice with most labels, of equals the one nearest to the middle. */
	private static int best(final int[] labelled) {
		final int middle = labelled.length / 2;
		int best = middle;
		for (int z = 0; z < labelled.length; z++) {
			final int more = labelled[z] - labelled[best];
			if (more > 0 || more == 0 && Math.abs(z - middle) < Math.abs(best - middle)) best = z;
		}
		return best;
	}
}
