package org.swinj.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.swinj.data.Geometry;
import org.swinj.model.ModelCard;
import org.swinj.model.SegmentationClass;
import org.swinj.model.Training;

/**
 * What people write about a model: its card, and a paragraph for the Methods part of a paper. Both say
 * only what {@code model.json} knows.
 */
public record ModelReport(ModelCard card) {

	private static final String CITE = "Swin UNETR: A. Hatamizadeh et al., Swin UNETR: Swin Transformers "
		+ "for semantic segmentation of brain tumors in MRI images, BrainLes 2021. Pretraining: Y. Tang et "
		+ "al., Self-supervised pre-training of Swin Transformers for 3D medical image analysis, CVPR 2022.";

	/** What papers should cite, in one line for the log. */
	public static String citation() {
		return "Please cite " + CITE + " A text for Methods: Plugins > SwinJ > Models...";
	}

	/** The card in Markdown. */
	public String markdown() {
		final List<String> lines = new ArrayList<>(List.of("# " + card.name(), "", card.encoderOnly()
			? "A pretrained Swin UNETR without classes: a start for fine-tuning."
			: "A Swin UNETR that labels volumes.", ""));
		row(lines, "classes", card.classes().stream().map(c -> c.value() + " " + c.name()).collect(
			Collectors.joining(", ")));
		row(lines, "channels", String.join(", ", card.channels()));
		row(lines, "voxels", Geometry.text(card.voxelSize(), card.unit()));
		row(lines, "patches", patch() + " voxels");
		row(lines, "intensities", card.intensity().describe());
		row(lines, "features", String.valueOf(card.architecture().featureSize()));
		final Training training = card.training();
		if (training != null) {
			row(lines, "trained", training.steps() + " steps, " + training.date());
			row(lines, "Dice", Double.isNaN(training.bestDice()) ? "nothing was held back" : dice(training)
				+ " on " + training.judges());
			row(lines, "held back", String.join(", ", training.heldBack()));
			row(lines, "device", training.device());
			row(lines, "software", training.versions());
			row(lines, "files", String.join(", ", training.inputs()));
			lines.addAll(List.of("", "## Settings", ""));
			training.settings().forEach(setting -> lines.add("- `" + setting + "`"));
		}
		lines.addAll(List.of("", "## Methods", "", methods(), "", "## Please cite", "", CITE));
		return String.join("\n", lines) + "\n";
	}

	private static void row(final List<String> lines, final String name, final String text) {
		if (!text.isBlank()) lines.add("- " + name + ": " + text);
	}

	/** A paragraph for a paper. */
	public String methods() {
		final Training training = card.training();
		final StringBuilder text = new StringBuilder();
		if (!card.encoderOnly()) text.append("Volumes were segmented into ").append(classes()).append(
			" with ");
		else text.append("A network was pretrained without labels with ");
		text.append(training == null ? "SwinJ" : training.versions().replaceFirst(",.*", "")).append(
			" in Fiji. The network was a Swin UNETR ").append(card.architecture().v2() ? "(version 2) " : "")
			.append("with ").append(card.architecture().featureSize()).append(" features on patches of ")
			.append(patch()).append(" voxels");
		if (!card.unit().equals("pixel")) text.append(" of ").append(Geometry.text(card.voxelSize(), card
			.unit()));
		text.append("; intensities: ").append(card.intensity().describe()).append('.');
		if (training != null) text.append(trained(training));
		return text.toString();
	}

	private String trained(final Training training) {
		final StringBuilder text = new StringBuilder(" It was trained for ").append(training.steps())
			.append(" steps of AdamW");
		final String pretrained = setting(training, "pretrained");
		if (!pretrained.isEmpty()) text.append(", starting from the weights of ").append(pretrained);
		if (!card.encoderOnly()) text.append(", with the sum of Dice loss and cross-entropy");
		text.append(" (seed ").append(training.seed()).append(", ").append(training.device()).append(")");
		if (!Double.isNaN(training.bestDice())) text.append("; the mean Dice was ").append(dice(
			training)).append(" on ").append(training.judges());
		return text.append('.').toString();
	}

	private static String setting(final Training training, final String name) {
		return training.settings().stream().filter(line -> line.startsWith(name + "=")).map(line -> line
			.substring(name.length() + 1)).findFirst().orElse("");
	}

	private static String dice(final Training training) {
		return String.format(Locale.ROOT, "%.3f", training.bestDice());
	}

	private String classes() {
		final List<String> names = card.classes().stream().filter(c -> c.value() > 0).map(
			SegmentationClass::name).toList();
		return names.size() < 2 ? String.join("", names) : String.join(", ", names.subList(0, names
			.size() - 1)) + " and " + names.get(names.size() - 1);
	}

	private String patch() {
		return card.patchSize()[0] + " × " + card.patchSize()[1] + " × " + card.patchSize()[2];
	}
}
