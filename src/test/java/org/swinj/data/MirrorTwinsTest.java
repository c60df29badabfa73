package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class MirrorTwinsTest {

	private static final int EDGE = 20;
	private static final int IGNORED = 9;

	/** A class for each place in a volume of 20³ voxels. */
	private interface Classes {

		int at(int x, int y, int z);
	}

	private static Volume volume(final Classes classes) {
		return TestVolumes.of("labels", Geometry.of("mm", 1, 1, 1), i -> (float) classes.at(i % EDGE, i
			/ EDGE % EDGE, i / EDGE / EDGE), EDGE, EDGE, EDGE, 1);
	}

	private static boolean[] twins(final Classes classes) {
		return MirrorTwins.along(volume(classes), IGNORED);
	}

	private static boolean inBall(final int dx, final int dy, final int dz, final int radius) {
		return dx * dx + dy * dy + dz * dz <= radius * radius;
	}

	@Test
	void twoKidneysAreTwinsFromSideToSide() {
		assertArrayEquals(new boolean[] { true, false, false }, twins((x, y, z) -> inBall(x - 5, y - 9, z
			- 8, 3) ? 1 : inBall(x - 15, y - 9, z - 9, 3) ? 2 : 0));
	}

	@Test
	void aClassOnBothSidesHasNoTwin() {
		assertArrayEquals(new boolean[3], twins((x, y, z) -> inBall(x - 5, y - 9, z - 8, 3) || inBall(x
			- 15, y - 9, z - 9, 3) ? 1 : inBall(x - 10, y - 9, z - 9, 2) ? 2 : 0));
	}

	@Test
	void aShellAndItsCoreAreNotTwins() {
		assertArrayEquals(new boolean[3], twins((x, y, z) -> inBall(x - 9, y - 9, z - 9, 4) ? 1 : inBall(x
			- 9, y - 9, z - 9, 8) ? 2 : 0));
	}

	@Test
	void texturesAreNotTwins() {
		final SplittableRandom random = new SplittableRandom(1);
		assertArrayEquals(new boolean[3], twins((x, y, z) -> random.nextInt(3)));
	}

	@Test
	void voxelsWithoutAnnotationHaveNoTwin() {
		assertArrayEquals(new boolean[3], twins((x, y, z) -> x < 8 ? 1 : x < 12 ? 0 : IGNORED));
		assertArrayEquals(new boolean[3], twins((x, y, z) -> 0));
	}

	@Test
	void examplesAreNotMirroredBetweenTwins() {
		final Volume left = volume((x, y, z) -> x < 8 ? 1 : x < 12 ? 0 : 2);
		final boolean[] twins = CaseFacts.of(left, left, -1, 1).twins();
		assertArrayEquals(new boolean[] { true, false, false }, twins);
		assertArrayEquals(new double[] { 0, 0.5, 0.5 }, AugmentationSettings.of(new double[] { 1, 1, 1 },
			false, twins).flip());
		assertArrayEquals(new boolean[] { false, true, false }, CaseFacts.of(turned(left), turned(left),
			-1, 1).twins(), "axes are those in RAS");
	}

	/** The same voxels with the first axis running from back to front. */
	private static Volume turned(final Volume volume) {
		return new Volume("turned", volume.image(), new Geometry(new double[] { 1, 1, 1 }, "mm",
			new double[][] { { 0, 1, 0, 0 }, { 1, 0, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } }));
	}

	@Test
	void mostVolumesDecide() {
		final CaseFacts sided = CaseFacts.of(volume((x, y, z) -> x < 8 ? 1 : x < 12 ? 0 : 2), volume((x,
			y, z) -> x < 8 ? 1 : x < 12 ? 0 : 2), -1, 1);
		final CaseFacts plain = CaseFacts.of(volume((x, y, z) -> 1), volume((x, y, z) -> 1), -1, 1);
		assertArrayEquals(new boolean[] { true, false, false }, Fingerprint.of(List.of(sided, plain,
			sided), List.of()).twins());
		assertArrayEquals(new boolean[3], Fingerprint.of(List.of(sided, plain), List.of()).twins());
	}
}
