package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.progress.Progress;

import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.real.FloatType;

class NiftiWriterTest {

	@TempDir
	Path folder;

	private Volume roundTrip(final Volume volume, final String name) throws IOException {
		final Path file = folder.resolve(name);
		NiftiWriter.write(file, volume);
		return new NiftiReader(Progress.silent()).read(file);
	}

	@Test
	void theSmallestTypeThatHoldsAllValuesIsWritten() throws IOException {
		final float[][] values = { { 0, 255 }, { 0, 256 }, { -1, 5 }, { -40000, 5 }, { 0, 1 << 24 }, { 0,
			0.5f }, { 0, 1e20f }, { 0, Float.NaN } };
		final NiftiType[] types = { NiftiType.UINT8, NiftiType.INT16, NiftiType.INT16, NiftiType.INT32,
			NiftiType.INT32, NiftiType.FLOAT32, NiftiType.FLOAT32, NiftiType.FLOAT32 };
		for (int i = 0; i < values.length; i++) {
			final float[] v = values[i];
			final Volume volume = TestVolumes.of("v", Geometry.unknown(), k -> v[k], 2, 1, 1, 1);
			TestVolumes.assertSameVoxels(volume, roundTrip(volume, "v.nii"));
			assertEquals(types[i], new NiftiReader(Progress.silent()).readHeader(folder.resolve("v.nii"))
				.type());
		}
	}

	static Stream<double[][]> affines() {
		final Random random = new Random(3);
		return IntStream.range(0, 20).mapToObj(i -> {
			final double[][] affine = { { 1, 0, 0, -90 }, { 0, 1, 0, -125 }, { 0, 0, 1, -71 }, { 0, 0, 0,
				1 } };
			for (int r = 0; r < 3 && i > 0; r++)
				for (int c = 0; c < 4; c++)
					affine[r][c] = c < 3 ? random.nextGaussian() : 100 * random.nextGaussian();
			return affine;
		});
	}

	@ParameterizedTest
	@MethodSource("affines")
	void affineAndVoxelSizeSurvive(final double[][] affine) throws IOException {
		final Volume volume = TestVolumes.random(1, 1000, new Geometry(Affine.spacing(affine), "mm",
			affine), 5, 4, 3, 2);
		final Volume back = roundTrip(volume, "a.nii.gz");
		TestVolumes.assertSameVoxels(volume, back);
		TestVolumes.assertSameAffine(affine, back.geometry().affine(), 1e-4);
		assertArrayEquals(volume.geometry().spacing(), back.geometry().spacing(), 1e-5);
	}

	/** Without shear, the qform must say the same as the sform. */
	@ParameterizedTest
	@MethodSource("affines")
	void qformIsTheNearestRotation(final double[][] affine) {
		final double[] q = Affine.toQuaternion(affine);
		final double[][] rotation = Affine.ofQuaternion(q, new double[3], new double[] { 1, 1, q[3] });
		assertEquals(q[3], Affine.determinant(rotation), 1e-9);
		final double[] again = Affine.toQuaternion(rotation);
		TestVolumes.assertSameAffine(rotation, Affine.ofQuaternion(again, new double[3], new double[] { 1,
			1, again[3] }), 1e-9);
		// of all rotations nearby, none is closer to the normalised axes
		final double[] spacing = Affine.spacing(affine);
		final double best = overlap(rotation, affine, spacing);
		final Random random = new Random(8);
		for (int i = 0; i < 50; i++) {
			final double[] near = { q[0] + 0.05 * random.nextGaussian(), q[1] + 0.05 * random
				.nextGaussian(), q[2] + 0.05 * random.nextGaussian() };
			final double rest = near[0] * near[0] + near[1] * near[1] + near[2] * near[2];
			if (rest < 1) assertEquals(best, Math.max(best, overlap(Affine.ofQuaternion(near,
				new double[3], new double[] { 1, 1, q[3] }), affine, spacing)), 1e-9);
		}
	}

	private static double overlap(final double[][] r, final double[][] affine,
		final double[] spacing)
	{
		double sum = 0;
		for (int i = 0; i < 3; i++)
			for (int j = 0; j < 3; j++)
				sum += r[i][j] * affine[i][j] / spacing[j];
		return sum;
	}

	@Test
	void unitsAreKept() throws IOException {
		final double[] expected = { 0.5e-3, 0.5e-6, 0.5, 5, 12.7, 0.5 };
		final List<String> units = List.of("µm", "nm", "mm", "cm", "inch", "pixel");
		for (int i = 0; i < units.size(); i++) {
			final Volume volume = TestVolumes.random(1, 9, Geometry.of(units.get(i), 0.5, 1, 2), 2, 2, 2,
				1);
			assertEquals(expected[i], roundTrip(volume, "u.nii").geometry().spacing()[0], expected[i] *
				1e-6);
		}
		final byte[] pixels = Files.readAllBytes(folder.resolve("u.nii"));
		assertEquals(0, pixels[123], "unit code of pixels");
	}

	@Test
	void axesTooLongForVersion1AreWrittenAsVersion2() throws IOException {
		final Volume volume = TestVolumes.random(1, 300, Geometry.unknown(), 40000, 1, 2, 1);
		TestVolumes.assertSameVoxels(volume, roundTrip(volume, "long.nii"));
		assertEquals(540, ByteBuffer.wrap(Files.readAllBytes(folder.resolve("long.nii"))).order(
			ByteOrder.LITTLE_ENDIAN).getInt());
	}

	@Test
	void failureLeavesTheOldFileAndNothingElse() throws IOException {
		final Path file = folder.resolve("a.nii");
		Files.writeString(file, "precious");
		final Volume good = TestVolumes.random(1, 9, Geometry.unknown(), 4, 4, 4, 1);
		// fails while the voxels are written, after one pass to find their range
		final int[] reads = { 0 };
		final Volume failing = good.withImage(Converters.convert(good.image(), (in, out) -> {
			if (++reads[0] > 64 + 10) throw new IllegalStateException("disk gone");
			out.set(in);
		}, new FloatType()));
		assertThrows(IllegalStateException.class, () -> NiftiWriter.write(file, failing));
		assertEquals("precious", Files.readString(file));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(file), files.toList());
		}
		NiftiWriter.write(file, good);
		assertFalse(Files.readAllBytes(file).length < 64);
	}
}
