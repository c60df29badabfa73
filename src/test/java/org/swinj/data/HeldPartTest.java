package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class HeldPartTest {

	private static final int[] SIZE = { 40, 48, 80 };

	/** What the label of a voxel is. */
	private interface Labelling {

		int at(int x, int y, int z);
	}

	private static TrainingVolume volume(final Labelling labelling) {
		final short[] labels = new short[SIZE[0] * SIZE[1] * SIZE[2]];
		for (int i = 0; i < labels.length; i++)
			labels[i] = (short) labelling.at(i % SIZE[0], i / SIZE[0] % SIZE[1], i / (SIZE[0] * SIZE[1]));
		return new TrainingVolume("v", SIZE, Geometry.unknown(), new float[][] { new float[labels.length] },
			labels, 4, new SplittableRandom(1));
	}

	private static boolean isLost(final TrainingVolume volume, final HeldPart part, final int c) {
		final long before = count(volume, c);
		return 2 * count(part.of(volume, false, new SplittableRandom(1)), c) < before;
	}

	private static long count(final TrainingVolume volume, final int c) {
		long count = 0;
		for (final short label : volume.labels())
			if (label == c) count++;
		return count;
	}

	@Test
	void everyLabelIsOnOneSideAndTheImageOnBoth() {
		final TrainingVolume whole = volume((x, y, z) -> x > 20 ? 1 : 0);
		final HeldPart part = HeldPart.of(List.of(whole), 0.2);
		final TrainingVolume known = part.of(whole, false, new SplittableRandom(1));
		final TrainingVolume held = part.of(whole, true, new SplittableRandom(1));
		for (int i = 0; i < whole.labels().length; i++) {
			final boolean isHeld = held.labels()[i] != TrainingVolume.UNLABELLED;
			assertEquals(whole.labels()[i], isHeld ? held.labels()[i] : known.labels()[i]);
			assertEquals(isHeld, known.labels()[i] == TrainingVolume.UNLABELLED, "voxel " + i);
		}
		assertEquals(0.2, (double) (count(held, 0) + count(held, 1)) / held.labels().length, 0.02);
		assertTrue(held.isSameImage(known) && Blocks.isOf(held.id(), known.id()), held.id());
	}

	@Test
	void noClassIsMissed() {
		// 1 lies in a corner, 2 in one third of Z, 3 in the middle plane of X only
		final TrainingVolume whole = volume((x, y, z) -> x < 9 && y < 9 && z < 30 ? 1 : x == 20 ? 3
			: z > 50 ? 2 : 0);
		final HeldPart part = HeldPart.of(List.of(whole), 0.2);
		for (int c = 0; c < 4; c++)
			assertFalse(isLost(whole, part, c), "class " + c + " by " + part);
		assertTrue(count(part.of(whole, true, new SplittableRandom(1)), 2) > 0, part.toString());
	}

	@Test
	void asManyClassesAsCanBeAreJudged() {
		// along Y all classes are everywhere, along X and Z each has a place of its own
		final TrainingVolume whole = volume((x, y, z) -> z < 20 ? 1 : z < 40 ? 2 : z < 60 ? 3 : 0);
		final HeldPart part = HeldPart.of(List.of(whole), 0.2);
		final TrainingVolume held = part.of(whole, true, new SplittableRandom(1));
		assertTrue(held.has(1) && held.has(2) && held.has(3), part.toString());
	}

	@Test
	void nothingIsHeldBackOfAClassInOnePlace() {
		assertNull(HeldPart.of(List.of(volume((x, y, z) -> x == 20 && y == 20 && z == 40 ? 1 : 0)), 0.2));
	}

	@Test
	void fewAnnotatedSlicesAreSparse() {
		assertTrue(HeldPart.isSparse(List.of(volume((x, y, z) -> z % 6 == 0 ? x > 20 ? 1 : 0 : -1))));
		assertFalse(HeldPart.isSparse(List.of(volume((x, y, z) -> z % 3 == 0 ? x > 20 ? 1 : 0 : -1))));
	}

	@Test
	void volumesOfOneSubjectAreCutAtTheSamePlace() {
		final TrainingVolume one = volume((x, y, z) -> z < 40 ? 1 : 0);
		final TrainingVolume other = volume((x, y, z) -> x < 10 ? 2 : 0);
		final HeldPart part = HeldPart.of(List.of(one, other), 0.2);
		assertEquals(part.describe(one), part.describe(other));
		assertTrue(Arrays.stream(new int[] { 1, 2 }).allMatch(c -> part.of(c == 1 ? one : other, true,
			new SplittableRandom(1)).has(c)), part.toString());
	}
}
