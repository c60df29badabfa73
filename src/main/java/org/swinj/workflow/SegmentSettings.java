package org.swinj.workflow;

import java.nio.file.Path;

import org.swinj.result.ObjectMethod;

/**
 * What a segmentation needs to know. Input and output are needed for files only.
 *
 * @param input a volume, or a folder of volumes
 * @param model SwinJ model folder or zip
 * @param output file for a file, folder for a folder
 * @param overlap share of a window that overlaps its neighbour, 0 to below 1
 * @param mirror whether windows are also predicted mirrored and averaged, which takes up to eight times as
 *          long
 * @param rois also write a ROI zip beside each result
 * @param table also write a measurements CSV beside each result
 * @param overlay also write an overlay PNG beside each result
 * @param probabilities also write a class probability stack beside each result
 * @param objects how the voxels of a class are told apart as numbered objects, which are also
 *          written, with a table
 * @param resume leave out volumes of a folder whose result is there already
 * @param replaceNan whether NaN and infinite voxels become the smallest value of their volume; without
 *          it such files are refused
 * @param device auto, cpu, gpu, gpu1 … or mps
 * @param precision auto, float32 or bfloat16
 */
public record SegmentSettings(Path input, Path model, Path output, double overlap, boolean mirror,
	boolean rois, boolean table, boolean overlay, boolean probabilities, ObjectMethod objects,
	boolean resume, boolean replaceNan, String device, String precision)
{

	public SegmentSettings {
		Check.present(model, "model", "the SwinJ model");
		Check.that(overlap >= 0 && overlap < 1, "overlap must be at least 0 and below 1, not " + overlap
			+ ".");
	}

	/** Whether objects are asked for. */
	public boolean hasObjects() {
		return objects != ObjectMethod.NONE;
	}

	/** The recommended settings: overlap 0.5, ROIs and table written. */
	public static SegmentSettings of(final Path input, final Path model, final Path output) {
		return new SegmentSettings(input, model, output, 0.5, false, true, true, false, false,
			ObjectMethod.NONE, false, false, "auto", "auto");
	}
}
