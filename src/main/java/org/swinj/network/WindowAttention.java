package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

import org.swinj.backend.Operators;

/**
 * (Shifted) window multi-head self-attention with relative position bias, MONAI
 * {@code WindowAttention}.
 */
final class WindowAttention extends NetworkBlock {

	private static final long[] NO_SHIFT = { 0, 0, 0 };

	private final int heads;
	private final int window;
	private final Sections sections;
	private final Parameter table;
	private final Parameter qkvWeight;
	private final Parameter qkvBias;
	private final Parameter projWeight;
	private final Parameter projBias;
	private NDArray index; // (w³, w³), int64

	WindowAttention(final Operators ops, final String prefix, final long dim, final int heads,
		final int window, final Sections sections)
	{
		super(ops);
		this.sections = sections;
		this.heads = heads;
		this.window = window;
		table = normal(prefix + "relative_position_bias_table", RelativePosition.tableLength(window),
			heads);
		qkvWeight = weight(prefix + "qkv.weight", 3 * dim, dim);
		qkvBias = bias(prefix + "qkv.bias", 3 * dim, dim);
		projWeight = weight(prefix + "proj.weight", dim, dim);
		projBias = bias(prefix + "proj.bias", dim, dim);
	}

	/** Attention inside the windows of x (B, D, H, W, C), shifted or not; same shape. */
	NDArray forward(final NDArray x, final Windows windows, final boolean shifted) {
		final boolean masked = shifted && windows.masks != null;
		final long[] shift = masked ? windows.shift : NO_SHIFT;
		final long batch = x.getShape().get(0);
		final NDArray tokens = ops.partition(x, windows.window, shift); // (B·nW, n, C)
		final NDArray qkv = ops.linear(tokens, qkvWeight.getArray(), qkvBias.getArray()); // (B·nW, n, 3C)
		final NDArray bias = ops.relativePositionBias(table.getArray(), index(), windows.tokens(), x
			.getManager()); // (heads, n, n)
		final NDArray attended = sections.attention(qkv, bias, masked ? windows.masks : null, masked
			? windows.kinds(batch) : null, masked ? windows.counts(batch) : null, heads); // (B·nW, n, C)
		final NDArray y = ops.linear(attended, projWeight.getArray(), projBias.getArray());
		return ops.unpartition(y, windows.window, shift, new long[] { batch, windows.size[0],
			windows.size[1], windows.size[2] }); // (B, D, H, W, C)
	}

	/** For shrunk windows the first n × n entries of this are used, as MONAI does. */
	private NDArray index() {
		if (index == null) {
			final int n = window * window * window;
			index = table.getArray().getManager().create(RelativePosition.index(window), new Shape(n, n));
			NDScope.unregister(index);
		}
		return index;
	}
}
