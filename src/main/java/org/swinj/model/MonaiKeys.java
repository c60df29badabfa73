package org.swinj.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.swinj.network.RelativePosition;
import org.swinj.network.SwinConfig;

/** The state-dict entries of MONAI's {@code SwinUNETR} for a configuration, in MONAI's order. */
public final class MonaiKeys {

	/** Keys of the layer that makes logits of features. */
	public static final List<String> OUTPUT_LAYER = List.of("out.conv.conv.weight", "out.conv.conv.bias");

	/** Prefix of the encoder's entries. */
	static final String ENCODER = "swinViT.";

	private static final String INDEX = "attn.relative_position_index";

	private final Map<String, long[]> entries = new LinkedHashMap<>();
	private final SwinConfig config;

	private MonaiKeys(final SwinConfig config) {
		this.config = config;
		addEncoder();
		addDecoder();
	}

	/** Names and shapes of all parameters; 151 for MONAI's defaults, 159 for version 2. */
	public static Map<String, long[]> parameters(final SwinConfig config) {
		final Map<String, long[]> parameters = entries(config);
		parameters.keySet().removeIf(MonaiKeys::isBuffer);
		return parameters;
	}

	/** The int64 buffers of shape (w³, w³), one for each block, by name. */
	public static StateDict buffers(final SwinConfig config) {
		final long tokens = tokens(config);
		final Weight index = Weight.of(RelativePosition.index(config.window()), tokens, tokens);
		final StateDict buffers = new StateDict();
		for (final String name : entries(config).keySet())
			if (isBuffer(name)) buffers.put(name, index);
		return buffers;
	}

	/** Weights and buffers as MONAI's {@code state_dict()} orders them; absent weights stay absent. */
	public static StateDict stateDict(final SwinConfig config, final StateDict weights) {
		final StateDict buffers = buffers(config);
		final StateDict all = new StateDict();
		for (final String name : entries(config).keySet())
			if (buffers.contains(name)) all.put(name, buffers.get(name));
			else if (weights.contains(name)) all.put(name, weights.get(name));
		return all;
	}

	/** Parameters and buffers in the order of {@code state_dict()}. */
	static Map<String, long[]> entries(final SwinConfig config) {
		return new MonaiKeys(config).entries;
	}

	static boolean isBuffer(final String name) {
		return name.endsWith(INDEX);
	}

	private static long tokens(final SwinConfig config) {
		return (long) config.window() * config.window() * config.window();
	}

	private void addEncoder() {
		final long f = config.featureSize();
		add("swinViT.patch_embed.proj.weight", f, config.inChannels(), 2, 2, 2);
		add("swinViT.patch_embed.proj.bias", f);
		for (int stage = 0; stage < 4; stage++) {
			final String layer = ENCODER + "layers" + (stage + 1) + ".0.";
			for (int block = 0; block < config.depths().get(stage); block++)
				addBlock(layer + "blocks." + block + ".", f << stage, config.heads().get(stage));
			add(layer + "downsample.reduction.weight", f << stage + 1, f << stage + 3);
			addNorm(layer + "downsample.norm", f << stage + 3);
		}
		if (!config.v2()) return;
		for (int stage = 0; stage < 4; stage++)
			addResidual(ENCODER + "layers" + (stage + 1) + "c.0.layer.", f << stage, f << stage);
	}

	private void addBlock(final String block, final long dim, final int heads) {
		addNorm(block + "norm1", dim);
		add(block + "attn.relative_position_bias_table", RelativePosition.tableLength(config.window()),
			heads);
		add(block + INDEX, tokens(config), tokens(config));
		addLinear(block + "attn.qkv", dim, 3 * dim);
		addLinear(block + "attn.proj", dim, dim);
		addNorm(block + "norm2", dim);
		addLinear(block + "mlp.linear1", dim, 4 * dim);
		addLinear(block + "mlp.linear2", 4 * dim, dim);
	}

	private void addDecoder() {
		final long f = config.featureSize();
		addResidual("encoder1.layer.", config.inChannels(), f);
		addResidual("encoder2.layer.", f, f);
		addResidual("encoder3.layer.", 2 * f, 2 * f);
		addResidual("encoder4.layer.", 4 * f, 4 * f);
		addResidual("encoder10.layer.", 16 * f, 16 * f);
		for (int level = 5; level >= 1; level--) {
			final long out = level == 1 ? f : f << level - 2;
			final long in = level == 1 ? f : 2 * out;
			add("decoder" + level + ".transp_conv.conv.weight", in, out, 2, 2, 2);
			addResidual("decoder" + level + ".conv_block.", 2 * out, out);
		}
		add(OUTPUT_LAYER.get(0), config.outChannels(), f, 1, 1, 1);
		add(OUTPUT_LAYER.get(1), config.outChannels());
	}

	private void addResidual(final String block, final long in, final long out) {
		add(block + "conv1.conv.weight", out, in, 3, 3, 3);
		add(block + "conv2.conv.weight", out, out, 3, 3, 3);
		if (in != out) add(block + "conv3.conv.weight", out, in, 1, 1, 1);
	}

	private void addLinear(final String name, final long in, final long out) {
		add(name + ".weight", out, in);
		add(name + ".bias", out);
	}

	private void addNorm(final String name, final long dim) {
		add(name + ".weight", dim);
		add(name + ".bias", dim);
	}

	private void add(final String name, final long... shape) {
		entries.put(name, shape);
	}
}
