package org.swinj.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.swinj.data.AtomicFile;
import org.swinj.data.FormatException;

/** The runs of a comparison so far, kept in a CSV file. */
final class CompareRuns {

	private final Path file;
	private final List<CompareRun> runs = new ArrayList<>();

	/** @throws IOException if there is such a file, but not of a comparison */
	CompareRuns(final Path file) throws IOException {
		this.file = file;
		if (!Files.exists(file)) return;
		final List<String> lines = Files.readAllLines(file);
		try {
			if (!lines.get(0).equals(CompareRun.HEADER)) throw new NumberFormatException();
			lines.stream().skip(1).map(CompareRun::of).forEach(runs::add);
		}
		catch (final IndexOutOfBoundsException | NumberFormatException e) {
			throw new FormatException("\"" + file + "\" is not the table of a comparison.", e);
		}
	}

	void add(final CompareRun run) throws IOException {
		runs.add(run);
		AtomicFile.write(file, out -> {
			out.write((CompareRun.HEADER + "\n").getBytes(StandardCharsets.UTF_8));
			for (final CompareRun r : runs)
				out.write((r.row() + "\n").getBytes(StandardCharsets.UTF_8));
		});
	}

	boolean has(final String experiment, final String start, final int cases, final long seed) {
		return runs.stream().anyMatch(r -> r.is(experiment, start, cases) && r.seed() == seed);
	}

	List<CompareRun> all() {
		return List.copyOf(runs);
	}

	/** Dice by seed. */
	Map<Long, Double> dice(final String experiment, final String start, final int cases) {
		final Map<Long, Double> dice = new TreeMap<>();
		runs.stream().filter(r -> r.is(experiment, start, cases)).forEach(r -> dice.put(r.seed(), r
			.dice()));
		return dice;
	}

	/** In a sentence whether weights from this start did better than random ones; empty without both. */
	String verdict(final String experiment, final String start, final int cases) {
		final Map<Long, Double> with = dice(experiment, start, cases);
		final Map<Long, Double> without = dice(experiment, CompareRun.SCRATCH, cases);
		with.keySet().retainAll(without.keySet());
		without.keySet().retainAll(with.keySet());
		if (with.isEmpty()) return "";
		final double[] gains = with.keySet().stream().mapToDouble(seed -> with.get(seed) - without.get(
			seed)).toArray();
		final Spread gain = Spread.of(gains);
		final String sentence = gains.length == 1 ? "With one seed nothing can be said for sure" : gain
			.mean() > 2 * gain.standardError() ? "Pretraining helped" : -gain.mean() > 2 * gain
				.standardError() ? "Pretraining harmed" : "Pretraining made no difference beyond chance";
		return String.format(Locale.ROOT,
			"%s: Dice %.3f → %.3f with %d labelled %s (%d %s, %+.3f ± %.3f)", sentence, Spread.of(without
				.values()).mean(), Spread.of(with.values()).mean(), cases, cases == 1 ? "volume" : "volumes",
			gains.length, gains.length == 1 ? "seed" : "seeds", gain.mean(), gain.deviation());
	}
}
