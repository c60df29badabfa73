package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.RecordingProgress;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

class ResamplingTest {

	private static Geometry oriented(final double[][] affine) {
		return new Geometry(Affine.spacing(affine), "mm", affine);
	}

	static List<double[][]> orientations() {
		return OrientationTest.orientations();
	}

	/** A linear function of the world, which linear and cubic interpolation reproduce. */
	private static double slope(final double[][] affine, final long... voxel) {
		final double[] factors = { 0.3, -0.7, 0.2 };
		double value = 4;
		for (int i = 0; i < 3; i++) {
			double world = affine[i][3];
			for (int j = 0; j < 3; j++)
				world += affine[i][j] * voxel[j];
			value += factors[i] * world;
		}
		return value;
	}

	@ParameterizedTest
	@MethodSource("orientations")
	void voxelsKeepTheirPlaceInTheWorld(final double[][] affine) {
		final int[] n = { 9, 8, 7 };
		final Volume volume = TestVolumes.of("v", oriented(affine), i -> (float) slope(affine, i % n[0],
			i / n[0] % n[1], i / n[0] / n[1] % n[2]) + i / (n[0] * n[1] * n[2]), n[0], n[1], n[2], 2);
		final Volume ras = Orientation.toRas(volume);
		for (final Interpolation kind : List.of(Interpolation.LINEAR, Interpolation.CUBIC)) {
			final Resampling resampling = Resampling.toSpacing(ras, new double[] { 0.8, 0.9, 0.7 }, "mm");
			final Volume result = resampling.apply(ras, kind);
			assertArrayEquals(new double[] { 0.8, 0.9, 0.7 }, Affine.spacing(result.geometry().affine()),
				1e-9);
			final double[][] back = VoxelGrid.of(result).indicesIn(VoxelGrid.of(ras));
			int compared = 0;
			for (long z = 0; z < result.size()[2]; z++)
				for (long y = 0; y < result.size()[1]; y++)
					for (long x = 0; x < result.size()[0]; x++) {
						if (!isInside(back, ras.size(), x, y, z)) continue;
						final double expected = slope(result.geometry().affine(), x, y, z);
						assertEquals(expected, result.image().getAt(x, y, z, 0).get(), 2e-5);
						assertEquals(expected + 1, result.image().getAt(x, y, z, 1).get(), 2e-5);
						compared++;
					}
			assertTrue(compared > 100, compared + " voxels");
		}
	}

	/** Whether all voxels that a value depends on exist. */
	private static boolean isInside(final double[][] map, final long[] size, final long... voxel) {
		boolean inside = true;
		for (int i = 0; i < 3; i++) {
			final double at = map[i][0] * voxel[0] + map[i][1] * voxel[1] + map[i][2] * voxel[2]
				+ map[i][3];
			inside &= at >= 1 && at <= size[i] - 2;
		}
		return inside;
	}

	@Test
	void cubicReproducesParabolas() {
		final Volume volume = TestVolumes.of("v", Geometry.of("mm", 1, 1, 1), i -> {
			final int x = i % 12, y = i / 12 % 11, z = i / 132;
			return (float) (x * x - 2 * y * y + 0.5 * z * z + x * y);
		}, 12, 11, 10, 1);
		final Volume result = Resampling.toSpacing(volume, new double[] { 0.7, 0.4, 1.3 }, "mm").apply(
			volume, Interpolation.CUBIC);
		for (int z = 1; z <= 6; z++)
			for (int y = 3; y <= 22; y++)
				for (int x = 2; x <= 14; x++) {
					final double wx = 0.7 * x, wy = 0.4 * y, wz = 1.3 * z;
					assertEquals(wx * wx - 2 * wy * wy + 0.5 * wz * wz + wx * wy, result.image().getAt(x, y, z,
						0).get(), 1e-4);
				}
	}

	@Test
	void thickSlicesAreNotMixed() {
		final Volume thick = TestVolumes.random(3, 1000, Geometry.of("mm", 1, 1, 3.1), 8, 8, 6, 1);
		final Volume fine = Resampling.toSpacing(thick, new double[] { 0.8, 0.8, 1 }, "mm").apply(thick,
			Interpolation.CUBIC);
		final Set<Float> seen = new HashSet<>();
		for (int z = 0; z < fine.size()[2]; z++)
			seen.add(fine.image().getAt(4, 5, z, 0).get());
		assertEquals(6, seen.size(), "as many values as slices");
		final Volume thin = thick.withName("thin");
		final Volume other = new Volume("thin", thin.image(), Geometry.of("mm", 1, 1, 2.9));
		final Volume mixed = Resampling.toSpacing(other, new double[] { 0.8, 0.8, 1 }, "mm").apply(other,
			Interpolation.CUBIC);
		seen.clear();
		for (int z = 0; z < mixed.size()[2]; z++)
			seen.add(mixed.image().getAt(4, 5, z, 0).get());
		assertTrue(seen.size() > 6);
	}

	@ParameterizedTest
	@MethodSource("orientations")
	void labelsComeBackOntoTheSourceGrid(final double[][] affine) throws IOException {
		final Volume source = TestVolumes.of("v", oriented(affine), i -> {
			final int x = i % 13, y = i / 13 % 12, z = i / 156;
			return x > 3 && x < 9 && y > 2 && y < 9 && z > 2 && z < 8 ? 5f : 0f;
		}, 13, 12, 11, 1);
		final Volume ras = Orientation.toRas(source);
		final Resampling resampling = Resampling.toSpacing(ras, new double[] { 0.5, 0.5, 0.5 }, "mm");
		for (final Interpolation kind : List.of(Interpolation.NEAREST, Interpolation.VOTE)) {
			final RandomAccessibleInterval<UnsignedShortType> fine = resampling.labels(Views.hyperSlice(ras
				.image(), 3, 0), kind, Progress.silent());
			assertArrayEquals(resampling.target().size(), fine.dimensionsAsLongArray());
			final RandomAccessibleInterval<UnsignedShortType> back = resampling.back().labels(fine, kind,
				Progress.silent());
			final Volume result = Orientation.fromRas(new Volume("l", Views.addDimension(TestVolumes.floats(
				back), 0, 0), ras.geometry()), source);
			assertSame(source.geometry(), result.geometry());
			TestVolumes.assertSameVoxels(source, result);
		}
	}

	@Test
	void votesNeverInventLabels() throws IOException {
		final Random random = new Random(4);
		final Volume labels = TestVolumes.of("l", Geometry.of("mm", 1, 1.5, 2), i -> random.nextBoolean()
			? 1f : 9f, 9, 8, 7, 1);
		final Resampling resampling = Resampling.toSpacing(labels, new double[] { 0.7, 0.9, 1.1 }, "mm");
		final TreeSet<Integer> values = new TreeSet<>();
		for (final UnsignedShortType voxel : resampling.labels(Views.hyperSlice(labels.image(), 3, 0),
			Interpolation.VOTE, Progress.silent()))
			values.add(voxel.get());
		assertEquals(new TreeSet<>(List.of(1, 9)), values);
	}

	@Test
	void mostWeightWinsTheVote() throws IOException {
		// between 7 (weight 0.4) and two times 2 (0.3 each): the nearest is 7, the vote 2
		final Volume labels = TestVolumes.of("l", Geometry.of("mm", 1, 1, 1), i -> i == 0 ? 7f : 2f, 2, 2,
			1, 1);
		final VoxelGrid source = VoxelGrid.of(labels);
		final double[][] shifted = Affine.ofSpacing(new double[] { 1, 1, 1 });
		shifted[0][3] = 0.4;
		shifted[1][3] = 0.3;
		final double[][] unit = Affine.ofSpacing(new double[] { 1, 1, 1 });
		final Resampling resampling = new Resampling(new VoxelGrid(source.size(), oriented(unit)),
			new VoxelGrid(new long[] { 1, 1, 1 }, oriented(shifted)));
		final RandomAccessibleInterval<FloatType> volume = Views.hyperSlice(labels.image(), 3, 0);
		assertEquals(7, resampling.labels(volume, Interpolation.NEAREST, Progress.silent()).getAt(0, 0,
			0).get()); // weight of 7 is 0.6 · 0.7 = 0.42
		assertEquals(2, resampling.labels(volume, Interpolation.VOTE, Progress.silent()).getAt(0, 0, 0)
			.get());
	}

	@Test
	void smallerLabelWinsATie() throws IOException {
		for (final int first : new int[] { 3, 4 }) {
			final Volume labels = TestVolumes.of("l", Geometry.of("mm", 2, 1, 1), i -> i == 0 ? (float) first
				: 7f - first, 2, 1, 1, 1);
			final RandomAccessibleInterval<UnsignedShortType> result = Resampling.toSpacing(labels,
				new double[] { 1, 1, 1 }, "mm").labels(Views.hyperSlice(labels.image(), 3, 0),
					Interpolation.VOTE, Progress.silent());
			assertEquals(3, result.getAt(1, 0, 0).get());
		}
	}

	@Test
	void planesAreComputedWhereTheyAreRead() {
		final Set<Long> touched = new HashSet<>();
		final RandomAccessibleInterval<FloatType> image = LazyPlanes.of(new long[] { 16, 16, 400, 1 },
			z -> {
				touched.add(z);
				return new float[256];
			});
		final Volume volume = new Volume("v", image, Geometry.of("mm", 1, 1, 1));
		final Volume result = Resampling.toSpacing(volume, new double[] { 2, 2, 1.5 }, "mm").apply(volume,
			Interpolation.CUBIC);
		assertTrue(touched.isEmpty());
		result.image().getAt(3, 3, 101, 0).get(); // at plane 151.5
		assertEquals(Set.of(150L, 151L, 152L, 153L), touched);
	}

	@ParameterizedTest
	@EnumSource
	void sameGridIsNoChange(final Interpolation kind) {
		final Volume volume = TestVolumes.random(1, 9, Geometry.of("mm", 1, 1, 2), 4, 5, 6, 2);
		assertSame(volume, Resampling.toSpacing(volume, new double[] { 1.0001, 1, 2 }, "mm").apply(volume,
			kind));
	}

	@Test
	void unitsAreConverted() {
		final Volume micro = TestVolumes.random(1, 9, Geometry.of("µm", 1, 1, 2), 4, 5, 6, 1);
		final VoxelGrid grid = Resampling.toSpacing(micro, new double[] { 0.002, 0.001, 0.001 }, "mm")
			.target();
		assertEquals("µm", grid.geometry().unit());
		assertArrayEquals(new double[] { 2, 1, 1 }, grid.geometry().spacing(), 1e-12);
		assertArrayEquals(new long[] { 2, 5, 11 }, grid.size()); // 3 / 2 + 1 = 2.5 is rounded to 2
		for (final String unit : List.of("pixel", "furlong")) {
			final Volume pixels = TestVolumes.random(1, 9, Geometry.of(unit, 1, 1, 2), 4, 5, 6, 1);
			assertTrue(Resampling.toSpacing(pixels, new double[] { 2, 2, 2 }, "mm").isIdentity());
		}
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, Double.NaN, Double.POSITIVE_INFINITY })
	void voxelSizeMustBePositive(final double length) {
		final VoxelGrid grid = new VoxelGrid(new long[] { 4, 4, 4 }, Geometry.of("mm", 1, 1, 1));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> grid.withSpacing(1, length, 1))
			.getMessage().contains(String.valueOf(length)));
	}

	@Test
	void whatCannotBeIsRefused() {
		final VoxelGrid grid = new VoxelGrid(new long[] { 100, 100, 100 }, Geometry.of("mm", 1, 1, 1));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> grid.withSpacing(1e-9, 1, 1))
			.getMessage().contains("99000000001×100×100"));
		final Volume other = TestVolumes.random(1, 2, Geometry.of("mm", 1, 1, 1), 4, 4, 4, 1);
		final Resampling resampling = new Resampling(grid, grid.withSpacing(2, 2, 2));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> resampling.apply(other,
			Interpolation.LINEAR)).getMessage().contains("4×4×4"));
		assertThrows(IllegalArgumentException.class, () -> new Resampling(grid, new VoxelGrid(grid.size(),
			oriented(Affine.ofSpacing(new double[] { 1, 1, 1 })))));
		final Resampling small = Resampling.toSpacing(other, new double[] { 2, 2, 2 }, "mm");
		assertThrows(IllegalArgumentException.class, () -> small.labels(Views.hyperSlice(other.image(), 3,
			0), Interpolation.CUBIC, Progress.silent()));
		final RecordingProgress progress = new RecordingProgress();
		progress.cancelled = true;
		assertThrows(CancelledException.class, () -> small.labels(Views.hyperSlice(other.image(), 3, 0),
			Interpolation.VOTE, progress));
	}
}
