package org.swinj.pretext;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** What the hidden cells of a grid show instead. */
public enum MaskFill {

	/** 0, which is the mean of a volume after z-scoring. */
	MEAN {

		@Override
		float value(final RandomGenerator random) {
			return 0;
		}
	},

	/** Standard normal noise, which is as bright and as varied as a volume after z-scoring. */
	NOISE {

		@Override
		float value(final RandomGenerator random) {
			return (float) random.nextGaussian();
		}
	};

	/** What one voxel shows. */
	abstract float value(RandomGenerator random);

	/** The name used in settings. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}
}
