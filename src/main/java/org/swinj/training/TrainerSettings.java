package org.swinj.training;

/**
 * How a network is trained.
 *
 * @param steps optimiser steps planned
 * @param seconds time budget; the schedule ends with it even if fewer steps were done; infinite for
 *          none
 * @param batch examples in a step; their gradients are averaged one by one
 * @param rate peak learning rate
 * @param decay weight decay
 * @param clip largest L2 norm of the gradient
 * @param warmup share of the run in which the rate rises linearly
 * @param validations how often the run is validated, at equal distances and at the end
 */
public record TrainerSettings(int steps, double seconds, int batch, double rate, double decay,
	double clip, double warmup, int validations)
{

	/** The recommended settings for a run of this length. */
	public static TrainerSettings of(final int steps, final double seconds) {
		return new TrainerSettings(steps, seconds, 1, 5e-4, 1e-5, 1, 0.03, 12);
	}

	public TrainerSettings withRate(final double peak) {
		return new TrainerSettings(steps, seconds, batch, peak, decay, clip, warmup, validations);
	}

	public TrainerSettings withBatch(final int examples) {
		return new TrainerSettings(steps, seconds, examples, rate, decay, clip, warmup, validations);
	}

	public TrainerSettings withValidations(final int count) {
		return new TrainerSettings(steps, seconds, batch, rate, decay, clip, warmup, count);
	}
}
