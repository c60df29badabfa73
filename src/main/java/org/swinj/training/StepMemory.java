package org.swinj.training;

import org.swinj.backend.Precision;
import org.swinj.network.Sections;
import org.swinj.network.SwinConfig;

/**
 * How much memory a training step takes, as was measured (docs/benchmarks.md): most of it for
 * activations, which every voxel and feature adds to, and for the loss, which every voxel and class adds to.
 *
 * @param config of the network
 * @param precision of its activations
 * @param mode whether activations are kept for the gradients
 */
public record StepMemory(SwinConfig config, Precision precision, Sections.Mode mode) {

	private static final double KEPT = 120, RECOMPUTED = 75; // bytes for a feature of a voxel, float32
	private static final double HALF = 0.7; // of those in bfloat16
	private static final double CLASS = 30; // bytes for a class of a voxel
	private static final double OTHER = 512 << 20; // libraries and their buffers
	private static final double WEIGHTS = 27000; // for a squared feature
	private static final double WEIGHT = 4 * 4; // bytes: value, gradient, two moments

	/**
	 * Bytes, rather too many than too few.
	 *
	 * @param voxels of all crops that are in memory together
	 */
	public long bytes(final long voxels) {
		final double f = config.featureSize();
		final double feature = (mode == Sections.Mode.RECOMPUTE ? RECOMPUTED : KEPT)
			* (precision == Precision.BFLOAT16 ? HALF : 1);
		return (long) (OTHER + voxels * (f * feature + config.outChannels() * CLASS) + f * f * WEIGHTS
			* WEIGHT);
	}
}
