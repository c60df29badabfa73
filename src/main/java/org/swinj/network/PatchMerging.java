package org.swinj.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import java.util.Arrays;

import org.swinj.backend.Operators;

/**
 * Halves the feature map and doubles its channels, MONAI {@code PatchMerging}: eight strided
 * sub-grids side by side, layer norm, linear map 8C → 2C.
 */
final class PatchMerging extends NetworkBlock {

	private final long[] offsets; // 8 × (d, h, w)
	private final Parameter reduction;
	private final LayerNorm norm;

	PatchMerging(final Operators ops, final String prefix, final long dim, final Merging order) {
		super(ops);
		offsets = Arrays.stream(order.offsets()).flatMapToInt(Arrays::stream).asLongStream().toArray();
		reduction = weight(prefix + "reduction.weight", 2 * dim, 8 * dim);
		norm = addChildBlock("norm", new LayerNorm(ops, prefix + "norm.", 8 * dim));
	}

	@Override
	public NDArray forward(final NDArray x, final boolean training) {
		return scoped(() -> {
			final NDArray parts = ops.mergePatches(x, offsets); // (B, D/2, H/2, W/2, 8C)
			return ops.linear(norm.forward(parts, training), reduction.getArray()); // (…, 2C)
		});
	}
}
