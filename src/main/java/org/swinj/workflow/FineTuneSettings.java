package org.swinj.workflow;

import java.nio.file.Path;
import java.util.Arrays;

import org.swinj.data.Plan;

/**
 * What a fine-tuning run needs to know. Zero, empty or {@code null} means: decide from the data.
 *
 * @param data folder with labelled volumes: MSD layout (dataset.json, imagesTr, labelsTr), or
 *          {@code images} and {@code labels} with files of the same name
 * @param output model folder to write, or a name that ends in .zip
 * @param pretrained model to start from (SwinJ model, or MONAI .pt, .pth, .safetensors), or null
 * @param minutes time budget; 0 means {@code steps} decides, or 30 minutes if that is 0 too
 * @param steps optimiser steps; 0 means as many as the time allows
 * @param validation share of the cases held back (0.2), 0 for none, or case ids separated by commas; of
 *          a single subject with many labels a slab is held back
 * @param cases use at most this many cases; 0 means all
 * @param group how case ids name subjects, see {@link org.swinj.data.Split#of}; cases of one subject stay
 *          on one side of the split
 * @param plan plan.json to follow, or a model whose plan to follow; what it has replaces what would
 *          be decided from the data, and is replaced by what is set here; null for none
 * @param preset name of the public data set that {@code data} has, whose published plan, split and
 *          names are used as a plan file would be; empty for none
 * @param featureSize width of the network, a multiple of 12; 0 means decided from the data
 * @param patch edge lengths of the training crops as "96" or "64,64,32"; empty for automatic
 * @param voxelSize voxel size along X, Y, Z that volumes are brought to, in their unit; null for
 *          automatic
 * @param batch crops in a step; 0 means decided from the data
 * @param rate peak learning rate; 0 means the recommended one
 * @param layerDecay how much slower than the next each stage of a pretrained encoder learns, from the
 *          top to the image, 1 for equal rates; 0 means the recommended factor
 * @param ignore label value of voxels that nobody annotated; -1 for none
 * @param replaceNan whether NaN and infinite voxels become the smallest value of their volume; without
 *          it such volumes are refused
 * @param checks how often held-back cases are looked at in training to keep the best weights; 1 means
 *          only at the end, so that they choose nothing; 0 means the recommended number
 * @param patience after how many validations in a row without a better Dice the training ends early;
 *          0 for never
 * @param resume whether to go on with the training of this output that was stopped, if there is one
 * @param checkpoint minutes between two checkpoints; 0 means 5
 * @param seed source of all randomness
 * @param device auto, cpu, gpu, gpu1 … or mps
 * @param precision auto, float32 or bfloat16
 */
public record FineTuneSettings(Path data, Path output, Path pretrained, double minutes, int steps,
	String validation, int cases, String group, Path plan, String preset,
	int featureSize, String patch, double[] voxelSize, int batch, double rate, double layerDecay,
	int ignore, boolean replaceNan, int checks, int patience, boolean resume, double checkpoint, long seed,
	String device, String precision)
{

	/** The recommended share of cases to hold back. */
	static final String VALIDATION = "0.2";

	public FineTuneSettings {
		Check.present(data, "data", "the folder with images and labels");
		Check.present(output, "output", "the model folder to write");
		Check.that(minutes >= 0 && minutes <= 100_000, "minutes must be between 0 and 100000, not "
			+ minutes + ".");
		Check.that(steps >= 0, "steps must not be negative, but is " + steps + ".");
		Check.that(cases >= 0, "cases must not be negative, but is " + cases + ".");
		Check.that(featureSize >= 0 && featureSize % 12 == 0,
			"feature_size must be a multiple of 12, not " + featureSize + ".");
		if (!patch.isEmpty()) Plan.parsePatch(patch);
		Check.that(batch >= 0 && batch <= 64, "batch must be between 0 and 64, not " + batch + ".");
		Check.that(checks >= 0, "checks must not be negative, but is " + checks + ".");
		Check.that(patience >= 0, "patience must not be negative, but is " + patience + ".");
		Check.that(layerDecay >= 0 && layerDecay <= 1, "layer_decay must be between 0 and 1, not "
			+ layerDecay + ".");
		Check.that(checkpoint >= 0, "checkpoint must not be negative, but is " + checkpoint + ".");
		Check.that(plan == null || preset.isEmpty(), "plan and preset cannot be given together: "
			+ "take the plan of a training with the preset, or the preset alone.");
		Check.that(rate >= 0 && rate < 1, "rate must be between 0 and 1, not " + rate + ".");
	}

	/** The recommended settings for this data. */
	public static FineTuneSettings of(final Path data, final Path output) {
		return new FineTuneSettings(data, output, null, 0, 0, VALIDATION, 0, "", null, "", 0, "", null,
			0, 0, 0, -1, false, 0, 0, false, 0, 1, "auto", "auto");
	}

	/** The same run, limited to this many minutes in all. */
	public FineTuneSettings withMinutes(final double budget) {
		return new FineTuneSettings(data, output, pretrained, budget, 0, validation, cases, group,
			plan, preset, featureSize, patch, voxelSize, batch, rate, layerDecay,
			ignore, replaceNan, checks, patience, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run with this many optimiser steps. */
	public FineTuneSettings withSteps(final int count) {
		return new FineTuneSettings(data, output, pretrained, 0, count, validation, cases, group,
			plan, preset, featureSize, patch, voxelSize, batch, rate, layerDecay,
			ignore, replaceNan, checks, patience, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run, started from the weights of a model. */
	public FineTuneSettings withPretrained(final Path model) {
		return new FineTuneSettings(data, output, model, minutes, steps, validation, cases, group,
			plan, preset, featureSize, patch, voxelSize, batch, rate, layerDecay,
			ignore, replaceNan, checks, patience, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run with another held-back part. */
	public FineTuneSettings withValidation(final String part) {
		return new FineTuneSettings(data, output, pretrained, minutes, steps, part, cases, group,
			plan, preset, featureSize, patch, voxelSize, batch, rate, layerDecay,
			ignore, replaceNan, checks, patience, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run on at most this many cases; of those not held back if these are named. */
	public FineTuneSettings withCases(final int count) {
		return new FineTuneSettings(data, output, pretrained, minutes, steps, validation, count, group,
			plan, preset, featureSize, patch, voxelSize, batch, rate, layerDecay,
			ignore, replaceNan, checks, patience, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run with other random numbers. */
	public FineTuneSettings withSeed(final long other) {
		return new FineTuneSettings(data, output, pretrained, minutes, steps, validation, cases, group,
			plan, preset, featureSize, patch, voxelSize, batch, rate, layerDecay,
			ignore, replaceNan, checks, patience, resume, checkpoint, other,
			device, precision);
	}

	/** The same run, going on where it was stopped. */
	public FineTuneSettings withResume(final boolean goOn) {
		return new FineTuneSettings(data, output, pretrained, minutes, steps, validation, cases, group,
			plan, preset, featureSize, patch, voxelSize, batch, rate, layerDecay, ignore, replaceNan,
			checks, patience, goOn, checkpoint, seed, device, precision);
	}

	/** The same run by the plan of another one. */
	public FineTuneSettings withPlan(final Path file) {
		return new FineTuneSettings(data, output, pretrained, minutes, steps, validation, cases, group,
			file, preset, featureSize, patch, voxelSize, batch, rate, layerDecay, ignore, replaceNan,
			checks, patience, resume, checkpoint, seed, device, precision);
	}

	/** The same run for a fold: into another folder, by a given plan, and with another start. */
	FineTuneSettings forFold(final Path model, final Path file, final String data, final int looks) {
		return new FineTuneSettings(this.data, model, pretrained, minutes, steps, validation, cases, group,
			file, data, featureSize, patch, voxelSize, batch, rate, layerDecay, ignore, replaceNan,
			looks, patience, resume, checkpoint, seed, device, precision);
	}

	/** The same run as on a public data set. */
	public FineTuneSettings withPreset(final String name) {
		return new FineTuneSettings(data, output, pretrained, minutes, steps, validation, cases, group,
			plan, name, featureSize, patch, voxelSize, batch, rate, layerDecay, ignore, replaceNan,
			checks, patience, resume, checkpoint, seed, device, precision);
	}

	/** What must be equal for a stopped run to go on, besides the plan. */
	String identity() {
		return String.join(" ", "pretrained=" + pretrained, "minutes=" + minutes, "steps="
			+ steps, "validation=" + validation, "cases=" + cases, "group=" + group, "feature_size="
				+ featureSize, "patch=" + patch, "voxel_size=" + Arrays.toString(voxelSize), "batch=" + batch,
			"rate=" + rate, "layer_decay=" + layerDecay, "ignore=" + ignore, "replace_nan=" + replaceNan,
			"checks=" + checks, "patience=" + patience, "seed=" + seed, "precision=" + precision);
	}
}
