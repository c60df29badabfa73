package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.swinj.data.Case;
import org.swinj.data.Dataset;
import org.swinj.data.FormatException;
import org.swinj.data.Split;
import org.swinj.data.UnlabelledFiles;
import org.swinj.progress.Progress;
import org.swinj.progress.TrainingWatcher;

/**
 * Measures on the user's own volumes what pretraining is worth (the experiments of Tang et al. 2022,
 * section 4): all runs of an experiment have the same steps, the same cases for a seed, and are judged
 * on the same cases that none of them saw.
 *
 * <pre>
 * new Compare(CompareSettings.of(unlabelled, data, output), progress).run();
 * </pre>
 */
public final class Compare {

	private static final int STEPS = 400;
	private static final long SPLIT_SEED = 1;
	private static final String ALL = "pretrained";
	private static final double OFF = 0, ON = PretrainSettings.AUTO;
	private static final double CONTRAST = 0.1; // off unless asked for
	private static final int[] AMOUNTS = { 10, 30, 100 }; // percent of the unlabelled volumes

	private final CompareSettings settings;
	private final Progress progress;
	private final long start = System.nanoTime();
	private CompareRuns runs;
	private Map<String, Path> starts; // models that runs start from
	private List<Case> known; // labelled cases to train on
	private String hidden; // ids of those to judge by
	private String device = "";

	public Compare(final CompareSettings settings, final Progress progress) {
		this.settings = settings;
		this.progress = progress;
	}

	/**
	 * Runs what is not in the table yet and writes the report after every run.
	 *
	 * @throws FormatException if the data cannot be used, or the output holds another comparison
	 * @throws org.swinj.progress.CancelledException when the user asked to stop; finished runs are kept
	 */
	public CompareResult run() throws IOException {
		prepare();
		starts = starts();
		for (long seed = 1; seed <= settings.seeds(); seed++)
			for (final String experiment : settings.experiments()) {
				final List<String> names = starts(experiment, starts.keySet());
				if (experiment.equals("time")) Collections.reverse(names); // the time of others must be known
				final int shares = experiment.equals("labels") ? settings.percent().size() : 1;
				for (int share = 0; share < shares; share++)
					for (final String name : names)
						measure(experiment, name, starts.get(name), cases(share), seed);
			}
		final String verdict = report();
		final String main = settings.experiments().get(0);
		final String name = starts(main, starts.keySet()).get(1);
		final double gain = Spread.of(runs.dice(main, name, cases(0)).values()).mean() - Spread.of(runs
			.dice(main, CompareRun.SCRATCH, cases(0)).values()).mean();
		progress.info(verdict);
		return new CompareResult(settings.output(), runs.all().size(), verdict, gain, (System.nanoTime()
			- start) * 1e-9, device);
	}

	private void prepare() throws IOException {
		final Dataset dataset = Dataset.open(settings.data(), settings.ignore(), progress);
		final Split split = Split.of(dataset.cases(), settings.validation(), settings.group(), 0,
			SPLIT_SEED);
		if (split.validation().isEmpty()) throw new FormatException("A comparison needs labelled " +
			"volumes that no training sees: validation must hold back at least one of " + dataset.cases()
				.size() + ".");
		known = split.training();
		hidden = split.validation().stream().map(Case::id).collect(Collectors.joining(","));
		Files.createDirectories(settings.output());
		final Path same = settings.output().resolve("settings.txt");
		if (Files.exists(same) && !Files.readString(same).equals(settings.fingerprint()))
			throw new FormatException("Output \"" + settings.output()
				+ "\" holds a comparison with other settings (see settings.txt): choose another folder.");
		Files.writeString(same, settings.fingerprint());
		runs = new CompareRuns(settings.output().resolve("runs.csv"));
		progress.info(known.size() + " cases to train on, " + split.validation().size()
			+ " that no run sees");
	}

	private int cases(final int share) {
		return (int) Math.max(1, Math.round(settings.percent().get(share) / 100 * known.size()));
	}

	/** Models that runs start from, pretrained now where they are not there yet. */
	private Map<String, Path> starts() throws IOException {
		final Map<String, Path> models = new LinkedHashMap<>();
		for (final Path model : settings.pretrained())
			models.put(settings.pretrained().size() == 1 ? ALL : name(model, settings.pretrained()),
				model);
		if (models.isEmpty()) models.put(ALL, pretrained(ALL, ON, ON, ON, 100));
		if (settings.experiments().contains("tasks")) {
			models.put("inpainting", pretrained("inpainting", ON, OFF, OFF, 100));
			models.put("contrastive", pretrained("contrastive", OFF, CONTRAST, OFF, 100));
			models.put("rotation", pretrained("rotation", OFF, OFF, ON, 100));
			models.put("inpainting+contrastive", pretrained("inpainting+contrastive", ON, CONTRAST, OFF,
				100));
			models.put("inpainting+rotation", models.get(ALL)); // what is recommended
			models.put("contrastive+rotation", pretrained("contrastive+rotation", OFF, CONTRAST, ON, 100));
			models.put("inpainting+contrastive+rotation", pretrained("inpainting+contrastive+rotation", ON,
				CONTRAST, ON, 100));
		}
		if (settings.experiments().contains("amount")) for (final int amount : AMOUNTS)
			if (amount < 100) models.put(amount + " %", pretrained("amount-" + amount, ON, ON, ON, amount));
		return models;
	}

	/** The file name of a model, with its folder where two have the same, as it fits into the table. */
	static String name(final Path model, final List<Path> models) {
		final Path file = model.toAbsolutePath().normalize();
		final String last = file.getFileName().toString();
		final boolean alone = models.stream().filter(m -> m.toAbsolutePath().normalize().endsWith(last))
			.count() == 1 && !last.equals(CompareRun.SCRATCH);
		return (alone ? last : file.getParent().getFileName() + "/" + last).replace(',', ' ');
	}

	private Path pretrained(final String name, final double inpainting, final double contrast,
		final double rotation, final int amount) throws IOException
	{
		final Path model = settings.output().resolve("pretrained").resolve(name);
		if (Files.exists(model)) return model;
		// a stopped pretraining leaves a model too, which must not pass for a finished one
		final Path unfinished = settings.output().resolve("unfinished").resolve(name);
		Files.createDirectories(model.getParent());
		Files.createDirectories(unfinished.getParent());
		final List<Path> files = UnlabelledFiles.find(settings.unlabelled());
		final List<Path> some = new ArrayList<>(); // evenly spread
		final int count = Math.max(1, Math.round(files.size() * amount / 100f));
		for (int i = 0; i < count; i++)
			some.add(files.get((int) ((long) i * files.size() / count)));
		progress.info("Pretraining \"" + name + "\" on " + count + " of " + files.size() + " volumes");
		final String source = count + " of the volumes in " + settings.unlabelled();
		device = new Pretrain(new PretrainSettings(some, unfinished, settings.pretrainMinutes(), settings
			.pretrainSteps(), "default", inpainting, contrast, rotation, ON, "", 0, settings.featureSize(),
			settings.patch(), 0, 0, "", true, 0, 1, settings.device(), settings.precision()), source,
			TrainingWatcher.none(), progress).run().device();
		return Files.move(unfinished, model);
	}

	/** What the runs of an experiment start from, random weights first. */
	private List<String> starts(final String experiment, final Iterable<String> models) {
		final List<String> names = new ArrayList<>(List.of(CompareRun.SCRATCH));
		for (final String model : models) {
			final boolean amount = model.endsWith(" %");
			final boolean task = !model.equals(ALL) && !amount && settings.pretrained().isEmpty();
			if (experiment.equals("tasks") ? task : experiment.equals("amount") ? !task : !task && !amount)
				names.add(model);
		}
		return names;
	}

	private void measure(final String experiment, final String name, final Path model,
		final int cases, final long seed) throws IOException
	{
		if (runs.has(experiment, name, cases, seed)) return;
		progress.info("Experiment " + experiment + ": " + name + ", " + cases + " labelled, seed "
			+ seed);
		final FineTuneSettings base = new FineTuneSettings(settings.data(), settings.output().resolve(
			"last-run"), model, 0, settings.steps() > 0 ? settings.steps() : STEPS, hidden, cases, settings
				.group(), null, "", settings.featureSize(), settings.patch(), null, 0, settings.rate(),
				settings.layerDecay(), settings.ignore(), false, 1, 0, false, 0, seed, settings.device(), settings
					.precision());
		final boolean longer = experiment.equals("time") && model == null;
		final FineTuneResult result = new FineTune(longer ? base.withMinutes(minutesOfOthers()) : base,
			progress).run();
		device = result.device();
		runs.add(new CompareRun(experiment, name, cases, seed, result.bestDice(), result.steps(), result
			.seconds()));
		report();
	}

	/** Minutes of a pretraining and a fine-tuning together. */
	private double minutesOfOthers() throws IOException {
		final double fineTuning = runs.all().stream().filter(r -> r.experiment().equals("time") && !r
			.start().equals(CompareRun.SCRATCH)).mapToDouble(CompareRun::seconds).average().orElse(0);
		double pretraining = settings.pretrainMinutes() * 60;
		for (final Path model : starts.values())
			if (settings.pretrainMinutes() == 0) pretraining = Math.max(pretraining, PretrainCurve.seconds(
				model));
		if (pretraining == 0) throw new FormatException("The experiment time needs pretrain_minutes: " +
			"the models do not tell what their pretraining took.");
		return (pretraining + fineTuning) / 60;
	}

	private String report() throws IOException {
		final CompareReport report = new CompareReport(settings, runs, known.size(), hidden.split(
			",").length);
		report.write();
		return report.verdict();
	}
}
