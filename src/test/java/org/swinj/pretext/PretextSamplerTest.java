package org.swinj.pretext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.swinj.data.Geometry;
import org.swinj.data.UnlabelledVolume;

/** Inputs, targets and questions of the pretext tasks. */
class PretextSamplerTest {

	private static final int[] PATCH = { 32, 32, 32 };
	private static final int VOXELS = 32 * 32 * 32;
	private static final PretextSettings ALL = PretextSettings.recommended().withTasks(1, 0.1, 0.1);

	@Test
	void hidesCellsAndWeighsThem() throws IOException {
		final PretextSettings settings = ALL.withMask(0.5, 16, MaskFill.MEAN);
		final PretextBatch batch = sampler(settings, 1, volume(48, 40, 36)).draw(0);
		assertEquals(2, batch.inputs().length);
		assertEquals(1, batch.channels());
		for (int view = 0; view < 2; view++) {
			int hidden = 0;
			for (int i = 0; i < VOXELS; i++) {
				final boolean shown = batch.inputs()[view][i] == batch.targets()[view][i];
				if (batch.weights()[view][i] == 1) {
					hidden++;
					assertEquals(0, batch.inputs()[view][i]);
				}
				else {
					assertTrue(shown, "voxel " + i);
					assertEquals(0.1f, batch.weights()[view][i]);
				}
			}
			assertEquals(VOXELS / 2, hidden);
		}
		assertFalse(Arrays.equals(batch.weights()[0], batch.weights()[1]), "both views hide the same");
	}

	@Test
	void noiseFillsTheHiddenPart() throws IOException {
		final PretextSettings settings = ALL.withMask(0.5, 16, MaskFill.NOISE);
		final PretextBatch batch = sampler(settings, 1, volume(32, 32, 32)).draw(0);
		double sum = 0;
		double squares = 0;
		for (int i = 0; i < VOXELS; i++)
			if (batch.weights()[0][i] == 1) {
				sum += batch.inputs()[0][i];
				squares += batch.inputs()[0][i] * batch.inputs()[0][i];
			}
		assertEquals(0, sum / VOXELS * 2, 0.05);
		assertEquals(1, squares / VOXELS * 2, 0.05);
	}

	@Test
	void sameSeedAndNumberSameBatch() throws IOException {
		for (final PretextSettings settings : new PretextSettings[] { ALL,
			PretextSettings.paper() })
		{
			final UnlabelledVolume[] volumes = { volume(48, 40, 36), volume(33, 33, 50) };
			final PretextBatch first = sampler(settings, 1, volumes).draw(5);
			final PretextSampler again = sampler(settings, 1, volumes);
			again.draw(9);
			final PretextBatch second = again.draw(5);
			assertArrayEquals(first.turns(), second.turns());
			for (int view = 0; view < first.inputs().length; view++) {
				assertArrayEquals(first.inputs()[view], second.inputs()[view]);
				assertArrayEquals(first.targets()[view], second.targets()[view]);
			}
			assertFalse(Arrays.equals(first.inputs()[0], sampler(settings, 2, volumes).draw(5)
				.inputs()[0]), "another seed gives the same");
			assertFalse(Arrays.equals(first.inputs()[0], again.draw(6).inputs()[0]),
				"another number gives the same");
		}
	}

	/** The volume is exactly one crop, so that only the turn and the mask make a difference. */
	@Test
	void turnsAreThoseOfTheTarget() throws IOException {
		final PretextSettings paper = PretextSettings.paper();
		final UnlabelledVolume volume = volume(32, 32, 32);
		final float[] whole = volume.read(new int[3], PATCH);
		final Set<Integer> seen = new HashSet<>();
		for (int n = 0; n < 4; n++) {
			final PretextBatch batch = sampler(paper, 1, volume).draw(n);
			assertNull(batch.weights());
			assertEquals(8, batch.inputs().length);
			for (int view = 0; view < 8; view++) {
				assertArrayEquals(TurnPlane.YZ.turn(whole, PATCH, batch.turns()[view]), batch
					.targets()[view]);
				seen.add(batch.turns()[view]);
			}
		}
		assertEquals(Set.of(0, 1, 2, 3), seen);
	}

	@Test
	void recommendedTurnsAreInTheImagePlane() throws IOException {
		final UnlabelledVolume volume = volume(32, 32, 32);
		final float[] whole = volume.read(new int[3], PATCH);
		for (int n = 0; n < 8; n++) {
			final PretextBatch batch = sampler(still(), 1, volume).draw(n);
			assertArrayEquals(TurnPlane.XY_IF_SQUARE.turn(whole, PATCH, batch.turns()[0]), batch
				.targets()[0]);
			final int corner = batch.turns()[0] == 1 ? 31 : batch.turns()[0] == 2 ? 31 * 32 + 31 : batch
				.turns()[0] == 3 ? 31 * 32 : 0; // where the voxel (0, 0, 0) went
			assertEquals(whole[0], batch.targets()[0][corner]);
		}
	}

	@Test
	void nothingIsTurnedWhereVoxelsAreNotSquare() throws IOException {
		final UnlabelledVolume flat = Unlabelled.blobs(1, Geometry.of("µm", 0.2, 0.3, 0.2), 32, 32, 32);
		final float[] whole = flat.read(new int[3], PATCH);
		for (int n = 0; n < 8; n++) {
			final PretextBatch batch = sampler(still(), 1, flat).draw(n);
			assertEquals(PretextBatch.UNKNOWN, batch.turns()[0]);
			assertArrayEquals(whole, batch.targets()[0]);
		}
	}

	/** A volume of one slice: what lies outside it is neither hidden alone nor compared. */
	@Test
	void outsideOfTheVolumeHasNoWeight() throws IOException {
		final UnlabelledVolume slice = volume(40, 40, 1);
		for (int n = 0; n < 8; n++) {
			final PretextBatch batch = sampler(ALL, 1, slice).draw(n);
			int counted = 0;
			boolean hidden = false;
			for (int i = 0; i < VOXELS; i++) {
				if (batch.weights()[0][i] > 0) counted++;
				hidden |= batch.weights()[0][i] == 1;
			}
			assertEquals(32 * 32, counted);
			assertTrue(hidden);
		}
	}

	@Test
	void aConstantVolumeGivesFiniteBatches() throws IOException {
		final float[] values = new float[32 * 32 * 32];
		Arrays.fill(values, 7);
		for (final PretextSettings settings : new PretextSettings[] { ALL,
			PretextSettings.paper() })
		{
			final PretextBatch batch = sampler(settings, 1, Unlabelled.volume(values, Unlabelled.cubic(), 32,
				32, 32)).draw(0);
			for (final float[] image : batch.inputs())
				for (final float value : image)
					assertTrue(Float.isFinite(value));
		}
	}

	@Test
	void oneViewIsEnoughWithoutContrast() throws IOException {
		final PretextSettings settings = ALL.withTasks(1, 0, 0).withCrops(3);
		assertEquals(3, sampler(settings, 1, volume(32, 32, 32)).draw(0).inputs().length);
	}

	@Test
	void refusesToTurnCropsOfUnequalEdges() {
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
			() -> new PretextSampler(Unlabelled.sampler(new int[] { 64, 32, 32 }, 1, volume(64, 64, 64)),
				ALL, 1));
		assertTrue(e.getMessage().contains("64 × 32 × 32"), e.getMessage());
	}

	@Test
	void placesAreThoseTheVoxelsCameFrom() throws IOException {
		for (final int[] size : new int[][] { { 40, 36, 33 }, { 20, 30, 32 } }) {
			final float[] values = new float[size[0] * size[1] * size[2]];
			for (int i = 0; i < values.length; i++)
				values[i] = i;
			final double mean = (values.length - 1) / 2.0;
			final double deviation = Math.sqrt(((double) values.length * values.length - 1) / 12);
			final PretextSampler sampler = sampler(still().withPosition(1), 1, Unlabelled.volume(values,
				Unlabelled.cubic(), size));
			final Set<Integer> seen = new HashSet<>();
			for (int n = 0; n < 4; n++) {
				final PretextBatch batch = sampler.draw(n);
				for (int view = 0; view < 2; view++) {
					int visible = 0;
					for (int i = 0; i < VOXELS; i++) {
						if (batch.places().inside()[view][i] == 0) {
							assertEquals(0, batch.targets()[view][i]);
							assertEquals(0, batch.weights()[view][i]);
							continue;
						}
						visible++;
						int index = 0;
						for (int axis = 2; axis >= 0; axis--)
							index = index * size[axis] + (int) Math.floor((batch.places().where()[view][axis * VOXELS
								+ i] + 1) / 2 * size[axis]);
						assertEquals((index - mean) / deviation, batch.targets()[view][i], 1e-3);
					}
					assertTrue(visible < VOXELS && visible > VOXELS / 12, visible + " voxels in the box");
					seen.add(visible);
				}
			}
			assertTrue(seen.size() > 4, "boxes differ");
		}
		assertNull(sampler(still(), 1, volume(32, 32, 32)).draw(0).places());
	}

	/** The recommended tasks without displacement and changes of intensity. */
	private static PretextSettings still() {
		final PretextSettings s = ALL;
		return new PretextSettings(1, 1, 1, 0, s.decoder(), s.masking(), s.share(), s.cell(), s.fill(), s
			.visible(), s.smooth(), s.plane(), s.pooled(), s.temperature(), s.memory(), 0, 0, s.choice(),
			1);
	}

	private static UnlabelledVolume volume(final int... size) {
		return Unlabelled.blobs(size[0] * 7 + size[2], Unlabelled.cubic(), size);
	}

	private static PretextSampler sampler(final PretextSettings settings, final long seed,
		final UnlabelledVolume... volumes)
	{
		return new PretextSampler(Unlabelled.sampler(PATCH, seed, volumes), settings, seed);
	}
}
