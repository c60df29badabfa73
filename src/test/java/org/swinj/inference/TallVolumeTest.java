package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/** Volumes whose logits would not fit if they were kept. */
class TallVolumeTest {

	private static final int WINDOW = 8;

	@Test
	void planesLeaveAsSoonAsTheWindowsHavePassedThem() throws IOException {
		final long depth = 20_003;
		final long[] delivered = { 0 };
		final long[] predicted = { 0 };
		final WindowGrid grid = new WindowGrid(new int[] { WINDOW, WINDOW, WINDOW }, new long[] { depth,
			8, 12 }, 0.5);
		final WindowPredictor counting = windows -> {
			final long previous = predicted[0] == 0 ? 0 : grid.position(predicted[0] - 1)[0];
			assertEquals(previous, delivered[0], "planes delivered before window " + predicted[0]++);
			return new float[][] { windows[0].clone() };
		};
		new SlidingWindow(WindowSettings.of(new int[] { WINDOW, WINDOW, WINDOW }, 0.5), Progress
			.silent()).run(new Ramp(depth), counting, 1, (z, logits) -> {
				assertEquals(delivered[0]++, z);
				assertEquals(z, logits[0][95], z * 1e-6);
			});
		assertEquals(depth, delivered[0]);
		assertEquals(grid.count(), predicted[0]);
	}

	@Test
	void volumeOfMoreVoxelsThanAnyArrayBeginsAtOnce() {
		final long[] delivered = { 0 };
		assertThrows(CancelledException.class, () -> new SlidingWindow(WindowSettings.of(new int[] {
			WINDOW, WINDOW, WINDOW }, 0).withBatch(3), Progress.silent()).run(new Ramp(1L << 30), windows -> {
				final float[][] logits = new float[windows.length][];
				for (int i = 0; i < logits.length; i++)
					logits[i] = windows[i].clone();
				return logits;
			}, 1, (z, logits) -> {
				if (++delivered[0] == 1000) throw new CancelledException();
			}));
		assertEquals(1000, delivered[0]);
	}

	/** A volume of 12 × 8 × depth voxels whose value is its Z. */
	private record Ramp(long depth) implements WindowSource {

		@Override
		public long[] size() {
			return new long[] { depth, 8, 12 };
		}

		@Override
		public int channels() {
			return 1;
		}

		@Override
		public void read(final long[] position, final int[] window, final float[] target) {
			for (int i = 0; i < target.length; i++)
				target[i] = position[0] + i / (window[1] * window[2]);
		}
	}
}
