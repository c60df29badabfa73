package org.swinj.training;

/** The learning rate of each step or epoch. */
public sealed interface LearningRate {

	/** @param step steps (or epochs) done before this one */
	double at(int step);

	/**
	 * Linear warm-up, then half a cosine to zero, research-contributions {@code WarmupCosineSchedule}.
	 * The first step has rate 0; past the end the cosine rises again, as there.
	 */
	record WarmupCosine(double peak, int warmup, int total) implements LearningRate {

		@Override
		public double at(final int step) {
			if (step < warmup) return peak * step / Math.max(1, warmup);
			final double progress = (double) (step - warmup) / Math.max(1, total - warmup);
			return peak * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
		}
	}

	/**
	 * The BTCV trainer's {@code LinearWarmupCosineAnnealingLR} with start and end at 0: rate 0 in the
	 * first epoch, the peak after {@code warmup − 1}.
	 */
	record EpochWarmupCosine(double peak, int warmup, int max) implements LearningRate {

		@Override
		public double at(final int epoch) {
			if (epoch < warmup) return peak * epoch / Math.max(1, warmup - 1);
			final double progress = (double) (epoch - warmup) / Math.max(1, max - warmup);
			return peak * 0.5 * (1 + Math.cos(Math.PI * progress));
		}
	}
}
