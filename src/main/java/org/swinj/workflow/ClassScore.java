package org.swinj.workflow;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import org.swinj.metrics.LabelPair;
import org.swinj.metrics.Overlap;
import org.swinj.metrics.SurfaceDistances;
import org.swinj.progress.Progress;

/**
 * How well one class of one case was predicted. NaN stands for what is not defined because the class
 * is absent.
 *
 * @param name the case
 * @param label the class
 * @param dice Dice coefficient
 * @param jaccard Jaccard index
 * @param hd95 95th percentile of the Hausdorff distance
 * @param nsd normalised surface Dice
 * @param assd average symmetric surface distance
 * @param volumeSimilarity 2(|P| − |R|) / (|P| + |R|)
 * @param falseNegativeError share of the reference that was missed
 * @param falsePositiveError share of the prediction that is wrong
 * @param predictedVoxels voxels of the class in the prediction
 * @param referenceVoxels voxels of the class in the reference
 * @param unit unit of the distances
 */
public record ClassScore(String name, int label, double dice, double jaccard, double hd95,
	double nsd, double assd, double volumeSimilarity, double falseNegativeError,
	double falsePositiveError, double predictedVoxels, double referenceVoxels, String unit)
{

	/**
	 * Compares one class.
	 *
	 * @param spacing voxel size along X, Y, Z in {@code unit}
	 * @param tolerance for NSD, in {@code unit}
	 */
	static ClassScore of(final String name, final int label, final LabelPair<?, ?> pair,
		final double[] spacing, final String unit, final double tolerance, final Progress progress)
	{
		final Overlap overlap = pair.overlap(label);
		final SurfaceDistances surface = pair.surface(label, spacing, progress);
		return new ClassScore(name, label, overlap.dice(), overlap.jaccard(), surface.hausdorff95(),
			surface.surfaceDice(tolerance), surface.averageSymmetric(), overlap.volumeSimilarity(), overlap
				.falseNegativeError(), overlap.falsePositiveError(), overlap.predicted(), overlap.reference(),
			unit);
	}

	/** Of a class that occurs neither in the prediction nor in the reference of a case. */
	static ClassScore absent(final String name, final int label, final String unit) {
		final double na = Double.NaN;
		return new ClassScore(name, label, na, na, na, na, na, na, na, na, 0, 0, unit);
	}

	/** The same score with undefined distances, for references that are annotated in part. */
	ClassScore withoutDistances() {
		final double na = Double.NaN;
		return new ClassScore(name, label, dice, jaccard, na, na, na, volumeSimilarity,
			falseNegativeError, falsePositiveError, predictedVoxels, referenceVoxels, unit);
	}

	/** The mean of every number over the scores in which it is defined. */
	static ClassScore mean(final String name, final int label, final List<ClassScore> scores) {
		final String unit = scores.stream().map(ClassScore::unit).distinct().collect(Collectors.joining(
			" and "));
		return new ClassScore(name, label, mean(scores, ClassScore::dice), mean(scores,
			ClassScore::jaccard), mean(scores, ClassScore::hd95), mean(scores, ClassScore::nsd), mean(
				scores, ClassScore::assd), mean(scores, ClassScore::volumeSimilarity), mean(scores,
					ClassScore::falseNegativeError), mean(scores, ClassScore::falsePositiveError), mean(scores,
						ClassScore::predictedVoxels), mean(scores, ClassScore::referenceVoxels), unit);
	}

	private static double mean(final List<ClassScore> scores,
		final ToDoubleFunction<ClassScore> number)
	{
		return scores.stream().mapToDouble(number).filter(value -> !Double.isNaN(value)).average()
			.orElse(Double.NaN);
	}
}
