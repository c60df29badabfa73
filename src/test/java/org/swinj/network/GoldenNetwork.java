package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.swinj.GoldenFolder;
import org.swinj.GoldenFormula;
import org.swinj.backend.Backend;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;

/** One golden file of a whole network: how it was built, what went in, what came out. */
final class GoldenNetwork {

	final Path file;
	final StateDict values;
	final SwinConfig config;
	final long[] inputShape; // (B, C, D, H, W)
	final long seed;
	final List<String> parameterKeys;
	private final JsonObject noise;

	private GoldenNetwork(final Path file, final Map<String, String> metadata) throws IOException {
		this.file = file;
		values = Safetensors.read(file);
		final JsonObject c = JsonParser.parseString(metadata.get("config")).getAsJsonObject();
		noise = JsonParser.parseString(metadata.get("noise")).getAsJsonObject();
		seed = Long.parseLong(c.get("seed").getAsString());
		config = config(c);
		final JsonArray s = c.getAsJsonArray("shape");
		inputShape = new long[] { c.get("batch").getAsLong(), config.inChannels(), s.get(0).getAsLong(),
			s.get(1).getAsLong(), s.get(2).getAsLong() };
		parameterKeys = new ArrayList<>();
		JsonParser.parseString(metadata.get("param_keys")).getAsJsonArray().forEach(k -> parameterKeys
			.add(k.getAsString()));
	}

	/** All golden files that hold a whole network. */
	static List<GoldenNetwork> all() throws IOException {
		final List<GoldenNetwork> found = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors")) {
			final Map<String, String> metadata = Safetensors.readMetadata(file);
			if (metadata.containsKey("param_keys") && metadata.get("config").contains("out_channels"))
				found.add(new GoldenNetwork(file, metadata));
		}
		if (found.isEmpty()) throw new IOException("No golden network file in " + GoldenFolder.dir());
		return found;
	}

	private static SwinConfig config(final JsonObject c) {
		final JsonObject kw = c.getAsJsonObject("kw");
		final SwinConfig base = SwinConfig.monai(c.get("in_channels").getAsInt(), c.get("out_channels")
			.getAsInt(), c.get("feature_size").getAsInt());
		final String version = c.get("monai").getAsString();
		final boolean legacy = Integer.parseInt(version.split("\\.")[1]) < 5;
		final boolean v2Merging = kw.has("downsample") && kw.get("downsample").getAsString().equals(
			"mergingv2");
		return new SwinConfig(base.inChannels(), base.outChannels(), base.featureSize(), ints(kw.get(
			"depths"), base.depths()), ints(kw.get("num_heads"), base.heads()), kw.has("window_size") ? kw
				.get("window_size").getAsInt() : base.window(), kw.has("use_v2") && kw.get("use_v2")
					.getAsBoolean(), !kw.has("normalize") || kw.get("normalize").getAsBoolean(), v2Merging
						? Merging.V2 : legacy ? Merging.LEGACY : Merging.MONAI_1_5);
	}

	private static List<Integer> ints(final JsonElement list, final List<Integer> otherwise) {
		if (list == null) return otherwise;
		final List<Integer> ints = new ArrayList<>();
		list.getAsJsonArray().forEach(i -> ints.add(i.getAsInt()));
		return ints;
	}

	/** The network with the file's weights. */
	SwinUnetr network(final Backend backend) {
		final SwinUnetr network = new SwinUnetr(config, backend, 0);
		for (final Pair<String, Parameter> p : network.getParameters()) {
			final NDArray array = p.getValue().getArray();
			array.set(FloatBuffer.wrap(GoldenFormula.parameter(p.getKey(), array.getShape().getShape(),
				seed)));
		}
		return network;
	}

	NDArray input(final NDManager manager) {
		final int count = (int) Arrays.stream(inputShape).reduce(1, (a, b) -> a * b);
		return manager.create(GoldenFormula.image(seed, "input", count), new Shape(inputShape));
	}

	/** Class indices (B, D, H, W), int64. */
	NDArray labels(final NDManager manager) {
		final int count = (int) (Arrays.stream(inputShape).reduce(1, (a, b) -> a * b) / inputShape[1]);
		final int[] labels = GoldenFormula.label(seed, "label", count, config.outChannels());
		return manager.create(Arrays.stream(labels).asLongStream().toArray(), new Shape(inputShape[0],
			inputShape[2], inputShape[3], inputShape[4]));
	}

	/** Largest allowed difference of logits or a hidden state. */
	double tolerance(final String quantity) {
		final double f32 = noise.getAsJsonObject(quantity).get("f32_vs_f64").getAsDouble();
		return Math.max(10 * f32, 2e-5);
	}

	/** Measured noise of each loss of the optimiser trajectory. */
	double adamwNoise(final int step) {
		return noise.getAsJsonArray("adamw").get(step).getAsDouble();
	}

	/** The stored values of a quantity, which may be every k-th element only. */
	float[] expected(final String quantity) {
		for (final String key : values.names())
			if (key.equals(quantity) || key.matches(quantity + "_stride\\d+")) return values.get(key)
				.toFloats();
		return null;
	}

	int stride(final String quantity) {
		for (final String key : values.names())
			if (key.matches(quantity + "_stride\\d+")) return Integer.parseInt(key.substring(key.indexOf(
				"_stride") + 7));
		return 1;
	}

	@Override
	public String toString() {
		return file.getFileName().toString();
	}
}
