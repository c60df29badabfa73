package org.swinj.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a comparison of training with and without pretraining needs to know. Zero or empty means:
 * decided from the data.
 *
 * @param unlabelled folders with volumes, or single volumes, to pretrain on
 * @param data folder with labelled volumes, as for {@link FineTuneSettings}
 * @param output folder for the report; a comparison found there goes on where it ended
 * @param pretrained models to compare with random weights instead of pretraining one; may be empty
 * @param experiments any of {@code labels} (scratch against pretrained, for each share of the
 *          labels), {@code tasks} (each pretext task alone, pairs, all), {@code amount} (of unlabelled
 *          volumes) and {@code time} (scratch given the time of the pretraining too)
 * @param percent shares of the labelled cases to train on; experiments but {@code labels} use the first
 * @param seeds repetitions, each with other cases and random numbers
 * @param steps of each fine-tuning; 0 means 400
 * @param pretrainMinutes time of each pretraining; 0 means {@code pretrainSteps} decides, or 60 minutes
 * @param pretrainSteps steps of each pretraining
 * @param validation share of the subjects that no training sees, or case ids
 * @param group how case ids name subjects, see {@link FineTuneSettings}
 * @param featureSize width of the network
 * @param patch edge lengths of crops, as for {@link FineTuneSettings}
 * @param rate peak learning rate of the fine-tunings
 * @param layerDecay of the fine-tunings, see {@link FineTuneSettings}
 * @param ignore label value of voxels that nobody annotated; -1 for none
 * @param device auto, cpu, gpu, gpu1 … or mps
 * @param precision auto, float32 or bfloat16
 */
public record CompareSettings(List<Path> unlabelled, Path data, Path output, List<Path> pretrained,
	List<String> experiments, List<Double> percent, int seeds, int steps, double pretrainMinutes,
	int pretrainSteps, String validation, String group, int featureSize, String patch, double rate,
	double layerDecay, int ignore, String device, String precision)
{

	private static final List<String> KNOWN = List.of("labels", "tasks", "amount", "time");

	public CompareSettings {
		unlabelled = List.copyOf(unlabelled);
		pretrained = List.copyOf(pretrained);
		experiments = List.copyOf(experiments);
		percent = List.copyOf(percent);
		Check.present(data, "data", "the folder with images and labels");
		Check.present(output, "output", "the folder for the report");
		Check.that(!unlabelled.isEmpty() || !pretrained.isEmpty(),
			"Choose the folder with volumes to pretrain on (unlabelled=).");
		Check.that(!experiments.isEmpty() && KNOWN.containsAll(experiments),
			"experiments must be some of labels, tasks, amount and time, not \"" + String.join(",",
				experiments) + "\".");
		Check.that(pretrained.isEmpty() || !experiments.contains("tasks") && !experiments.contains(
			"amount"), "The experiments tasks and amount pretrain models of their own: pretrained must be " +
				"empty.");
		Check.that(!percent.isEmpty() && percent.stream().allMatch(p -> p > 0 && p <= 100),
			"percent must be numbers above 0 and up to 100, not " + percent + ".");
		Check.that(seeds >= 1 && seeds <= 100, "seeds must be between 1 and 100, not " + seeds + ".");
		Check.that(steps >= 0, "steps must not be negative, but is " + steps + ".");
		Check.that(pretrainMinutes >= 0 && pretrainSteps >= 0,
			"pretrain_minutes and pretrain_steps must not be negative.");
	}

	/** The recommended settings: how much do pretrained weights help, for each share of the labels? */
	public static CompareSettings of(final Path unlabelled, final Path data, final Path output) {
		return new CompareSettings(List.of(unlabelled), data, output, List.of(), List.of("labels"), List
			.of(10.0, 20.0, 40.0, 60.0, 80.0, 100.0), 3, 0, 0, 0, "0.3", "", 0, "", 0, 0,
			-1, "auto", "auto");
	}

	/** What must be equal for a comparison to go on. */
	String fingerprint() {
		return String.format(Locale.ROOT, "unlabelled=%s%ndata=%s%npretrained=%s%nsteps=%d%n" +
			"pretrain_minutes=%s%npretrain_steps=%d%nvalidation=%s%ngroup=%s%nfeature_size=%d%n" +
				"patch=%s%nrate=%s%nlayer_decay=%s%nignore=%d%n", unlabelled, data, pretrained, steps,
			pretrainMinutes, pretrainSteps, validation, group, featureSize, patch, rate, layerDecay, ignore);
	}
}
