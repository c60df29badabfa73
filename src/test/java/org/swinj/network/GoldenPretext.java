package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
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

/** One golden file of the encoder with its pretext heads. */
final class GoldenPretext {

	/** Boxes of the stand-in for cut-out: start, size; the sample's number is added to one start. */
	private static final int[][] NOISE_STARTS = { { 3, 2, 5 }, { 40, 12, 20 } };
	private static final int[][] NOISE_SIZES = { { 14, 8, 9 }, { 12, 10, 7 } };
	private static final int[] SWAP_START = { 20, 8, 10 };
	private static final int[] SWAP_SIZE = { 10, 10, 10 };

	final Path file;
	final StateDict values;
	final SwinConfig config;
	final long[] shape; // (B, C, D, H, W)
	final long seed;
	final long variantSeed;
	final PretextDecoder decoder;
	final List<String> parameterKeys = new ArrayList<>();
	private final JsonObject noise;

	private GoldenPretext(final Path file, final Map<String, String> metadata) throws IOException {
		this.file = file;
		values = Safetensors.read(file);
		final JsonObject c = JsonParser.parseString(metadata.get("config")).getAsJsonObject();
		noise = JsonParser.parseString(metadata.get("noise")).getAsJsonObject();
		seed = c.get("seed").getAsLong();
		variantSeed = c.has("seed_variants") ? c.get("seed_variants").getAsLong() : seed;
		JsonParser.parseString(metadata.get("param_keys")).getAsJsonArray().forEach(k -> parameterKeys
			.add(k.getAsString()));
		decoder = parameterKeys.contains("conv.20.weight") ? PretextDecoder.VAE : parameterKeys
			.contains("conv.weight") ? PretextDecoder.LARGE_KERNEL : PretextDecoder.DECONVOLUTION;
		final JsonArray s = c.getAsJsonArray("shape");
		final int channels = c.has("in_channels") ? c.get("in_channels").getAsInt() : channels();
		shape = new long[] { c.get("batch").getAsLong(), channels, s.get(0).getAsLong(), s.get(1)
			.getAsLong(), s.get(2).getAsLong() };
		final String version = c.get("monai").getAsString();
		final boolean legacy = Integer.parseInt(version.split("\\.")[1]) < 5;
		final JsonElement v2 = c.get("use_v2");
		config = SwinConfig.monai(channels, 1, c.get("feature_size").getAsInt()).withMerging(legacy
			? Merging.LEGACY : Merging.MONAI_1_5).withV2(v2 != null && v2.getAsBoolean());
	}

	/** All golden files that hold a pretext network. */
	static List<GoldenPretext> all() throws IOException {
		final List<GoldenPretext> found = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors")) {
			final Map<String, String> metadata = Safetensors.readMetadata(file);
			if (metadata.containsKey("param_keys") && metadata.get("param_keys").contains(
				"rotation_head.weight")) found.add(new GoldenPretext(file, metadata));
		}
		if (found.isEmpty()) throw new IOException("No golden pretext network in " + GoldenFolder.dir());
		return found;
	}

	private int channels() {
		for (final String key : List.of("aug1", "rec1"))
			if (values.contains(key)) return (int) values.get(key).shape()[1];
		return 1;
	}

	/** Which of the reconstruction heads the file has outputs of, besides {@link #decoder}. */
	List<PretextDecoder> variants() {
		return Arrays.stream(PretextDecoder.values()).filter(d -> values.names().stream().anyMatch(
			key -> key.startsWith(d.id() + "."))).toList();
	}

	/** The network with weights by the formula. */
	PretextNetwork network(final Backend backend, final PretextDecoder with, final long weightSeed) {
		final PretextNetwork network = new PretextNetwork(config, with, false, backend);
		for (final Pair<String, Parameter> p : network.getParameters()) {
			final NDArray array = p.getValue().getArray();
			array.set(FloatBuffer.wrap(GoldenFormula.parameter(p.getKey(), array.getShape().getShape(),
				weightSeed)));
		}
		return network;
	}

	/** The image turned as the labels of view 1 or 2 say, in the plane of the last two axes. */
	NDArray target(final int view, final NDManager manager) {
		final int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
		final NDArray x = manager.create(GoldenFormula.image(seed, "ssl.input", count), new Shape(
			shape));
		final NDArray[] turned = new NDArray[(int) shape[0]];
		for (int i = 0; i < turned.length; i++)
			turned[i] = x.get(i + ":" + (i + 1)).rotate90((int) turns(view)[i], new int[] { 3, 4 });
		return NDArrays.concat(new NDList(turned), 0);
	}

	long[] turns(final int view) {
		final float[] labels = values.get("rot_label" + view).toFloats();
		final long[] turns = new long[labels.length];
		for (int i = 0; i < turns.length; i++)
			turns[i] = (long) labels[i];
		return turns;
	}

	/** What the network sees of view 1 or 2: stored, or made by the recipe. */
	NDArray input(final int view, final NDManager manager) {
		if (values.contains("aug" + view)) return manager.create(values.get("aug" + view).toFloats(),
			new Shape(shape));
		final float[] x = target(view, manager).toFloatArray();
		final float[] y = x.clone();
		for (int i = 0; i < shape[0]; i++) {
			for (int j = 0; j < NOISE_STARTS.length; j++) {
				final int[] start = NOISE_STARTS[j].clone();
				start[j] += i;
				final int[] size = NOISE_SIZES[j];
				final float[] fill = GoldenFormula.image(seed, "n" + view + "." + i + "." + j, size[0]
					* size[1] * size[2]);
				int n = 0;
				for (int d = 0; d < size[0]; d++)
					for (int h = 0; h < size[1]; h++)
						for (int w = 0; w < size[2]; w++, n++)
							for (int c = 0; c < shape[1]; c++)
								y[at(i, c, start[0] + d, start[1] + h, start[2] + w)] = fill[n];
			}
			final int other = (int) shape[0] - 1 - i;
			for (int c = 0; c < shape[1]; c++)
				for (int d = SWAP_START[0]; d < SWAP_START[0] + SWAP_SIZE[0]; d++)
					for (int h = SWAP_START[1]; h < SWAP_START[1] + SWAP_SIZE[1]; h++)
						for (int w = SWAP_START[2]; w < SWAP_START[2] + SWAP_SIZE[2]; w++)
							y[at(i, c, d, h, w)] = x[at(other, c, d, h, w)];
		}
		return manager.create(y, new Shape(shape));
	}

	private int at(final int b, final int c, final int d, final int h, final int w) {
		return (int) ((((b * shape[1] + c) * shape[2] + d) * shape[3] + h) * shape[4] + w);
	}

	/** Largest allowed difference of an output. */
	double tolerance(final String quantity) {
		final JsonObject measured = noise.getAsJsonObject(quantity);
		return measured == null ? 2e-4 : Math.max(10 * measured.get("f32_vs_f64").getAsDouble(), 2e-5);
	}

	/** Measured noise of the total loss in each step of the optimiser trajectory. */
	double adamwNoise(final int step) {
		return noise.getAsJsonArray("adamw").get(step).getAsDouble();
	}

	/** The key of a quantity, of which every k-th element may be stored; {@code null} if absent. */
	String key(final String quantity) {
		for (final String key : values.names())
			if (key.equals(quantity) || key.matches(quantity + "_stride\\d+")) return key;
		return null;
	}

	@Override
	public String toString() {
		return file.getFileName().toString();
	}
}
