package org.swinj.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Gives damaged files to a parser. Each must be read or be refused by the parser's own exception,
 * in {@value #MOST_SECONDS} seconds of computing and with memory for no more than
 * {@value #MOST_COPIES} times what the file and its contents need. Findings are kept in
 * target/fuzz; {@code -Dfuzz.inputs} sets the number of inputs of each parser, {@code -Dfuzz.seed}
 * which they are, {@code -Dfuzz.only} repeats a single one.
 *
 * @param parser name for the report
 * @param refusal the only exception allowed
 * @param allowance bytes that a parser may take however small the file is
 * @param seeds valid files
 */
public record Fuzz(String parser, Class<? extends IOException> refusal, long allowance,
	List<Seed> seeds)
{

	static final double MOST_SECONDS = 2;
	static final int MOST_COPIES = 4;

	private static final int INPUTS = Integer.getInteger("fuzz.inputs", 500);
	private static final long SEED = Long.getLong("fuzz.seed", 1);
	private static final int ONLY = Integer.getInteger("fuzz.only", -1);
	private static final Path FINDINGS = Path.of("target", "fuzz");

	/** Reads a file with all that is in it. */
	public interface Parser {

		/** @return bytes that came out */
		long read(Path file) throws IOException;
	}

	/**
	 * Reads damaged files.
	 *
	 * @param folder where they are written, one over the other
	 */
	public void run(final Path folder, final Parser reader) throws IOException,
		InterruptedException
	{
		if (Boolean.getBoolean(Captured.PROPERTY)) throw new Captured(this, folder, reader);
		for (final Seed seed : seeds)
			assertTrue(reader.read(write(folder, seed, seed.valid())) > 0, seed.file() + " is not valid");
		final Map<String, Integer> findings = new LinkedHashMap<>();
		final long start = System.nanoTime();
		int refused = 0;
		double slowest = 0;
		long largest = 0;
		for (int number = ONLY < 0 ? 0 : ONLY; number < (ONLY < 0 ? INPUTS : ONLY + 1); number++) {
			final Mutations mutations = new Mutations(new SplittableRandom(SEED << 32 | number));
			final Seed seed = seeds.get(mutations.below(seeds.size()));
			final byte[] input = seed.damage().of(seed.valid(), mutations);
			final Measured measured = Measured.of(reader, write(folder, seed, input));
			if (measured.error() != null) refused++;
			slowest = Math.max(slowest, measured.seconds());
			largest = Math.max(largest, measured.allocated() - MOST_COPIES * (input.length + measured
				.bytes()));
			final String finding = finding(measured, input.length);
			if (finding != null && findings.merge(finding, 1, Integer::sum) == 1) keep(seed, input, number,
				finding, measured.error());
			write(folder, seed, seed.valid());
		}
		final String report = String.format(Locale.ROOT,
			"%-12s %7d inputs, %7d refused, %6.1f s, slowest %.2f s, " +
				"most %.1f MiB beyond %d copies, %d findings", parser, INPUTS, refused, (System
					.nanoTime() - start) / 1e9, slowest, largest / 0x1p20, MOST_COPIES, findings.size());
		System.out.println(report);
		Files.createDirectories(FINDINGS);
		Files.writeString(FINDINGS.resolve(parser + ".txt"), report + "\n");
		assertTrue(findings.isEmpty(), () -> findings.size() + " findings with fuzz.seed=" + SEED +
			", see " + FINDINGS.toAbsolutePath() + ": " + findings);
	}

	static Path write(final Path folder, final Seed seed, final byte[] bytes)
		throws IOException
	{
		final Path file = folder.resolve(seed.file());
		Files.createDirectories(file.getParent());
		return Files.write(file, bytes);
	}

	/** What is wrong, without what differs from file to file; {@code null} if all is well. */
	String finding(final Measured measured, final long length) {
		final Throwable error = measured.error();
		final String place = error == null ? "" : " by " + place(error);
		if (error != null && error.getClass() != refusal) return error.getClass().getName() + place;
		if (error != null && !error.getMessage().endsWith(".")) return "no sentence" + place;
		if (measured.seconds() > MOST_SECONDS) return "more than " + MOST_SECONDS + " s" + place;
		final long most = MOST_COPIES * (length + measured.bytes()) + allowance;
		return measured.allocated() > most ? "more than " + (allowance >> 20) + " MiB beyond " +
			MOST_COPIES + " copies" + place : null;
	}

	private static StackTraceElement place(final Throwable error) {
		return Arrays.stream(error.getStackTrace()).filter(frame -> frame.getClassName().startsWith(
			"org.swinj")).findFirst().orElse(null);
	}

	/** Writes the file, and beside it what happened. */
	private void keep(final Seed seed, final byte[] input, final int number, final String finding,
		final Throwable error) throws IOException
	{
		final Path folder = Files.createDirectories(FINDINGS.resolve(parser));
		final String name = SEED + "-" + number + "-" + seed.file().replace('/', '-');
		Files.write(folder.resolve(name), input);
		final StringWriter text = new StringWriter();
		text.write("-Dfuzz.seed=" + SEED + " -Dfuzz.only=" + number + ": " + finding + "\n");
		if (error != null) error.printStackTrace(new PrintWriter(text));
		Files.writeString(folder.resolve(name + ".txt"), text.toString());
	}
}
