package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.swinj.data.AtomicFile;
import org.swinj.result.LabelPlot;

/** A comparison as a page for people: verdict, tables, curve, and what pretraining rebuilt. */
final class CompareReport {

	private static final Map<String, String> TITLES = Map.of("labels", "How many labels are needed",
		"tasks", "What each pretext task is worth", "amount", "How many unlabelled volumes are needed",
		"time", "At equal time in all");

	private final CompareSettings settings;
	private final CompareRuns runs;
	private final int known;
	private final int hidden;

	/**
	 * @param known labelled volumes to choose from
	 * @param hidden volumes judged on
	 */
	CompareReport(final CompareSettings settings, final CompareRuns runs, final int known,
		final int hidden)
	{
		this.settings = settings;
		this.runs = runs;
		this.known = known;
		this.hidden = hidden;
	}

	/** Of the first experiment with the fewest labels that has runs. */
	String verdict() {
		for (final String experiment : settings.experiments())
			for (final int cases : cases(experiment))
				for (final String start : starts(experiment)) {
					final String verdict = start.equals(CompareRun.SCRATCH) ? "" : runs.verdict(experiment, start,
						cases);
					if (!verdict.isEmpty()) return verdict;
				}
		return "Nothing to compare yet";
	}

	void write() throws IOException {
		final Path folder = settings.output();
		final HtmlPage page = new HtmlPage("What pretraining is worth", "").add("<p><b>" + HtmlPage.text(
			verdict()) + ".</b></p>\n<p>" + String.format(Locale.ROOT,
				"Mean Dice over classes on %d volumes that no run saw; mean ± standard deviation over seeds. " +
					"%d labelled volumes to choose from; the runs of a table have the same steps, those of a " +
					"seed the same labelled volumes.", hidden, known) + "</p>\n");
		for (final String experiment : settings.experiments())
			page.add(section(experiment));
		page.add(pictures(folder)).write(folder.resolve("report.html"));
	}

	private String section(final String experiment) throws IOException {
		final List<String> starts = starts(experiment);
		if (starts.isEmpty()) return "";
		final StringBuilder html = new StringBuilder("<h2>" + TITLES.get(experiment) + "</h2>\n");
		final boolean curve = cases(experiment).size() > 1;
		if (curve) {
			plot(experiment, starts);
			html.append("<p><img src=\"").append(experiment).append(".png\" alt=\"Dice by labels\"></p>\n");
		}
		html.append("<table><tr><th>start</th>");
		for (final int cases : cases(experiment))
			html.append("<th>").append(cases).append(cases == 1 ? " volume</th>" : " volumes</th>");
		html.append("</tr>\n");
		for (final String start : starts) {
			html.append("<tr><td>").append(HtmlPage.text(start)).append("</td>");
			for (final int cases : cases(experiment))
				html.append("<td>").append(Spread.of(runs.dice(experiment, start, cases).values())).append(
					"</td>");
			html.append("</tr>\n");
		}
		html.append("</table>\n");
		for (final String start : starts)
			for (final int cases : cases(experiment)) {
				final String verdict = start.equals(CompareRun.SCRATCH) ? "" : runs.verdict(experiment, start,
					cases);
				if (!verdict.isEmpty()) html.append("<p>").append(HtmlPage.text(start + ": " + verdict)).append(
					".</p>\n");
			}
		return html.toString();
	}

	private void plot(final String experiment, final List<String> starts) throws IOException {
		final LabelPlot plot = new LabelPlot("labelled volumes", "mean Dice");
		for (final String start : starts) {
			final List<double[]> points = new ArrayList<>();
			for (final int cases : cases(experiment)) {
				final Spread spread = Spread.of(runs.dice(experiment, start, cases).values());
				if (spread.count() > 0) points.add(new double[] { cases, spread.mean(), spread.deviation() });
			}
			plot.add(start, points);
		}
		AtomicFile.write(settings.output().resolve(experiment + ".png"), out -> ImageIO.write(plot
			.picture(), "png", out));
	}

	/** What the pretrained models rebuilt, where they lie in the folder. */
	private static String pictures(final Path folder) throws IOException {
		final Path models = folder.resolve("pretrained");
		if (!Files.isDirectory(models)) return "";
		try (Stream<Path> found = Files.list(models)) {
			return found.filter(m -> Files.exists(m.resolve("preview.png"))).sorted().map(m -> "<h3>" + HtmlPage.text(
				"Rebuilt by " + m.getFileName()) + "</h3><p><img src=\"pretrained/" + HtmlPage.text(m.getFileName()
					.toString()) + "/preview.png\"></p>\n").collect(Collectors.joining());
		}
	}

	private List<Integer> cases(final String experiment) {
		return runs.all().stream().filter(r -> r.experiment().equals(experiment)).map(CompareRun::cases)
			.distinct().sorted().toList();
	}

	/** Random weights first, then in the order of the runs. */
	private List<String> starts(final String experiment) {
		final List<String> starts = new ArrayList<>(runs.all().stream().filter(r -> r.experiment().equals(
			experiment)).map(CompareRun::start).distinct().toList());
		if (starts.remove(CompareRun.SCRATCH)) starts.add(0, CompareRun.SCRATCH);
		return starts;
	}
}
