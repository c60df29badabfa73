package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.real.FloatType;

import org.swinj.data.LabelMap;
import org.swinj.data.Volume;
import org.swinj.progress.Progress;
import org.swinj.result.LabelClasses;
import org.swinj.result.LabelImage;
import org.swinj.result.OverlayPicture;

/** The scores of a cross-validation as a table, and as a page for people: the worst cases first. */
final class FoldScores {

	private final Path folder;
	private final Progress progress;
	private final List<ClassScore> scores = new ArrayList<>();

	/** @param folder for table, page and {@code pictures} */
	FoldScores(final Path folder, final Progress progress) {
		this.folder = folder;
		this.progress = progress;
	}

	void add(final List<ClassScore> fold) {
		scores.addAll(fold);
	}

	/** Keeps a picture of what was found in a case and of what should have been. */
	void picture(final Volume image, final Volume labels, final Volume truth, final int ignore,
		final LabelClasses classes) throws IOException
	{
		final Path pictures = folder.resolve("pictures");
		Files.createDirectories(pictures);
		final Volume known = truth.withImage(Converters.convert(truth.image(), (in, out) -> out.set(in
			.get() == ignore ? 0 : in.get()), new FloatType()));
		try {
			OverlayPicture.write(pictures.resolve(truth.name() + ".png"), image, LabelImage.of(labels),
				classes);
			OverlayPicture.write(pictures.resolve(truth.name() + "-truth.png"), image, LabelImage.of(known),
				classes);
		}
		catch (final IllegalArgumentException e) {
			progress.warn("There is no picture of case " + truth.name() + ": " + e.getMessage());
		}
	}

	/** Cases judged. */
	int cases() {
		return byCase().size();
	}

	/** Mean over classes of the mean over cases. */
	double meanDice() {
		return ClassScore.mean("mean", 0, means()).dice();
	}

	/** Writes {@code scores.csv} and {@code report.html}. */
	void write(final LabelMap labels, final int folds) throws IOException {
		ScoreTable.write(folder.resolve("scores.csv"), scores, means(), label -> name(label, labels));
		final HtmlPage page = new HtmlPage("Cross-validation", "img{width:48%}").add("<p><b>" + verdict(
			folds) + "</b></p>\n<p>Every case was judged by a model that saw nothing of it; the weights are " +
				"those of the last step.</p>\n").add(table(means(), labels)).add(
					"<h2>Cases, worst first</h2>\n");
		byCase().entrySet().stream().sorted(Comparator.comparingDouble(e -> dice(e.getValue()))).forEach(
			e -> page.add(section(e.getKey(), e.getValue(), labels)));
		page.write(folder.resolve("report.html"));
		progress.info(verdict(folds));
	}

	private String verdict(final int folds) {
		final Spread spread = Spread.of(byCase().values().stream().map(FoldScores::dice).filter(d -> !d
			.isNaN()).toList());
		return String.format(Locale.ROOT, "Mean Dice %.3f over classes, %s over %d cases of %d folds",
			meanDice(), spread, cases(), folds);
	}

	private String section(final String name, final List<ClassScore> rows, final LabelMap labels) {
		final String file = "pictures/" + HtmlPage.text(name);
		return "<h3>" + HtmlPage.text(name) + String.format(Locale.ROOT, ": %.3f", dice(rows)) + "</h3>\n" + table(
			rows, labels) + (Files.exists(folder.resolve("pictures").resolve(name + ".png")) ? "<p><img src=\""
				+ file + ".png\" alt=\"found\"> <img src=\"" + file + "-truth.png\" alt=\"true\"></p>\n" : "");
	}

	private static String table(final List<ClassScore> rows, final LabelMap labels) {
		final String unit = rows.isEmpty() ? "" : " (" + HtmlPage.text(rows.get(0).unit()) + ")";
		return "<table><tr><th>class</th><th>Dice</th><th>HD95" + unit + "</th><th>NSD</th></tr>\n" + rows
			.stream().map(row -> "<tr><td>" + HtmlPage.text(name(row.label(), labels)) + "</td><td>" + number(row
				.dice()) + "</td><td>" + number(row.hd95()) + "</td><td>" + number(row.nsd()) + "</td></tr>\n").collect(
					Collectors.joining()) + "</table>\n";
	}

	private static String name(final int label, final LabelMap labels) {
		final int index = labels.indexOf(label);
		return index < 0 ? String.valueOf(label) : labels.names().get(index);
	}

	private List<ClassScore> means() {
		return new TreeSet<>(scores.stream().map(ClassScore::label).toList()).stream().map(
			label -> ClassScore.mean("mean", label, scores.stream().filter(s -> s.label() == label)
				.toList())).toList();
	}

	private Map<String, List<ClassScore>> byCase() {
		return scores.stream().collect(Collectors.groupingBy(ClassScore::name, LinkedHashMap::new,
			Collectors.toList()));
	}

	private static double dice(final List<ClassScore> rows) {
		return ClassScore.mean("", 0, rows).dice();
	}

	private static String number(final double value) {
		return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
	}
}
