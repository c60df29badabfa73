package org.swinj.pretext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.swinj.GoldenFolder;
import org.swinj.GoldenFormula;
import org.swinj.backend.Backend;
import org.swinj.backend.Gradients;
import org.swinj.backend.TrainingOperators;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;
import org.swinj.model.Weight;
import org.swinj.progress.Progress;

/** The parts of self-supervised training against numbers measured by running the published code. */
class PretextPiecesGoldenTest {

	private static final Pattern CONTRAST = Pattern.compile("(.+)\\.t([0-9.]+)\\.loss");
	private static final Pattern TURN = Pattern.compile("rot90\\.k(\\d+)");

	private static Backend backend;
	private static TrainingOperators ops;

	@BeforeAll
	static void open() throws IOException {
		backend = Backend.open("cpu", "float32", Progress.silent());
		ops = new TrainingOperators(backend.operators());
	}

	@AfterAll
	static void close() {
		backend.close();
	}

	@Test
	void contrast() throws IOException {
		for (final Path file : filesWith("\\.grad_i"))
			for (final String key : Safetensors.read(file).names()) {
				final Matcher m = CONTRAST.matcher(key);
				if (m.matches()) contrast(Safetensors.read(file), m.group(1), m.group(2));
			}
	}

	private static void contrast(final StateDict golden, final String vectors,
		final String temperature)
	{
		final String key = vectors + ".t" + temperature + ".";
		try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
			final NDArray i = tensor(scope, golden.get(vectors + ".i"));
			final NDArray j = tensor(scope, golden.get(vectors + ".j"));
			final NDArray none = scope.zeros(new Shape(0, i.getShape().get(1)));
			final NDArray loss = check(golden, key + "loss", ops.contrast(i, j, none, Double.parseDouble(
				temperature)));
			final List<NDArray> gradients = ops.gradients(loss, List.of(i, j));
			compare(golden, key + "grad_i", gradients.get(0));
			compare(golden, key + "grad_j", gradients.get(1));
		}
	}

	@Test
	void rotation() throws IOException {
		for (final Path file : filesWith("rot\\.ce")) {
			final StateDict golden = Safetensors.read(file);
			final float[] labels = golden.get("rot.labels").toFloats();
			final long[] classes = new long[labels.length];
			for (int i = 0; i < classes.length; i++)
				classes[i] = (long) labels[i];
			try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
				final NDArray logits = tensor(scope, golden.get("rot.logits"));
				final NDArray loss = check(golden, "rot.ce", ops.classification(logits, scope.create(
					classes)));
				compare(golden, "rot.grad", ops.gradients(loss, List.of(logits)).get(0));
			}
		}
	}

	@Test
	void absoluteDifference() throws IOException {
		for (final Path file : filesWith("l1\\.loss")) {
			final StateDict golden = Safetensors.read(file);
			try (NDManager scope = backend.newScope(); Gradients on = backend.gradients(true)) {
				final NDArray x = tensor(scope, golden.get("l1.pred"));
				final NDArray target = tensor(scope, golden.get("l1.target"));
				final NDArray loss = check(golden, "l1.loss", ops.l1(x, target));
				compare(golden, "l1.grad", ops.gradients(loss, List.of(x)).get(0));
				final Shape one = new Shape(x.getShape().get(0), 1, x.getShape().get(2), x.getShape().get(3),
					x.getShape().get(4));
				final NDArray weighted = check(golden, "l1.loss", ops.l1(x, target, scope.ones(one), 0));
				compare(golden, "l1.grad", ops.gradients(weighted, List.of(x)).get(0));
			}
		}
	}

	/** Turns are in the plane of Y and Z of an image (C, X, Y, Z). */
	@Test
	void quarterTurns() throws IOException {
		for (final Path file : filesWith("rot90\\.k\\d")) {
			final StateDict golden = Safetensors.read(file);
			final Weight input = golden.get("rot90.input_CHWD");
			final int[] size = Arrays.stream(input.shape()).skip(1).mapToInt(n -> (int) n).toArray();
			for (final String key : golden.names()) {
				final Matcher m = TURN.matcher(key);
				if (!m.matches()) continue;
				final float[] turned = TurnPlane.YZ.turn(xFastest(input.toFloats(), size), size, Integer
					.parseInt(m.group(1)));
				assertArrayEquals(golden.get(key).toFloats(), zFastest(turned, size), key);
			}
		}
	}

	@Test
	void cutOut() throws IOException {
		for (final Path file : filesWith("aug\\.boxes")) {
			final StateDict golden = Safetensors.read(file);
			final JsonObject config = JsonParser.parseString(Safetensors.readMetadata(file).get(
				"config")).getAsJsonObject();
			final long[] shape = golden.get("aug.output").shape();
			final int[] size = { (int) shape[2], (int) shape[3], (int) shape[4] };
			final float[][] images = new float[(int) shape[0]][];
			final int values = (int) (shape[1] * shape[2] * shape[3] * shape[4]);
			final float[] input = GoldenFormula.image(config.get("aug_seed").getAsLong(), config.get(
				"aug_key").getAsString(), values * images.length);
			for (int i = 0; i < images.length; i++)
				images[i] = xFastest(Arrays.copyOfRange(input, i * values, (i + 1) * values), size);
			final RecordedDraws draws = new RecordedDraws(golden, images.length);
			new CutOut(size, 0.3).apply(images, draws);
			draws.assertUsedUp();
			final float[] expected = golden.get("aug.output").toFloats();
			for (int i = 0; i < images.length; i++)
				assertArrayEquals(Arrays.copyOfRange(expected, i * values, (i + 1) * values), zFastest(
					images[i], size), 1e-6f, "image " + i);
		}
	}

	// ---- files and comparisons

	/** The golden files with a tensor of this name; printed. */
	private static List<Path> filesWith(final String pattern) throws IOException {
		final Pattern name = Pattern.compile(pattern);
		final List<Path> found = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors"))
			if (Safetensors.read(file).names().stream().anyMatch(key -> name.matcher(key).find())) found
				.add(file);
		System.out.println("pretext pieces " + pattern + ": " + found);
		assertFalse(found.isEmpty(), "No golden file with " + pattern);
		return found;
	}

	/** A tensor that records gradients. */
	private static NDArray tensor(final NDManager scope, final Weight weight) {
		final NDArray tensor = scope.create(weight.toFloats(), new Shape(weight.shape()));
		tensor.setRequiresGradient(true);
		return tensor;
	}

	/** Compares a loss of tensors that record gradients. */
	private static NDArray check(final StateDict golden, final String key, final NDArray loss) {
		assertEquals(golden.get(key).toFloats()[0], loss.getFloat(), 2e-6, key);
		return loss;
	}

	private static void compare(final StateDict golden, final String key, final NDArray actual) {
		assertArrayEquals(golden.get(key).toFloats(), actual.toFloatArray(), 2e-6f, key);
	}

	/** (C, X, Y, Z) row-major → x fastest. */
	private static float[] xFastest(final float[] rowMajor, final int[] size) {
		final float[] out = new float[rowMajor.length];
		for (int i = 0; i < out.length; i++)
			out[place(i, size)] = rowMajor[i];
		return out;
	}

	private static float[] zFastest(final float[] image, final int[] size) {
		final float[] out = new float[image.length];
		for (int i = 0; i < out.length; i++)
			out[i] = image[place(i, size)];
		return out;
	}

	private static int place(final int rowMajor, final int[] size) {
		final int z = rowMajor % size[2];
		final int y = rowMajor / size[2] % size[1];
		final int x = rowMajor / (size[2] * size[1]) % size[0];
		final int c = rowMajor / (size[2] * size[1] * size[0]);
		return ((c * size[2] + z) * size[1] + y) * size[0] + x;
	}

	/** Plays back the random numbers of a golden cut-out run. */
	private static final class RecordedDraws implements CutOutDraws {

		private final Deque<Double> shares = new ArrayDeque<>();
		private final Deque<Integer> integers = new ArrayDeque<>();
		private final float[] normals;
		private int used;

		RecordedDraws(final StateDict golden, final int batch) {
			normals = golden.get("aug.noise").toFloats();
			final float[] boxes = golden.get("aug.boxes").toFloats();
			// rows of sample, source, share, boxes, voxels
			final double[] passes = doubles(golden.get("aug.passes"));
			int box = 0;
			for (int p = 0; p < passes.length; p += 5) {
				final int sample = (int) passes[p];
				final int source = (int) passes[p + 1];
				if (source >= 0) integers.add(source);
				shares.add(passes[p + 2]);
				for (int i = 0; i < passes[p + 3]; i++, box += 8)
					for (int k = 2; k < 8; k++)
						integers.add((int) boxes[box + k]);
				final boolean alone = p + 5 == passes.length || passes[p + 5] != sample;
				if (source < 0 && alone) integers.add(sample); // it drew itself: no second pass
			}
		}

		private static double[] doubles(final Weight weight) {
			final double[] values = new double[weight.numel()];
			weight.data().asDoubleBuffer().get(values);
			return values;
		}

		@Override
		public double share(final double limit) {
			final double share = shares.remove();
			assertTrue(share >= 0 && share <= limit, "share " + share + " of at most " + limit);
			return share;
		}

		@Override
		public int integer(final int from, final int to) {
			final int value = integers.remove();
			assertTrue(value >= from && value < to, value + " is not in [" + from + ", " + to + ")");
			return value;
		}

		@Override
		public float normal() {
			return normals[used++];
		}

		void assertUsedUp() {
			assertTrue(shares.isEmpty(), shares.size() + " shares were not asked for");
			assertTrue(integers.isEmpty(), integers.size() + " integers were not asked for");
			assertEquals(normals.length, used, "normal numbers");
		}
	}
}
