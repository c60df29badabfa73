package org.swinj.network;

import ai.djl.ndarray.NDArray;

/**
 * What the pretext network says about a batch of images (B, C, X, Y, Z); float32 or better.
 *
 * @param rotation logits of the four quarter turns, (B, 4)
 * @param contrast embeddings, (B, 512)
 * @param reconstruction the image rebuilt, (B, C, X, Y, Z); {@code null} if it was not asked for
 * @param places coordinates of every voxel, (B, 3, X, Y, Z); {@code null} if the network tells none
 */
public record PretextOutput(NDArray rotation, NDArray contrast, NDArray reconstruction,
	NDArray places)
{}
