package org.swinj.fuzz;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Jazzer runs: the parser of one of the mutation tests, named by {@code -Dfuzz.target} as
 * {@code package.Class#method}, with inputs that Jazzer makes from the same seeds and from the
 * branches they reach. The first byte of an input chooses the file; the second is 0 for its bytes as
 * they stand, or the number of the part of an archive that the rest replaces. {@code scripts/fuzz
 * guided=60} calls it.
 */
public final class CoverageFuzz {

	private static Captured target; // Jazzer knows static methods only

	private CoverageFuzz() {}

	/** Writes the seeds as inputs into the folder that is named. */
	public static void main(final String... arguments) throws Exception {
		fuzzerInitialize();
		final Path corpus = Files.createDirectories(Path.of(arguments[0]));
		final List<Seed> seeds = target.fuzz.seeds();
		for (int s = 0; s < seeds.size(); s++) {
			final List<byte[]> parts = new ArrayList<>(List.of(seeds.get(s).valid()));
			parts.addAll(parts(seeds.get(s).valid()).values());
			for (int p = 0; p < parts.size(); p++) {
				final byte[] input = new byte[2 + parts.get(p).length];
				input[0] = (byte) s;
				input[1] = (byte) p;
				System.arraycopy(parts.get(p), 0, input, 2, parts.get(p).length);
				Files.write(corpus.resolve("seed-" + s + "-" + p), input);
			}
		}
	}

	/** Prepares the test that is named, up to the point where it would run its own mutations. */
	public static void fuzzerInitialize() throws Exception {
		System.setProperty(Captured.PROPERTY, "true");
		final String[] name = System.getProperty("fuzz.target").split("#");
		final Class<?> test = Class.forName(name[0]);
		final Constructor<?> constructor = test.getDeclaredConstructor();
		constructor.setAccessible(true);
		final Object instance = constructor.newInstance();
		final Field folder = test.getDeclaredField("folder");
		folder.setAccessible(true);
		folder.set(instance, Files.createTempDirectory("swinj-fuzz"));
		final Method method = test.getDeclaredMethod(name[1]);
		method.setAccessible(true);
		try {
			method.invoke(instance);
		}
		catch (final InvocationTargetException e) {
			if (!(e.getCause() instanceof Captured captured)) throw e;
			target = captured;
		}
		for (final Seed seed : target.fuzz.seeds())
			Fuzz.write(target.folder, seed, seed.valid());
	}

	/** Reads one input, which must be read or refused as {@link Fuzz} asks for. */
	public static void fuzzerTestOneInput(final byte[] input) throws IOException,
		InterruptedException
	{
		if (input.length < 3) return;
		final List<Seed> seeds = target.fuzz.seeds();
		final Seed seed = seeds.get((input[0] & 0xff) % seeds.size());
		final byte[] file = file(seed.valid(), input[1] & 0xff, Arrays.copyOfRange(input, 2,
			input.length));
		final Path path = Fuzz.write(target.folder, seed, file);
		Measured measured = Measured.of(target.parser, path);
		// classes that are loaded for the first time are instrumented, which takes time and memory
		if (finding(measured, file) != null) measured = Measured.of(target.parser, path);
		Fuzz.write(target.folder, seed, seed.valid());
		final String finding = finding(measured, file);
		if (finding != null) throw new AssertionError(seed.file() + ": " + finding, measured.error());
	}

	private static String finding(final Measured measured, final byte[] file) {
		return target.fuzz.finding(measured, file.length);
	}

	private static byte[] file(final byte[] valid, final int part, final byte[] content)
		throws IOException
	{
		final Map<String, byte[]> parts = part == 0 ? Map.of() : parts(valid);
		if (parts.isEmpty()) return content;
		final String name = new ArrayList<>(parts.keySet()).get((part - 1) % parts.size());
		if (name.isEmpty()) return Archives.gzip(content);
		parts.put(name, content);
		return Archives.zip(parts);
	}

	/** The contents of a zip by name, or the one of a gzip without a name; empty for other files. */
	private static Map<String, byte[]> parts(final byte[] valid) throws IOException {
		if (valid.length > 3 && valid[0] == 'P' && valid[1] == 'K') return Archives.unzip(valid);
		final Map<String, byte[]> parts = new LinkedHashMap<>();
		if (valid.length > 1 && valid[0] == 0x1f && (valid[1] & 0xff) == 0x8b) parts.put("", Archives
			.gunzip(valid));
		return parts;
	}
}
