package org.swinj.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.swinj.network.Merging;
import org.swinj.network.RelativePosition;
import org.swinj.network.SwinConfig;

/** Deduces a network's configuration from the names and shapes of its weights. */
final class ArchitectureGuess {

	private static final int MAX_WINDOW = 12;
	private static final String EMBEDDING = "swinViT.patch_embed.proj.weight";
	private static final Pattern BLOCK = Pattern.compile(
		"swinViT\\.layers([1-4])\\.0\\.blocks\\.(\\d+)\\..+");

	private final StateDict weights;
	private final String file;

	/**
	 * @param weights under MONAI's names
	 * @param file name for messages
	 */
	ArchitectureGuess(final StateDict weights, final String file) {
		this.weights = weights;
		this.file = file;
	}

	/**
	 * Stages that are not in the file are taken to be as in MONAI's defaults; hidden states are taken
	 * to be normalised, which leaves no trace in the weights.
	 */
	SwinConfig config(final Merging merging) throws ModelFormatException {
		final long[] embedding = shape(EMBEDDING, 5);
		final List<Integer> depths = new ArrayList<>();
		final List<Integer> heads = new ArrayList<>();
		int window = 7;
		for (int stage = 0; stage < 4; stage++) {
			final String table = "swinViT.layers" + (stage + 1)
				+ ".0.blocks.0.attn.relative_position_bias_table";
			final boolean there = weights.contains(table);
			depths.add(there ? depth(stage + 1) : 2);
			heads.add(there ? size(shape(table, 2)[1]) : 3 << stage);
			if (there) window = window(shape(table, 2)[0]);
		}
		final boolean v2 = weights.names().stream().anyMatch(name -> name.matches(
			"swinViT\\.layers[1-4]c\\..+"));
		final String output = "out.conv.conv.weight";
		final int classes = weights.contains(output) ? size(shape(output, 5)[0]) : 1;
		try {
			return new SwinConfig(size(embedding[1]), classes, size(embedding[0]), depths, heads, window,
				v2, true, merging);
		}
		catch (final IllegalArgumentException e) {
			throw fail(e.getMessage());
		}
	}

	private int depth(final int stage) throws ModelFormatException {
		final Set<Long> blocks = new TreeSet<>();
		for (final Map.Entry<String, Weight> entry : weights.asMap().entrySet()) {
			final Matcher block = BLOCK.matcher(entry.getKey());
			if (!block.matches() || Integer.parseInt(block.group(1)) != stage) continue;
			if (block.group(2).length() > 4) throw fail("Block " + block.group(2) + " is beyond reason.");
			blocks.add(Long.valueOf(block.group(2)));
		}
		for (long i = 0; i < blocks.size(); i++)
			if (!blocks.contains(i)) throw fail("Block " + i + " of stage " + stage + " is missing.");
		return blocks.size();
	}

	private int window(final long tableLength) throws ModelFormatException {
		for (int window = 2; window <= MAX_WINDOW; window++)
			if (RelativePosition.tableLength(window) == tableLength) return window;
		throw fail("A bias table of " + tableLength + " rows belongs to no window of 2 to " + MAX_WINDOW
			+ " tokens.");
	}

	private long[] shape(final String name, final int rank) throws ModelFormatException {
		if (!weights.contains(name)) throw fail("Without the tensor \"" + name
			+ "\" its architecture is unknown.");
		final Weight weight = weights.get(name);
		if (weight.shape().length != rank) throw fail("Tensor \"" + name + "\" is " + weight.shapeText()
			+ " instead of having " + rank + " dimensions.");
		return weight.shape();
	}

	private int size(final long size) throws ModelFormatException {
		if (size < 1 || size > 1 << 16) throw fail("A tensor has the impossible size " + size + ".");
		return (int) size;
	}

	private ModelFormatException fail(final String reason) {
		return new ModelFormatException("Weights file \"" + file + "\" is not a Swin UNETR: " + reason);
	}
}
