package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.swinj.progress.RecordingProgress;

/** Where unlabelled crops are taken, and what they hold. */
class UnlabelledSamplerTest {

	private static final int[] PATCH = { 8, 8, 8 };
	private static final CropChoice ANYWHERE = new CropChoice(false, 0, 0);

	@Test
	void smallVolumesLieInTheMiddleOfZeros() throws IOException {
		final UnlabelledVolume volume = numbered(5, 3, 1);
		final UnlabelledCrop crop = sampler(ANYWHERE, volume).draw(0);
		assertArrayEquals(new int[] { -1, -2, -3 }, crop.start());
		final float[] whole = volume.read(new int[3], new int[] { 5, 3, 1 });
		final float[] inside = crop.inside();
		float sum = 0;
		for (int i = 0; i < inside.length; i++) {
			sum += inside[i];
			if (inside[i] == 0) assertEquals(0, crop.image()[i]);
		}
		assertEquals(15, sum);
		for (int y = 0; y < 3; y++)
			for (int x = 0; x < 5; x++)
				assertEquals(whole[y * 5 + x], crop.image()[(3 * 8 + y + 2) * 8 + x + 1]);
	}

	@Test
	void cropsOfLargeVolumesStayInside() throws IOException {
		final UnlabelledVolume volume = numbered(20, 8, 9);
		final Set<Integer> starts = new HashSet<>();
		for (int n = 0; n < 200; n++) {
			final UnlabelledCrop crop = sampler(ANYWHERE, volume).draw(n);
			assertNull(crop.inside());
			starts.add(crop.start()[0]);
			assertArrayEquals(volume.read(crop.start(), PATCH), crop.image());
		}
		assertEquals(13, starts.size());
	}

	@Test
	void intensitiesAreThoseOfTheVolume() throws IOException {
		final UnlabelledVolume volume = numbered(9, 9, 9);
		final float[] crop = volume.read(new int[] { 1, 0, 1 }, new int[] { 2, 2, 2 });
		final float[] all = volume.read(new int[3], new int[] { 9, 9, 9 });
		assertArrayEquals(new float[] { all[82], all[83], all[91], all[92], all[163], all[164], all[172],
			all[173] }, crop);
		double sum = 0;
		for (final float v : all)
			sum += v;
		assertEquals(0, sum / all.length, 1e-5);
	}

	@Test
	void everyVolumeHasItsTurn() throws IOException {
		final List<UnlabelledVolume> volumes = new ArrayList<>();
		for (int i = 0; i < 5; i++)
			volumes.add(numbered(8 + i, 8, 8));
		final UnlabelledSampler sampler = new UnlabelledSampler(source(volumes), ANYWHERE, PATCH, 3, 1,
			new RecordingProgress());
		final List<Integer> visited = new ArrayList<>();
		for (int n = 0; n < 30; n++)
			visited.add(sampler.draw(n).volume().size()[0]);
		for (int n = 0; n < 30; n += 3)
			assertEquals(1, Set.copyOf(visited.subList(n, n + 3)).size(), "three in a row");
		assertEquals(5, Set.copyOf(visited.subList(0, 15)).size());
		assertEquals(5, Set.copyOf(visited.subList(15, 30)).size());
		assertNotEquals(visited.subList(0, 15), visited.subList(15, 30));
	}

	@Test
	void theNumberDecides() throws IOException {
		final UnlabelledVolume volume = numbered(30, 30, 30);
		final UnlabelledSampler sampler = sampler(ANYWHERE, volume);
		final int[] start = sampler.draw(4).start();
		sampler.draw(7);
		assertArrayEquals(start, sampler.draw(4).start());
	}

	/** A bright spot in the corner of a volume that is dark elsewhere. */
	@Test
	void emptyCropsAreDrawnAnew() throws IOException {
		final float[] values = new float[40 * 40 * 8];
		Arrays.fill(values, 1);
		for (int i = 0; i < 40 * 40 * 8; i++)
			if (i % 40 < 8 && i / 40 % 40 < 8) values[i] = i % 2 == 0 ? 50 : 100;
		final UnlabelledVolume volume = volume(values, 40, 40, 8);
		int plain = 0;
		int chosen = 0;
		for (int n = 0; n < 200; n++) {
			if (showsSpot(sampler(ANYWHERE, volume).draw(n))) plain++;
			if (showsSpot(sampler(new CropChoice(false, 0.25, 40), volume).draw(n))) chosen++;
		}
		assertTrue(plain < 40, "crops with the spot by chance: " + plain);
		assertTrue(chosen > 150, "crops with the spot: " + chosen);
	}

	private static boolean showsSpot(final UnlabelledCrop crop) {
		return crop.start()[0] < 8 && crop.start()[1] < 8;
	}

	@Test
	void aConstantVolumeIsAcceptedAsItIs() throws IOException {
		final float[] values = new float[1000];
		Arrays.fill(values, 3);
		final UnlabelledCrop crop = sampler(new CropChoice(false, 0.25, 8), volume(values, 10, 10, 10))
			.draw(0);
		assertArrayEquals(new float[512], crop.image());
	}

	/** The foreground is 6 voxels long, the box around it 8, in the middle of which it lies. */
	@Test
	void cropsCanBeKeptToTheForeground() throws IOException {
		final float[] values = new float[30 * 30 * 30];
		for (int i = 0; i < values.length; i++) {
			final int x = i % 30, y = i / 30 % 30, z = i / 900;
			values[i] = x >= 10 && x < 16 && y < 3 && z >= 20 ? 5 : -5;
		}
		final UnlabelledVolume volume = new UnlabelledVolume(TestVolumes.of("box", Geometry.unknown(),
			i -> values[i], 30, 30, 30, 1), Intensity.window(-5, 5));
		// scaled to [0, 1], the background is 0
		for (int n = 0; n < 50; n++) {
			final int[] start = sampler(new CropChoice(true, 0, 0), volume).draw(n).start();
			assertEquals(9, start[0]);
			assertEquals(-2, start[1]);
			assertTrue(start[2] >= 17 && start[2] <= 25, "z " + start[2]);
		}
	}

	@Test
	void damagedVolumesAreLeftOut() throws IOException {
		final RecordingProgress progress = new RecordingProgress();
		final List<UnlabelledVolume> volumes = new ArrayList<>(List.of(numbered(8, 8, 8), numbered(9, 8,
			8)));
		volumes.add(null);
		final UnlabelledSampler sampler = new UnlabelledSampler(source(volumes), ANYWHERE, PATCH, 1, 1,
			progress);
		for (int n = 0; n < 12; n++)
			sampler.draw(n);
		assertEquals(List.of("Volume 2 is damaged. It is left out."), progress.warnings);
		final UnlabelledSampler none = new UnlabelledSampler(source(Arrays.asList(null, null)), ANYWHERE,
			PATCH, 1, 1, progress);
		assertThrows(FormatException.class, () -> none.draw(0));
		assertThrows(FormatException.class, () -> none.draw(1));
	}

	private static UnlabelledSource source(final List<UnlabelledVolume> volumes) {
		return new UnlabelledSource() {

			@Override
			public int count() {
				return volumes.size();
			}

			@Override
			public UnlabelledVolume open(final int index) throws IOException {
				if (volumes.get(index) == null) throw new FormatException("Volume " + index
					+ " is damaged.");
				return volumes.get(index);
			}
		};
	}

	private static UnlabelledSampler sampler(final CropChoice choice,
		final UnlabelledVolume volume)
	{
		return new UnlabelledSampler(source(List.of(volume)), choice, PATCH, 1, 1,
			new RecordingProgress());
	}

	/** Voxel i has the value i + 1 before scaling. */
	private static UnlabelledVolume numbered(final int... size) {
		final float[] values = new float[size[0] * size[1] * size[2]];
		for (int i = 0; i < values.length; i++)
			values[i] = i + 1;
		return volume(values, size);
	}

	private static UnlabelledVolume volume(final float[] values, final int... size) {
		return new UnlabelledVolume(TestVolumes.of("test", Geometry.unknown(), i -> values[i], size[0],
			size[1], size[2], 1), Intensity.zScore());
	}
}
