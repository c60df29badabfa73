package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.GoldenFolder;
import org.swinj.GoldenFormula;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;
import org.swinj.model.Weight;
import org.swinj.progress.Progress;

/**
 * Compares grid, weights and blended logits with MONAI's sliding window, on every golden file that
 * has cases with a window ({@code roi}), an {@code overlap} and a {@code mode} in its metadata.
 */
class SlidingGoldenTest {

	private static final float TOLERANCE = 5e-6f;

	@BeforeAll
	static void printFiles() throws IOException {
		System.out.println("Sliding window compared with " + files());
	}

	static List<Path> files() throws IOException {
		final List<Path> found = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors"))
			if (!cases(file).isEmpty()) found.add(file);
		assertFalse(found.isEmpty(), "No file in " + GoldenFolder.dir() +
			" holds sliding-window cases.");
		return found;
	}

	@ParameterizedTest
	@MethodSource("files")
	void gridsAreThoseOfMonai(final Path file) throws IOException {
		final StateDict tensors = Safetensors.read(file);
		for (final Map.Entry<String, JsonObject> entry : cases(file).entrySet()) {
			final JsonObject config = entry.getValue();
			final long[] size = Arrays.copyOfRange(longs(config.get("shape")), 2, 5);
			final int[] roi = ints(config.get("roi"));
			final WindowGrid grid = new WindowGrid(roi, size, config.get("overlap").getAsDouble());
			assertEquals(config.get("windows").getAsLong(), grid.count(), entry.getKey());
			final float[] starts = new float[(int) grid.count() * 3];
			for (int i = 0; i < starts.length; i++)
				starts[i] = grid.position(i / 3)[i % 3] + padding(roi, size, i % 3);
			assertArrayEquals(tensors.get(entry.getKey() + ".starts").toFloats(), starts, entry
				.getKey());
			final float[] interval = tensors.get(entry.getKey() + ".interval").toFloats();
			for (int axis = 0; axis < 3; axis++)
				assertEquals(interval[axis], grid.interval(axis), entry.getKey());
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void startTablesAreThoseOfMonai(final Path file) throws IOException {
		for (final Map.Entry<String, JsonElement> tables : config(file).entrySet()) {
			if (!tables.getKey().startsWith("start_tables_roi")) continue;
			final int edge = Integer.parseInt(tables.getKey().substring("start_tables_roi".length()));
			final int[] roi = { edge, edge, edge };
			for (final Map.Entry<String, JsonElement> entry : tables.getValue().getAsJsonObject()
				.entrySet())
			{
				final String[] parts = entry.getKey().split("@");
				final long[] size = Arrays.stream(parts[0].replaceAll("[() ]", "").split(",")).mapToLong(
					Long::parseLong).toArray();
				final WindowGrid grid = new WindowGrid(roi, size, Double.parseDouble(parts[1]));
				final JsonObject table = entry.getValue().getAsJsonObject();
				assertEquals(table.get("windows").getAsLong(), grid.count(), entry.getKey());
				for (int axis = 0; axis < 3; axis++) {
					final long[] starts = longs(table.get("starts").getAsJsonArray().get(axis));
					final long padding = padding(roi, size, axis);
					assertArrayEquals(starts, Arrays.stream(grid.starts(axis)).map(s -> s + padding)
						.toArray(), entry.getKey());
					assertEquals(longs(table.get("interval"))[axis], grid.interval(axis), entry.getKey());
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void weightsAreThoseOfMonai(final Path file) throws IOException {
		final StateDict tensors = Safetensors.read(file);
		for (final String name : tensors.names()) {
			if (!name.matches("imp\\.\\d+x\\d+x\\d+\\..*")) continue;
			final int[] roi = Arrays.stream(name.split("\\.")[1].split("x")).mapToInt(Integer::parseInt)
				.toArray();
			final float[] weights = WindowWeights.GAUSSIAN.of(roi);
			final Weight expected = tensors.get(name);
			if (name.endsWith(".minmaxsum")) checkSums(name, expected.data(), weights);
			else {
				final float[] line = new float[expected.numel()];
				for (int i = 0; i < line.length; i++)
					line[i] = weights[voxel(name, i, roi)];
				assertArrayEquals(expected.toFloats(), line, 1e-6f, name);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void blendedLogitsAreThoseOfMonai(final Path file) throws IOException {
		final StateDict tensors = Safetensors.read(file);
		final long seed = Long.parseLong(Safetensors.readMetadata(file).get("seed"));
		for (final Map.Entry<String, JsonObject> entry : cases(file).entrySet()) {
			final float[] logits = predict(entry.getKey(), entry.getValue(), seed);
			int compared = 0;
			for (final String name : tensors.names()) {
				if (!name.matches(entry.getKey() + "\\.out(_stride\\d+)?")) continue;
				final int stride = name.endsWith(".out") ? 1 : Integer.parseInt(name.replaceFirst(
					".*_stride", ""));
				final float[] expected = tensors.get(name).toFloats();
				assertEquals(expected.length, (logits.length + stride - 1) / stride, name);
				for (int i = 0; i < expected.length; i++)
					assertEquals(expected[i], logits[i * stride], TOLERANCE, name + " at " + i);
				compared++;
			}
			assertEquals(1, compared, entry.getKey() + " has no single output.");
		}
	}

	/** Runs all volumes of a case; returns batch × 2 classes × volume. */
	private static float[] predict(final String name, final JsonObject config, final long seed)
		throws IOException
	{
		final long[] shape = longs(config.get("shape"));
		assertEquals(1, shape[1], name + " must have one channel.");
		final long[] size = Arrays.copyOfRange(shape, 2, 5);
		final int voxels = (int) (size[0] * size[1] * size[2]);
		final float[] images = GoldenFormula.image(seed, "sw." + name, (int) shape[0] * voxels);
		final float[] logits = new float[2 * images.length];
		final int[] roi = ints(config.get("roi"));
		final WindowSettings settings = new WindowSettings(roi, config.get("overlap").getAsDouble(),
			WindowWeights.valueOf(config.get("mode").getAsString().toUpperCase(Locale.ROOT)), config.get(
				"sw_batch").getAsInt(), Float.NaN);
		for (int b = 0; b < shape[0]; b++) {
			final float[] image = Arrays.copyOfRange(images, b * voxels, (b + 1) * voxels);
			final CollectingSink sink = new CollectingSink(2, size);
			new SlidingWindow(settings, Progress.silent()).run(Volumes.source(image, 1, size),
				windows -> goldenPredictor(windows, roi), 2, sink);
			System.arraycopy(sink.logits, 0, logits, b * 2 * voxels, 2 * voxels);
		}
		return logits;
	}

	private static float[][] goldenPredictor(final float[][] windows, final int[] roi) {
		final float[][] logits = new float[windows.length][];
		for (int w = 0; w < windows.length; w++) {
			final float[] x = windows[w];
			logits[w] = new float[2 * x.length];
			for (int v = 0; v < x.length; v++) {
				final int i = v / (roi[1] * roi[2]);
				final int j = v / roi[2] % roi[1];
				final int k = v % roi[2];
				logits[w][v] = x[v] * ((7 * i + 5 * j + 3 * k) % 11 / 8f);
				logits[w][x.length + v] = 0.25f * x[v] + (i + 2 * j + 3 * k) % 17 / 16f;
			}
		}
		return logits;
	}

	private static void checkSums(final String name, final ByteBuffer expected,
		final float[] weights)
	{
		double smallest = Double.MAX_VALUE;
		double largest = 0;
		double sum = 0;
		for (final float weight : weights) {
			smallest = Math.min(smallest, weight);
			largest = Math.max(largest, weight);
			sum += weight;
		}
		assertEquals(expected.getDouble(), smallest, 1e-9, name);
		assertEquals(expected.getDouble(), largest, 1e-6, name);
		final double expectedSum = expected.getDouble();
		assertEquals(expectedSum, sum, 1e-6 * expectedSum, name);
	}

	/** Voxel i of a line through the centre along an axis, or of the diagonal. */
	private static int voxel(final String name, final int i, final int[] roi) {
		final int[] at = { roi[0] / 2, roi[1] / 2, roi[2] / 2 };
		if (name.endsWith(".diag")) Arrays.fill(at, i);
		else at[Integer.parseInt(name.replaceFirst(".*line", ""))] = i;
		return (at[0] * roi[1] + at[1]) * roi[2] + at[2];
	}

	private static long padding(final int[] roi, final long[] size, final int axis) {
		return Math.max(0, roi[axis] - size[axis]) / 2;
	}

	private static Map<String, JsonObject> cases(final Path file) throws IOException {
		final Map<String, JsonObject> cases = new LinkedHashMap<>();
		for (final Map.Entry<String, JsonElement> entry : config(file).entrySet()) {
			if (!(entry.getValue() instanceof JsonObject config)) continue;
			if (config.has("roi") && config.has("overlap") && config.has("mode")) cases.put(entry
				.getKey(), config);
		}
		return cases;
	}

	private static JsonObject config(final Path file) throws IOException {
		final String config = Safetensors.readMetadata(file).get("config");
		return config == null || !config.startsWith("{") ? new JsonObject() : JsonParser.parseString(
			config).getAsJsonObject();
	}

	private static long[] longs(final JsonElement array) {
		final JsonArray values = array.getAsJsonArray();
		return values.asList().stream().mapToLong(JsonElement::getAsLong).toArray();
	}

	private static int[] ints(final JsonElement array) {
		return Arrays.stream(longs(array)).mapToInt(Math::toIntExact).toArray();
	}
}
