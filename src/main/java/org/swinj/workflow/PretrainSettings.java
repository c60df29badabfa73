package org.swinj.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.swinj.data.Fingerprint;
import org.swinj.data.Intensity;
import org.swinj.data.Plan;
import org.swinj.network.PretextDecoder;
import org.swinj.pretext.PretextSettings;

/**
 * What a self-supervised pretraining needs to know. Zero, empty or a negative weight means: as the
 * mode has it, or decided from the data.
 *
 * @param data folders with volumes, or single volumes; labels are neither needed nor read
 * @param output model folder to write, or a name that ends in .zip
 * @param minutes time budget; 0 means {@code steps} decides
 * @param steps optimiser steps; 0 means as the mode has it
 * @param mode "default", or "paper" for the published code's networks, tasks and numbers
 * @param inpainting weight of rebuilding hidden parts, 0 for off
 * @param contrast weight of recognising another view of a crop, 0 for off
 * @param rotation weight of guessing quarter turns, 0 for off
 * @param position weight of telling where in its volume every voxel lies, for volumes that all show one
 *          thing, 0 for off
 * @param decoder unetr (the whole network is pretrained), or head, vae, deconv or
 *          large_kernel_deconv (only the encoder is)
 * @param mask share of a crop that is hidden
 * @param featureSize width of the network, a multiple of 12
 * @param patch edge lengths of the crops as "96" or "64,64,32"
 * @param batch crops in a step, two views each
 * @param rate peak learning rate
 * @param intensity zscore, or a window such as "-1000,1000"
 * @param resume whether to go on with the pretraining of this output that was stopped, if there is one
 * @param checkpoint minutes between two checkpoints; 0 means 5
 * @param seed source of all randomness
 * @param device auto, cpu, gpu, gpu1 … or mps
 * @param precision auto, float32 or bfloat16
 */
public record PretrainSettings(List<Path> data, Path output, double minutes, int steps,
	String mode, double inpainting, double contrast, double rotation, double position, String decoder, double mask,
	int featureSize, String patch, int batch, double rate, String intensity, boolean resume,
	double checkpoint, long seed, String device, String precision)
{

	/** Stands for "as the mode has it" where 0 has a meaning of its own. */
	public static final double AUTO = -1;

	private static final Intensity CT_WINDOW = Intensity.window(-1000, 1000);
	private static final int[] PAPER_PATCH = { 96, 96, 96 };

	public PretrainSettings {
		data = List.copyOf(data);
		Check.that(!data.isEmpty(), "Choose the folder with volumes (data=).");
		Check.present(output, "output", "the model folder to write");
		Check.that(minutes >= 0 && minutes <= 100_000, "minutes must be between 0 and 100000, not "
			+ minutes + ".");
		Check.that(steps >= 0, "steps must not be negative, but is " + steps + ".");
		Check.that(mode.equalsIgnoreCase("default") || mode.equalsIgnoreCase("paper"),
			"mode must be default or paper, not \"" + mode + "\".");
		Check.that(mask >= 0 && mask < 1, "mask must be between 0 and 1, not " + mask + ".");
		Check.that(featureSize >= 0 && featureSize % 12 == 0,
			"feature_size must be a multiple of 12, not " + featureSize + ".");
		Check.that(batch >= 0 && batch <= 64, "batch must be between 0 and 64, not " + batch + ".");
		Check.that(checkpoint >= 0, "checkpoint must not be negative, but is " + checkpoint + ".");
		Check.that(rate >= 0 && rate < 1, "rate must be between 0 and 1, not " + rate + ".");
	}

	/** The recommended settings for this data. */
	public static PretrainSettings of(final Path data, final Path output) {
		return new PretrainSettings(List.of(data), output, 0, 0, "default", AUTO, AUTO, AUTO, AUTO, "", 0, 0,
			"", 0, 0, "", false, 0, 1, "auto", "auto");
	}

	/** Whether the published code is to be followed. */
	public boolean isPaper() {
		return mode.toLowerCase(Locale.ROOT).equals("paper");
	}

	/**
	 * The tasks of the mode with what was set here.
	 *
	 * @throws IllegalArgumentException if the decoder is unknown or all tasks are off
	 */
	PretextSettings tasks() {
		PretextSettings tasks = isPaper() ? PretextSettings.paper() : PretextSettings.recommended();
		tasks = tasks.withPosition(weight(position, tasks.position())).withTasks(weight(inpainting, tasks
			.inpainting()), weight(contrast, tasks.contrast()), weight(rotation, tasks.rotation()));
		if (!decoder.isEmpty()) tasks = tasks.withDecoder(PretextDecoder.of(decoder));
		if (mask > 0) tasks = tasks.withMask(mask, tasks.cell(), tasks.fill());
		return batch > 0 ? tasks.withCrops(batch) : tasks;
	}

	private static double weight(final double wish, final double otherwise) {
		return wish < 0 ? otherwise : wish;
	}

	/** How intensities are normalised. */
	Intensity scaling() {
		if (!intensity.isEmpty()) return Intensity.parse(intensity);
		return isPaper() ? CT_WINDOW : Plan.INTENSITY;
	}

	/**
	 * The plan for volumes like these with what was set here.
	 *
	 * @param slow whether the device has time for a few hundred or thousand steps only
	 */
	Plan plan(final Fingerprint volumes, final boolean slow) {
		Plan plan = slow ? Plan.of(volumes) : Plan.large(volumes);
		if (isPaper()) plan = plan.withPatch(PAPER_PATCH).withFeatureSize(48);
		if (!patch.isEmpty()) plan = plan.withPatch(Plan.parsePatch(patch));
		return featureSize > 0 ? plan.withFeatureSize(featureSize) : plan;
	}

	/** The same run, limited to this many minutes in all. */
	public PretrainSettings withMinutes(final double budget) {
		return new PretrainSettings(data, output, budget, 0, mode, inpainting, contrast, rotation,
			position, decoder, mask, featureSize, patch, batch, rate, intensity, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run with this many optimiser steps. */
	public PretrainSettings withSteps(final int count) {
		return new PretrainSettings(data, output, 0, count, mode, inpainting, contrast, rotation,
			position, decoder, mask, featureSize, patch, batch, rate, intensity, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run in another mode. */
	public PretrainSettings withMode(final String other) {
		return new PretrainSettings(data, output, minutes, steps, other, inpainting, contrast, rotation,
			position, decoder, mask, featureSize, patch, batch, rate, intensity, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run with other weights of the three tasks. */
	public PretrainSettings withTasks(final double inpaint, final double similar,
		final double turned)
	{
		return new PretrainSettings(data, output, minutes, steps, mode, inpaint, similar, turned,
			position, decoder, mask, featureSize, patch, batch, rate, intensity, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run with another number of crops in a step. */
	public PretrainSettings withBatch(final int crops) {
		return new PretrainSettings(data, output, minutes, steps, mode, inpainting, contrast, rotation,
			position, decoder, mask, featureSize, patch, crops, rate, intensity, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run with another network. */
	public PretrainSettings withNetwork(final int width, final String rebuiltBy,
		final String crop)
	{
		return new PretrainSettings(data, output, minutes, steps, mode, inpainting, contrast, rotation,
			position, rebuiltBy, mask, width, crop, batch, rate, intensity, resume, checkpoint, seed,
			device, precision);
	}

	/** The same run, going on where it was stopped. */
	public PretrainSettings withResume(final boolean goOn) {
		return new PretrainSettings(data, output, minutes, steps, mode, inpainting, contrast, rotation,
			position, decoder, mask, featureSize, patch, batch, rate, intensity, goOn, checkpoint, seed, device,
			precision);
	}

	/**
	 * What must be equal for a stopped run to go on.
	 *
	 * @param source what people call the data, which may be in temporary files
	 */
	String identity(final String source) {
		return String.join(" ", "data=" + source, "minutes=" + minutes, "steps=" + steps, "mode=" + mode,
			"inpainting=" + inpainting, "contrastive=" + contrast, "rotation=" + rotation, "position=" + position, "decoder="
				+ decoder, "mask=" + mask, "feature_size=" + featureSize, "patch=" + patch, "batch=" + batch,
			"rate=" + rate, "intensity=" + intensity, "seed=" + seed, "precision=" + precision);
	}
}
