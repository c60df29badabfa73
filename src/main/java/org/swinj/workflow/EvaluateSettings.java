package org.swinj.workflow;

import java.nio.file.Path;

/**
 * What an evaluation needs to know.
 *
 * @param predictions predicted label volume, or a folder of them
 * @param labels reference label volume, or a folder with files of the same names; extensions may
 *          differ
 * @param output CSV file to write
 * @param tolerance distance up to which surfaces count as equal for NSD, in the unit of the labels
 * @param ignore label value of reference voxels that take no part, -1 for none; with it, surface
 *          distances are not defined
 * @param model SwinJ model that names the classes, or {@code null}
 */
public record EvaluateSettings(Path predictions, Path labels, Path output, double tolerance,
	int ignore, Path model)
{

	public EvaluateSettings {
		Check.present(predictions, "predictions", "the predicted label volumes");
		Check.present(labels, "labels", "the reference label volumes");
		Check.present(output, "output", "the CSV file to write");
		Check.that(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY,
			"tolerance must be a length of at least 0, not " + tolerance + ".");
	}

	/** The usual settings: a tolerance of 1. */
	public static EvaluateSettings of(final Path predictions, final Path labels, final Path output) {
		return new EvaluateSettings(predictions, labels, output, 1, -1, null);
	}
}
