package org.swinj.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.GoldenFolder;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;
import org.swinj.model.Weight;
import org.swinj.model.WeightType;
import org.swinj.progress.Progress;

/** Compares all metrics with MONAI's, on every golden file that holds labels y and pred. */
class MetricsGoldenTest {

	private static final double TOLERANCE = 1e-6;

	@BeforeAll
	static void printFiles() throws IOException {
		System.out.println("Metrics compared with " + files());
	}

	static List<Path> files() throws IOException {
		final List<Path> found = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors")) {
			final StateDict tensors = Safetensors.read(file);
			if (tensors.contains("y") && tensors.contains("pred")) found.add(file);
		}
		assertFalse(found.isEmpty(), "No file in " + GoldenFolder.dir() +
			" holds labels y and pred.");
		return found;
	}

	@ParameterizedTest
	@MethodSource("files")
	void numbersAreThoseOfMonai(final Path file) throws IOException {
		final StateDict tensors = Safetensors.read(file);
		final List<LabelPair<FloatType, FloatType>> cases = cases(tensors);
		final List<String> unknown = new ArrayList<>();
		for (final String name : tensors.names()) {
			if (name.equals("y") || name.equals("pred")) continue;
			final double[] actual = compute(name, cases, classes(tensors));
			if (actual == null) unknown.add(name);
			else compare(name, tensors.get(name), actual);
		}
		assertTrue(unknown.isEmpty(), "Unknown quantities: " + unknown);
	}

	/** Every quantity by its name, or null if the name is unknown. */
	private static double[] compute(final String name,
		final List<LabelPair<FloatType, FloatType>> cases, final int classes)
	{
		final String[] parts = name.split("\\.(?=[a-z])");
		final int first = parts.length > 1 && parts[1].equals("bg1") ? 0 : 1;
		if (parts[0].equals("dice")) {
			final boolean ignoreEmpty = parts[2].equals("ignore_empty1");
			final Reduction reduction = Reduction.valueOf(parts[3].toUpperCase(Locale.ROOT));
			final Reduction.Result result = reduction.apply(scores(cases, first, classes, (pair,
				c) -> pair.overlap(c).dice(ignoreEmpty)));
			return parts.length > 4 ? result.notNans() : result.values();
		}
		final double[] spacing = { 1, 1, 1 };
		if (parts.length > 1 && parts[1].startsWith("spacing")) {
			final String[] numbers = parts[1].substring("spacing".length()).split("_");
			for (int axis = 0; axis < 3; axis++) // the tensors' last axis is X
				spacing[2 - axis] = Double.parseDouble(numbers[axis]);
		}
		final Score score = switch (parts[0]) {
			case "hd" -> (pair, c) -> surface(pair, c, spacing).hausdorff();
			case "hd95" -> (pair, c) -> surface(pair, c, spacing).hausdorff95();
			case "nsd" -> (pair, c) -> surface(pair, c, spacing).surfaceDice(Double.parseDouble(parts[1]
				.substring("tol".length())));
			case "btcv_test_dice" -> (pair, c) -> pair.overlap(c).btcvTestDice();
			default -> null;
		};
		return score == null ? null : Reduction.NONE.apply(scores(cases, first, classes, score))
			.values();
	}

	private static SurfaceDistances surface(final LabelPair<?, ?> pair, final int label,
		final double[] spacing)
	{
		return pair.surface(label, spacing, Progress.silent());
	}

	private static double[][] scores(final List<LabelPair<FloatType, FloatType>> cases,
		final int first, final int classes, final Score score)
	{
		final double[][] scores = new double[cases.size()][classes - first];
		for (int i = 0; i < scores.length; i++)
			for (int c = first; c < classes; c++)
				scores[i][c - first] = score.of(cases.get(i), c);
		return scores;
	}

	private static void compare(final String name, final Weight expected, final double[] actual) {
		final double[] values = new double[expected.numel()];
		if (expected.type() == WeightType.F64) expected.data().asDoubleBuffer().get(values);
		else Arrays.setAll(values, i -> expected.toFloats()[i]);
		assertEquals(values.length, actual.length, name);
		for (int i = 0; i < values.length; i++)
			assertEquals(values[i], actual[i], TOLERANCE, name + " at " + i);
	}

	private static List<LabelPair<FloatType, FloatType>> cases(final StateDict tensors) {
		final long[] shape = tensors.get("y").shape();
		final float[] y = tensors.get("y").toFloats();
		final float[] pred = tensors.get("pred").toFloats();
		final int voxels = y.length / (int) shape[0];
		final List<LabelPair<FloatType, FloatType>> cases = new ArrayList<>();
		for (int begin = 0; begin < y.length; begin += voxels)
			cases.add(new LabelPair<>(image(pred, begin, voxels, shape), image(y, begin, voxels, shape),
				Progress.silent()));
		return cases;
	}

	private static RandomAccessibleInterval<FloatType> image(final float[] values,
		final int begin, final int count, final long[] shape)
	{
		return ArrayImgs.floats(Arrays.copyOfRange(values, begin, begin + count), shape[4], shape[3],
			shape[2]);
	}

	/** Classes including the background, as the scores without reduction tell. */
	private static int classes(final StateDict tensors) {
		for (final String name : tensors.names()) {
			final long[] shape = tensors.get(name).shape();
			if (name.endsWith(".none") && shape.length == 2) return (int) shape[1] + (name.contains(
				".bg1.") ? 0 : 1);
		}
		throw new IllegalStateException("No scores per case and class.");
	}

	/** A number for a class of a case. */
	private interface Score {

		double of(LabelPair<FloatType, FloatType> pair, int label);
	}
}
