package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.GoldenFolder;
import org.swinj.model.Safetensors;
import org.swinj.model.StateDict;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

class OrientationTest {

	/** All 48 ways to lay three axes, each a little oblique, with different voxel sizes. */
	static List<double[][]> orientations() {
		final int[][] orders = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1,
			0 } };
		final Random random = new Random(2);
		final List<double[][]> all = new ArrayList<>();
		for (final int[] order : orders)
			for (int signs = 0; signs < 8; signs++) {
				final double[][] affine = new double[4][4];
				affine[3][3] = 1;
				for (int i = 0; i < 3; i++) {
					for (int j = 0; j < 4; j++)
						affine[i][j] = j < 3 ? 0.2 * random.nextDouble() - 0.1 : 50 * random.nextGaussian();
					affine[i][order[i]] += ((signs >> i & 1) == 0 ? 1 : -1) * (1 + 0.5 * order[i]);
				}
				all.add(affine);
			}
		return all;
	}

	private static Volume volume(final double[][] affine) {
		return TestVolumes.of("v", new Geometry(Affine.spacing(affine), "mm", affine), i -> (float) i, 3,
			4, 5, 2);
	}

	private static double[] world(final double[][] affine, final long x, final long y,
		final long z)
	{
		final double[] w = new double[3];
		for (int i = 0; i < 3; i++)
			w[i] = affine[i][0] * x + affine[i][1] * y + affine[i][2] * z + affine[i][3];
		return w;
	}

	@ParameterizedTest
	@MethodSource("orientations")
	void turnedAxesPointRightForwardUp(final double[][] affine) {
		final Geometry ras = Orientation.toRas(volume(affine)).geometry();
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 3; j++)
				if (i == j) assertTrue(ras.affine()[i][i] > 0.5);
				else assertTrue(Math.abs(ras.affine()[i][j]) < 0.5);
		assertArrayEquals(Affine.spacing(ras.affine()), ras.spacing(), 1e-12);
	}

	@ParameterizedTest
	@MethodSource("orientations")
	void voxelsKeepTheirPlaceInTheWorld(final double[][] affine) {
		final Volume volume = volume(affine), ras = Orientation.toRas(volume);
		final long[] size = ras.size();
		int seen = 0;
		for (long z = 0; z < size[2]; z++)
			for (long y = 0; y < size[1]; y++)
				for (long x = 0; x < size[0]; x++, seen++) {
					final int i = (int) ras.image().getAt(x, y, z, 0).get();
					assertArrayEquals(world(affine, i % 3, i / 3 % 4, i / 12), world(ras.geometry().affine(), x,
						y, z), 1e-9);
					assertEquals(i + 60, ras.image().getAt(x, y, z, 1).get());
				}
		assertEquals(60, seen);
	}

	@ParameterizedTest
	@MethodSource("orientations")
	void wayBackIsTheIdentity(final double[][] affine) {
		final Volume volume = volume(affine);
		final Volume back = Orientation.fromRas(Orientation.toRas(volume), volume);
		TestVolumes.assertSameVoxels(volume, back);
		assertSame(volume.geometry(), back.geometry());
	}

	@Test
	void withoutAffineNothingIsTurned() {
		final Volume volume = TestVolumes.random(1, 9, Geometry.unknown(), 2, 3, 4, 1);
		assertSame(volume, Orientation.toRas(volume));
		assertSame(volume, Orientation.fromRas(volume, volume));
	}

	/** Every {@code sp.NAME.affine} of every golden file, with its image and the turned image. */
	static Stream<Arguments> golden() throws IOException {
		final List<Arguments> all = new ArrayList<>();
		for (final Path file : GoldenFolder.files("*.safetensors")) {
			final StateDict tensors = Safetensors.read(file);
			for (final String key : new TreeSet<>(tensors.names()))
				if (key.startsWith("sp.") && key.endsWith(".ras_affine")) all.add(Arguments.of(file
					.getFileName().toString(), tensors, key.substring(0, key.length() - 11)));
		}
		assertFalse(all.isEmpty(), "No golden file in " + GoldenFolder.dir() +
			" holds oriented volumes (sp.*.ras_affine).");
		return all.stream();
	}

	@ParameterizedTest(name = "{0} {2}")
	@MethodSource("golden")
	void sameAsMonai(final String file, final StateDict tensors, final String name) {
		System.out.println("Orientation: " + file + " " + name);
		final double[][] affine = matrix(tensors, name + ".affine");
		final Volume ras = Orientation.toRas(new Volume("golden", image(tensors, "sp.image"), new Geometry(Affine.spacing(affine), "mm", affine)));
		TestVolumes.assertSameAffine(matrix(tensors, name + ".ras_affine"), ras.geometry().affine(),
			1e-9);
		TestVolumes.assertSameVoxels(new Volume("expected", image(tensors, name + ".ras"),
			ras.geometry()), ras);
	}

	private static double[][] matrix(final StateDict tensors, final String key) {
		final DoubleBuffer numbers = tensors.get(key).data().order(ByteOrder.LITTLE_ENDIAN)
			.asDoubleBuffer();
		final double[][] matrix = new double[4][4];
		for (final double[] row : matrix)
			numbers.get(row);
		return matrix;
	}

	/** A (C, X, Y, Z) tensor, Z fastest, as an image with axes X, Y, Z, C. */
	private static RandomAccessibleInterval<FloatType> image(final StateDict tensors,
		final String key)
	{
		final long[] shape = tensors.get(key).shape();
		return Views.permute(ArrayImgs.floats(tensors.get(key).toFloats(), shape[3], shape[2], shape[1],
			shape[0]), 0, 2);
	}
}
