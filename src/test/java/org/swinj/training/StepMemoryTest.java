package org.swinj.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.backend.Precision;
import org.swinj.network.Sections;
import org.swinj.network.SwinConfig;

class StepMemoryTest {

	/** Peaks of whole processes with a heap of 700 MiB, which is taken off; 3 classes. */
	@ParameterizedTest
	@CsvSource({ "32, 24, FLOAT32, 303", "64, 24, FLOAT32, 1187", "96, 24, FLOAT32, 2625",
		"96, 24, BFLOAT16, 2110", "64, 48, FLOAT32, 2895" })
	void isNoLessThanWasMeasured(final int edge, final int features, final Precision precision,
		final int measured)
	{
		final SwinConfig network = SwinConfig.monai(1, 3, features);
		final long voxels = (long) edge * edge * edge;
		final long kept = new StepMemory(network, precision, Sections.Mode.KEEP).bytes(voxels) >> 20;
		assertTrue(kept >= measured && kept < measured + 700, kept + " MiB");
		final long twice = new StepMemory(network, precision, Sections.Mode.RECOMPUTE).bytes(
			voxels) >> 20;
		assertTrue(twice < kept, twice + " MiB");
	}
}
