package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.backend.Precision;
import org.swinj.network.Sections;
import org.swinj.network.SwinConfig;
import org.swinj.progress.RecordingProgress;

class CropsInUseTest {

	private final RecordingProgress progress = new RecordingProgress();

	private CropsInUse fitted(final long mebibytes, final int edge, final int features, final int count)
		throws Exception
	{
		final CropsInUse crops = new CropsInUse(new int[] { edge, edge, edge }, count, null);
		crops.fitInto(mebibytes << 20, SwinConfig.monai(1, 3, features), Precision.FLOAT32, 1, progress);
		return crops;
	}

	/** The network and the crops of the paper, where less and less memory is free. */
	@ParameterizedTest
	@CsvSource({ "24000, 4, 96, KEEP", "14000, 2, 96, KEEP", "7000, 1, 96, KEEP", "5000, 1, 96, RECOMPUTE",
		"2600, 1, 64, RECOMPUTE", "100, 1, 32, RECOMPUTE" })
	void takesWhatFits(final int free, final int count, final int edge, final Sections.Mode mode)
		throws Exception
	{
		final CropsInUse crops = fitted(free, 96, 48, 4);
		assertEquals(count, crops.count());
		assertArrayEquals(new int[] { edge, edge, edge }, crops.patch());
		assertEquals(mode, crops.mode());
	}

	@Test
	void saysSo() throws Exception {
		fitted(5000, 96, 48, 2);
		assertEquals("4.9 GiB of memory are free, too little for 2 crops of 96 × 96 × 96 voxels: the training "
			+ "takes crops of 96 × 96 × 96 voxels, computing activations twice.", progress.warnings.get(0));
	}

	@Test
	void planOfAProcessorFitsIntoFourGibibytes() throws Exception {
		final String planned = new CropsInUse(new int[] { 96, 96, 32 }, 1, null).toString();
		final CropsInUse crops = new CropsInUse(new int[] { 96, 96, 32 }, 1, null);
		crops.fitInto(2500L << 20, SwinConfig.monai(1, 14, 24), Precision.FLOAT32, 1, progress);
		assertEquals(planned, crops.toString());
		assertTrue(progress.warnings.isEmpty());
	}
}
