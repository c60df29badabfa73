package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.swinj.progress.RecordingProgress;

class NiftiReaderTest {

	private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();

	private Volume read(final Path file) throws IOException {
		return new NiftiReader(progress).read(file);
	}

	private String refusal(final Path file) {
		return assertThrows(FormatException.class, () -> read(file)).getMessage();
	}

	/** Code, bytes and extreme values of every type, in both byte orders and both versions. */
	static Stream<Arguments> types() {
		final List<Arguments> all = new ArrayList<>();
		for (final int version : new int[] { 1, 2 })
			for (final ByteOrder order : List.of(LITTLE, ByteOrder.BIG_ENDIAN)) {
				all.add(Arguments.of(version, order, 2, 1, new double[] { 0, 127, 128, 255 }));
				all.add(Arguments.of(version, order, 256, 1, new double[] { -128, -1, 0, 127 }));
				all.add(Arguments.of(version, order, 4, 2, new double[] { -32768, -1, 258, 32767 }));
				all.add(Arguments.of(version, order, 512, 2, new double[] { 0, 258, 32768, 65535 }));
				all.add(Arguments.of(version, order, 8, 4, new double[] { -2147483648, -1, 66051, 9 }));
				all.add(Arguments.of(version, order, 768, 4, new double[] { 0, 66051, 2147483648.0, 1 }));
				all.add(Arguments.of(version, order, 1024, 8, new double[] { -4294967296.0, -1, 1L << 40,
					5 }));
				all.add(Arguments.of(version, order, 1280, 8, new double[] { 0, 1L << 40, 77, 5 }));
				all.add(Arguments.of(version, order, 16, 4, new double[] { -1.5, 0.1f, 1e30f, 3 }));
				all.add(Arguments.of(version, order, 64, 8, new double[] { -1.5, 0.1, 1e30, 3 }));
			}
		return all.stream();
	}

	@ParameterizedTest
	@MethodSource("types")
	void everyTypeIsRead(final int version, final ByteOrder order, final int code, final int bytes,
		final double[] values) throws IOException
	{
		final NiftiFile file = new NiftiFile(version, order, 2, 1, 2).voxels(code, bytes, values);
		final float[] expected = new float[values.length];
		for (int i = 0; i < values.length; i++)
			expected[i] = (float) values[i];
		for (final String name : List.of("a.nii", "a.nii.gz")) {
			final Volume volume = read(file.write(folder.resolve(name)));
			assertArrayEquals(new long[] { 2, 1, 2, 1 }, volume.image().dimensionsAsLongArray());
			assertArrayEquals(expected, TestVolumes.voxels(volume));
			assertEquals("a", volume.name());
		}
	}

	@Test
	void unsigned64IsNotTakenAsSigned() throws IOException {
		final NiftiFile file = new NiftiFile(1, LITTLE, 1, 1, 1).voxels(1280, 8, -2); // 2^64 - 2
		assertEquals(0x1p64f, TestVolumes.voxels(read(file.write(folder.resolve("a.nii"))))[0]);
	}

	@Test
	void scalingIsAppliedInDoublePrecision() throws IOException {
		final NiftiFile file = new NiftiFile(2, LITTLE, 3, 1, 1).voxels(4, 2, -1000, 0, 1000).scaling(
			0.1, -1024);
		assertArrayEquals(new float[] { (float) (0.1 * -1000 - 1024), -1024, (float) (0.1 * 1000 -
			1024) }, TestVolumes.voxels(read(file.write(folder.resolve("a.nii")))));
	}

	@Test
	void slopeZeroOrNaNMeansNoScaling() throws IOException {
		for (final double slope : new double[] { 0, Double.NaN }) {
			final NiftiFile file = new NiftiFile(1, LITTLE, 2, 1, 1).voxels(4, 2, 7, 8).scaling(slope, 5);
			assertArrayEquals(new float[] { 7, 8 }, TestVolumes.voxels(read(file.write(folder.resolve(
				"a.nii")))));
		}
	}

	@Test
	void voxelsAreReadWithXFastestAndChannelsLast() throws IOException {
		final double[] values = new double[2 * 3 * 4 * 2];
		Arrays.setAll(values, i -> i);
		final int[][] layouts = { { 2, 3, 4, 2 }, { 2, 3, 4, 1, 2 }, { 2, 3, 4, 2, 1, 1, 1 } };
		for (final int[] layout : layouts) {
			final Volume volume = read(new NiftiFile(1, LITTLE, layout).voxels(4, 2, values).write(folder
				.resolve("a.nii.gz")));
			assertEquals(2, volume.channels());
			assertEquals(1 + 2 * (2 + 3 * (3 + 4 * 1)), volume.image().getAt(1, 2, 3, 1).get());
		}
	}

	@Test
	void obliqueSformIsPreferredToQform() throws IOException {
		final double[] rows = { 0.7, -0.2, 0.1, -30, 0.3, 0.9, 0.2, 12.5, -0.1, 0.3, 2.5, 4 };
		final Volume volume = read(new NiftiFile(2, LITTLE, 2, 2, 2).voxels(2, 1, new double[8]).qform(1,
			0, 0, 0, 5, 6, 7).sform(rows).write(folder.resolve("a.nii")));
		for (int i = 0; i < 12; i++)
			assertEquals(rows[i], volume.geometry().affine()[i / 4][i % 4], 1e-15);
		assertEquals(Math.sqrt(0.49 + 0.09 + 0.01), volume.geometry().spacing()[0], 1e-12);
		assertEquals("mm", volume.geometry().unit());
	}

	@Test
	void qformIsUsedWithoutSform() throws IOException {
		// a quarter turn about Z takes X to Y and Y to -X; qfac -1 turns Z around
		final double half = Math.sqrt(0.5);
		final Volume volume = read(new NiftiFile(2, LITTLE, 2, 2, 2).voxels(2, 1, new double[8]).pixdim(1,
			2).pixdim(2, 3).pixdim(3, 4).qform(-1, 0, 0, half, 10, 20, 30).write(folder.resolve("a.nii")));
		TestVolumes.assertSameAffine(new double[][] { { 0, -3, 0, 10 }, { 2, 0, 0, 20 }, { 0, 0, -4, 30 },
			{ 0, 0, 0, 1 } }, volume.geometry().affine(), 1e-12);
		assertArrayEquals(new double[] { 2, 3, 4 }, volume.geometry().spacing(), 1e-12);
	}

	@Test
	void withoutFormsOnlyTheVoxelSizeIsKnown() throws IOException {
		final Volume volume = read(new NiftiFile(1, LITTLE, 2, 2, 2).voxels(2, 1, new double[8]).pixdim(1,
			0.5).pixdim(3, -2).write(folder.resolve("a.nii")));
		assertFalse(volume.geometry().isOriented());
		assertArrayEquals(new double[] { 0.5, 1, 2 }, volume.geometry().spacing());
	}

	@Test
	void micrometresAndMetresBecomeMillimetres() throws IOException {
		final double[] factors = { 1, 1000, 1, 0.001 };
		for (int code = 0; code < 4; code++) {
			final NiftiFile file = new NiftiFile(2, LITTLE, 1, 1, 1).voxels(2, 1, 1).pixdim(1, 5).units(
				code + 8);
			assertEquals(5 * factors[code], read(file.write(folder.resolve("a.nii"))).geometry()
				.spacing()[0], 1e-12);
			file.sform(5, 0, 0, 3, 0, 1, 0, 0, 0, 0, 1, 0);
			final double[][] affine = read(file.write(folder.resolve("a.nii"))).geometry().affine();
			assertEquals(5 * factors[code], affine[0][0], 1e-12);
			assertEquals(3 * factors[code], affine[0][3], 1e-12);
		}
	}

	@Test
	void senselessPlacementIsReplacedWithAWarning() throws IOException {
		final Volume volume = read(new NiftiFile(1, LITTLE, 1, 1, 1).voxels(2, 1, 1).sform(1, 1, 0, 0, 1,
			1, 0, 0, 0, 0, 1, 0).pixdim(2, Double.NaN).write(folder.resolve("a.nii")));
		assertFalse(volume.geometry().isOriented());
		assertArrayEquals(new double[] { 1, 1, 1 }, volume.geometry().spacing());
		assertEquals(2, progress.warnings.size());
		assertTrue(progress.warnings.get(0).contains("sform"), progress.warnings.get(0));
	}

	@Test
	void pairsAreReadFromEitherHalf() throws IOException {
		final NiftiFile file = new NiftiFile(1, ByteOrder.BIG_ENDIAN, 2, 1, 1).voxels(4, 2, 300, -5).magic(
			"ni1");
		file.header.putFloat(108, 0);
		final Path header = folder.resolve("a.hdr"), image = folder.resolve("a.img.gz");
		Files.write(header, file.header.array());
		assertTrue(refusal(header).contains("a.img"));
		NiftiFile.write(image, file.voxelBytes());
		for (final Path half : List.of(header, image))
			assertArrayEquals(new float[] { 300, -5 }, TestVolumes.voxels(read(half)));
	}

	@Test
	void gzipIsRecognisedByContent() throws IOException {
		final Path zipped = new NiftiFile(1, LITTLE, 1, 1, 1).voxels(2, 1, 9).write(folder.resolve(
			"a.nii.gz"));
		final Path misnamed = Files.move(zipped, folder.resolve("b.nii"));
		assertEquals(9, TestVolumes.voxels(read(misnamed))[0]);
	}

	@Test
	void truncationAtEveryLengthIsRefusedWithNumbers() throws IOException {
		final byte[] all = new NiftiFile(1, LITTLE, 4, 4, 4).voxels(4, 2, new double[64]).bytes();
		for (final int length : new int[] { 0, 3, 100, 347, 348, 352, 353, all.length - 1 })
			for (final String name : List.of("t.nii", "t.nii.gz")) {
				final String sentence = refusal(NiftiFile.write(folder.resolve(name), Arrays.copyOf(all,
					length)));
				assertTrue(sentence.contains(name), sentence);
				if (length >= 352) assertTrue(sentence.contains(length - 352 + " of 128 bytes"), sentence);
			}
	}

	@Test
	void cutGzipStreamIsRefused() throws IOException {
		final double[] noise = new java.util.Random(5).doubles(4096).toArray();
		final Path file = new NiftiFile(1, LITTLE, 16, 16, 16).voxels(64, 8, noise).write(folder.resolve(
			"a.nii.gz"));
		final byte[] all = Files.readAllBytes(file);
		for (final int length : new int[] { 5, 200, all.length / 2, all.length - 4 }) {
			Files.write(file, Arrays.copyOf(all, length));
			assertFalse(refusal(file).isEmpty());
		}
		all[all.length / 2] ^= 0x55;
		Files.write(file, all);
		assertTrue(refusal(file).contains("a.nii.gz"));
	}

	@Test
	void claimsBeyondTheFileAreRefusedBeforeAllocation() throws IOException {
		final NiftiFile huge = new NiftiFile(2, LITTLE, 1024, 1024, 1).type(16, 4).dim(3, 1L << 31);
		for (final String name : List.of("h.nii", "h.nii.gz")) {
			final String sentence = refusal(huge.write(folder.resolve(name)));
			assertTrue(sentence.contains(name), sentence);
		}
		assertTrue(refusal(huge.dim(3, 1L << 62).write(folder.resolve("h.nii"))).contains("more than"));
		assertTrue(refusal(huge.dim(3, -5).write(folder.resolve("h.nii"))).contains("-5"));
		assertTrue(refusal(huge.dim(3, 0).write(folder.resolve("h.nii"))).contains("axis 3"));
	}

	/** Damage in what lies between header and voxels, such as the header's extensions. */
	@Test
	void gzipDamagedBeforeTheVoxelsIsRefused() throws IOException {
		final NiftiFile nifti = new NiftiFile(1, LITTLE, 4, 4, 4).voxels(2, 1, new double[64]);
		nifti.header.putFloat(108, 9000);
		final byte[] between = new byte[9000 - 352];
		new java.util.Random(3).nextBytes(between);
		final Path file = NiftiFile.write(folder.resolve("a.nii.gz"), DicomBytes.join(nifti.header
			.array(), between, nifti.voxelBytes()));
		final byte[] bytes = Files.readAllBytes(file);
		int refused = 0;
		for (int at = 1000; at < 8000; at += 50) {
			final byte[] bad = bytes.clone();
			java.util.Arrays.fill(bad, at, at + 40, (byte) 0xff);
			Files.write(file, bad);
			assertTrue(refusal(file).contains("a.nii.gz"));
			if (refusal(file).contains("unpacked up to its voxels")) refused++;
		}
		assertTrue(refused > 0);
	}

	@Test
	void whatIsNoVolumeOfRealNumbersIsRefused() throws IOException {
		final Path file = folder.resolve("a.nii");
		assertTrue(refusal(new NiftiFile(1, LITTLE, 1, 1, 1).type(128, 3).write(file)).contains("RGB"));
		assertTrue(refusal(new NiftiFile(1, LITTLE, 1, 1, 1).type(32, 8).write(file)).contains(
			"complex"));
		assertTrue(refusal(new NiftiFile(1, LITTLE, 1, 1, 1).type(1, 1).write(file)).contains("type 1"));
		assertTrue(refusal(new NiftiFile(1, LITTLE, 2, 2, 2, 2, 3).type(2, 1).write(file)).contains(
			"axis 5"));
		assertTrue(refusal(new NiftiFile(1, LITTLE, 1, 1, 1).type(2, 1).dim(0, 9).write(file)).contains(
			"9 axes"));
		assertTrue(refusal(new NiftiFile(1, LITTLE, 1, 1, 1).type(2, 1).magic("\0\0\0").write(file))
			.contains("Analyze"));
		final NiftiFile offset = new NiftiFile(1, LITTLE, 1, 1, 1).type(2, 1);
		offset.header.putFloat(108, Float.NaN);
		assertTrue(refusal(offset.write(file)).contains("NaN"));
	}

	@Test
	void randomHeadersNeverCauseAnythingButASentence() throws IOException {
		final java.util.Random random = new java.util.Random(11);
		final Path file = folder.resolve("fuzz.nii");
		final byte[] good = new NiftiFile(1, LITTLE, 4, 4, 4).voxels(4, 2, new double[64]).bytes();
		for (int i = 0; i < 300; i++) {
			final byte[] bad = good.clone();
			for (int k = 0; k < 1 + i % 8; k++)
				bad[40 + random.nextInt(308)] = (byte) random.nextInt();
			Files.write(file, bad);
			try {
				assertEquals(4, read(file).image().numDimensions());
			}
			catch (final FormatException e) {
				assertTrue(e.getMessage().contains("fuzz.nii"), e.getMessage());
			}
		}
	}
}
