package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.RecordingProgress;

import ij.plugin.DICOM;

class DicomReaderTest {

	private static final String EXPLICIT = DicomBytes.EXPLICIT;

	@TempDir
	Path temporary;

	private final RecordingProgress progress = new RecordingProgress();

	private Path folder() {
		return temporary.resolve("head.1");
	}

	private Volume read(final Path source) throws IOException {
		return new VolumeReader(progress).read(source);
	}

	private String refusal(final Path source) {
		return assertThrows(FormatException.class, () -> read(source)).getMessage();
	}

	private static String at(final double x, final double y, final double z) {
		return x + "\\" + y + "\\" + z;
	}

	/** Slices at these heights, whose first voxel tells their number. */
	private void stack(final double... heights) throws IOException {
		for (int i = 0; i < heights.length; i++)
			DicomBytes.slice(EXPLICIT, at(10, 20, heights[i])).pixels(2, i, 0, 0, 0, 0, 0).write(folder()
				.resolve("s" + i + ".dcm"));
	}

	@ParameterizedTest
	@ValueSource(strings = { DicomBytes.IMPLICIT, DicomBytes.EXPLICIT, DicomBytes.BIG })
	void slicesAreSortedByTheirPlace(final String syntax) throws IOException {
		final double[] heights = { 7.5, 2.5, 5, 0, 10 };
		for (int i = 0; i < 5; i++)
			DicomBytes.slice(syntax, at(10, 20, heights[i])).text(0x00200013, "IS", "" + (9 - i)).pixels(2,
				i, -1, 300, -300, 32767, -32768).write(folder().resolve(i + ".dcm"));
		for (final Path source : List.of(folder(), folder().resolve("3.dcm"))) {
			final Volume volume = read(source);
			assertEquals("head.1", volume.name());
			assertArrayEquals(new long[] { 3, 2, 5, 1 }, volume.image().dimensionsAsLongArray());
			final float[] voxels = TestVolumes.voxels(volume);
			final int[] order = { 3, 1, 2, 0, 4 };
			for (int z = 0; z < 5; z++)
				assertArrayEquals(new float[] { order[z], -1, 300, -300, 32767, -32768 }, Arrays.copyOfRange(
					voxels, 6 * z, 6 * z + 6));
			TestVolumes.assertSameAffine(new double[][] { { -0.5, 0, 0, -10 }, { 0, -0.75, 0, -20 }, { 0, 0,
				2.5, 0 }, { 0, 0, 0, 1 } }, volume.geometry().affine(), 1e-12);
			assertEquals("mm", volume.geometry().unit());
		}
		assertArrayEquals(new long[] { 3, 2, 5, 1 }, new VolumeReader(progress).size(folder()));
		assertTrue(progress.warnings.isEmpty(), progress.warnings.toString());
	}

	@Test
	void obliqueSlicesFollowTheirNormal() throws IOException {
		// rows run along (0, 0.6, -0.8), columns along (-1, 0, 0), so the normal is (0, 0.8, 0.6)
		for (int i = 0; i < 3; i++)
			DicomBytes.slice(EXPLICIT, at(5, 1 - 1.6 * i, 2 - 1.2 * i)).text(0x00200037, "DS",
				"0\\0.6\\-0.8\\-1\\0\\0").pixels(2, i, 0, 0, 0, 0, 0).write(folder().resolve(i + ".dcm"));
		final Volume volume = read(folder());
		assertEquals(2, volume.image().getAt(0, 0, 0, 0).get());
		TestVolumes.assertSameAffine(new double[][] { { 0, 0.75, 0, -5 }, { -0.3, 0, -1.6, 2.2 }, { -0.4,
			0, 1.2, -0.4 }, { 0, 0, 0, 1 } }, volume.geometry().affine(), 1e-12);
		assertTrue(progress.warnings.isEmpty(), progress.warnings.toString());
	}

	@Test
	void scalingIsThatOfEachSlice() throws IOException {
		for (int i = 0; i < 2; i++)
			DicomBytes.slice(EXPLICIT, at(0, 0, i)).text(0x00281053, "DS", i == 0 ? "2" : "0.5").text(
				0x00281052, "DS", "-1024").write(folder().resolve(i + ".dcm"));
		assertArrayEquals(new float[] { -1024, -1022, -1020, -1018, -1016, -1034, -1024, -1023.5f, -1023,
			-1022.5f, -1022, -1026.5f }, TestVolumes.voxels(read(folder())));
	}

	@Test
	void onlyStoredBitsCount() throws IOException {
		final double[] raw = { 0xf001, 0x0fff, 0x0800, 0xf7ff, 0x8000, 0x0123 };
		final DicomBytes slice = DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280101, 12).number(
			0x00280102, 11).pixels(2, raw);
		slice.write(folder().resolve("a.dcm"));
		assertArrayEquals(new float[] { 1, -1, -2048, 2047, 0, 0x123 }, TestVolumes.voxels(read(
			folder())));
		slice.number(0x00280103, 0).write(folder().resolve("a.dcm"));
		assertArrayEquals(new float[] { 1, 4095, 2048, 2047, 0, 0x123 }, TestVolumes.voxels(read(
			folder())));
		slice.number(0x00280102, 15).write(folder().resolve("a.dcm"));
		assertArrayEquals(new float[] { 0xf00, 0xff, 0x80, 0xf7f, 0x800, 0x12 }, TestVolumes.voxels(read(
			folder())));
	}

	@Test
	void otherWidthsOfVoxelsAreRead() throws IOException {
		final DicomBytes slice = DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280100, 8).number(
			0x00280101, 8).number(0x00280102, 7).number(0x00280103, 0).pixels(1, 0, 127, 128, 255, 1, 2);
		slice.write(folder().resolve("a.dcm"));
		assertArrayEquals(new float[] { 0, 127, 128, 255, 1, 2 }, TestVolumes.voxels(read(folder())));
		slice.number(0x00280100, 32).number(0x00280101, 32).number(0x00280102, 31).pixels(4, 0,
			4294967295.0, 2147483648.0, 3, 4, 5).write(folder().resolve("a.dcm"));
		assertArrayEquals(new float[] { 0, 4294967295f, 2147483648f, 3, 4, 5 }, TestVolumes.voxels(read(
			folder())));
	}

	/** ImageJ's own reader is an independent witness where it needs no menu command for the slope. */
	@ParameterizedTest
	@CsvSource({ "1,1,0", "1,1,-1024", "0,1,-1000" })
	void valuesAreThoseOfImageJ(final int signed, final String slope, final String inter)
		throws IOException
	{
		final Path file = DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280103, signed).text(
			0x00281053, "DS", slope).text(0x00281052, "DS", inter).pixels(2, 0, 1, 2000, 30000, 77, signed
				* -900).write(folder().resolve("a.dcm"));
		final DICOM image = new DICOM();
		image.open(file.toString());
		assertEquals(3, image.getWidth());
		final float[] voxels = TestVolumes.voxels(read(folder()));
		for (int i = 0; i < 6; i++)
			assertEquals(image.getCalibration().getCValue(image.getProcessor().getf(i)), voxels[i], 1e-3);
	}

	@ParameterizedTest
	@ValueSource(strings = { DicomBytes.IMPLICIT, DicomBytes.EXPLICIT, DicomBytes.BIG })
	void nestedElementsArePassed(final String syntax) throws IOException {
		final DicomBytes slice = DicomBytes.slice(syntax, at(1, 2, 3));
		final byte[] place = slice.element(0x00200032, "DS", "9\\9\\9 ".getBytes(), 6);
		final byte[] end = slice.element(0xfffee00d, "", new byte[0], 0);
		final byte[] stop = slice.element(0xfffee0dd, "", new byte[0], 0);
		final byte[] open = DicomBytes.join(slice.element(0xfffee000, "", new byte[0], -1), place, end);
		final byte[] closed = slice.element(0xfffee000, "", place, place.length);
		final byte[] inner = DicomBytes.join(open, closed, stop);
		final byte[] outer = DicomBytes.join(slice.element(0xfffee000, "", new byte[0], -1), slice
			.element(0x00081140, "SQ", inner, -1), end, stop);
		slice.undefined(0x00081111, "SQ", outer);
		slice.put(0x00209116, "SQ", DicomBytes.join(open, closed));
		slice.write(folder().resolve("a.dcm"));
		assertEquals(3, read(folder()).geometry().affine()[2][3]);
	}

	@Test
	void unknownSequencesAreCodedWithoutTypes() throws IOException {
		final DicomBytes plain = new DicomBytes(DicomBytes.IMPLICIT);
		final byte[] inside = DicomBytes.join(plain.element(0xfffee000, "", new byte[0], -1), plain
			.element(0x00091001, "", new byte[] { 1, 2 }, 2), plain.element(0xfffee00d, "", new byte[0], 0), plain
				.element(0xfffee0dd, "", new byte[0], 0));
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).undefined(0x00091000, "UN", inside).write(folder()
			.resolve("a.dcm"));
		assertEquals(-5, read(folder()).image().getAt(2, 1, 0, 0).get());
	}

	@Test
	void missingSlicesAreCounted() throws IOException {
		stack(0, 2, 4, 10, 12, 14);
		final String sentence = refusal(folder());
		assertTrue(sentence.contains("lacks 2 of 8 slices") && sentence.contains("6.000 mm"), sentence);
	}

	@Test
	void unevenStepsAreRefusedOrTold() throws IOException {
		stack(0, 2, 4, 6.5, 8.5);
		assertTrue(refusal(folder()).contains("from 2.000 to 2.500 mm"));
		stack(0, 2, 4, 6.05, 8.05);
		assertEquals(8.05 / 4, read(folder()).geometry().spacing()[2], 1e-12);
		assertTrue(progress.warnings.get(0).contains("from 2.000 to 2.050 mm"), progress.warnings.get(0));
	}

	@Test
	void slicesAtTheSamePlaceAreRefused() throws IOException {
		stack(0, 2, 2, 4, 4);
		assertTrue(refusal(folder()).contains("holds 2 slices more than once"));
	}

	@Test
	void gantryTiltIsToldWithItsAngle() throws IOException {
		for (int i = 0; i < 4; i++)
			DicomBytes.slice(EXPLICIT, at(0, 3 * i * Math.tan(Math.toRadians(15)), 3 * i)).write(folder()
				.resolve(i + ".dcm"));
		final Geometry geometry = read(folder()).geometry();
		assertTrue(progress.warnings.get(0).contains("15.0°"), progress.warnings.toString());
		assertEquals(3, geometry.affine()[2][2], 1e-12);
		assertEquals(-3 * Math.tan(Math.toRadians(15)), geometry.affine()[1][2], 1e-12);
	}

	@Test
	void slicesThatJumpAsideAreRefused() throws IOException {
		stack(0, 2, 4, 6);
		DicomBytes.slice(EXPLICIT, at(10, 21, 4)).write(folder().resolve("s2.dcm"));
		final String sentence = refusal(folder());
		assertTrue(sentence.contains("s2.dcm") && sentence.contains("1.000 mm"), sentence);
	}

	@Test
	void mixedSeriesAreCountedAndOneFileChooses() throws IOException {
		stack(0, 2, 4);
		for (int i = 0; i < 2; i++)
			DicomBytes.slice(EXPLICIT, at(0, 0, i)).text(0x0020000e, "UI", "7.8").write(folder().resolve(
				"other" + i + ".dcm"));
		final String sentence = refusal(folder());
		assertTrue(sentence.contains("2 DICOM series") && sentence.contains("3 slices of 1.2.3")
			&& sentence.contains("2 slices of 7.8"), sentence);
		assertEquals(3, read(folder().resolve("s1.dcm")).size()[2]);
		assertEquals(2, read(folder().resolve("other1.dcm")).size()[2]);
	}

	@Test
	void slicesMustBeAlike() throws IOException {
		stack(0, 2, 4);
		final Path other = folder().resolve("t.dcm");
		DicomBytes.slice(EXPLICIT, at(10, 20, 6)).number(0x00280010, 3).number(0x00280011, 2).write(
			other);
		assertTrue(refusal(folder()).contains("3×2 and of 2×3"));
		DicomBytes.slice(EXPLICIT, at(10, 20, 6)).text(0x00280030, "DS", "0.75\\0.6").write(other);
		assertTrue(refusal(folder()).contains("0.5 × 0.75 mm and of 0.6 × 0.75 mm"));
		DicomBytes.slice(EXPLICIT, at(10, 20, 6)).text(0x00200037, "DS", "0\\1\\0\\0\\0\\1").write(other);
		assertTrue(refusal(folder()).contains("different orientation"));
	}

	@Test
	void withoutPlacesTheNumbersDecide() throws IOException {
		for (int i = 0; i < 3; i++)
			DicomBytes.slice(EXPLICIT, "").remove(0x00200032).text(0x00200013, "IS", "" + (12 - i)).text(
				0x00180050, "DS", "4").pixels(2, i, 0, 0, 0, 0, 0).write(folder().resolve(i + ".dcm"));
		final Volume volume = read(folder());
		assertFalse(volume.geometry().isOriented());
		assertArrayEquals(new double[] { 0.5, 0.75, 4 }, volume.geometry().spacing());
		assertEquals(2, volume.image().getAt(0, 0, 0, 0).get());
		assertTrue(progress.warnings.get(0).contains("instance numbers"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.5",
		"1.2.840.10008.1.2.1.99" })
	void compressedVoxelsAreRefused(final String syntax) throws IOException {
		DicomBytes.slice(syntax, at(0, 0, 0)).write(folder().resolve("a.dcm"));
		assertTrue(refusal(folder()).contains("compressed (transfer syntax " + syntax));
	}

	@Test
	void voxelsThatAreNoSliceOfGreyLevelsAreRefused() throws IOException {
		final Path file = folder().resolve("a.dcm");
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280002, 3).text(0x00280004, "CS", "RGB").write(
			file);
		assertTrue(refusal(folder()).contains("colours (RGB)"));
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).text(0x00280008, "IS", "12").write(file);
		assertTrue(refusal(folder()).contains("12 frames"));
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280100, 12).write(file);
		assertTrue(refusal(folder()).contains("12 bits"));
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280102, 16).write(file);
		assertTrue(refusal(folder()).contains("16 of 16 count"));
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280010, 0).write(file);
		assertTrue(refusal(folder()).contains("3×0"));
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).remove(0x00280011).write(file);
		assertTrue(refusal(folder()).contains("lacks the entry (0028,0011)"));
		DicomBytes.slice(EXPLICIT, "1\\2").write(file);
		assertTrue(refusal(folder()).contains("(0020,0032)"));
		DicomBytes.slice(EXPLICIT, "1\\2\\x").write(file);
		assertTrue(refusal(folder()).contains("1\\2\\x"));
	}

	@Test
	void truncatedAndHostileFilesAreRefused() throws IOException {
		final byte[] whole = DicomBytes.slice(EXPLICIT, at(0, 0, 0)).bytes();
		Files.createDirectories(folder());
		final Path file = folder().resolve("a.dcm");
		Files.write(file, Arrays.copyOf(whole, whole.length - 5));
		assertTrue(refusal(folder()).contains("7 of 12 bytes"));
		for (int length = 140; length < whole.length - 24; length += 7) {
			Files.write(file, Arrays.copyOf(whole, length));
			final String sentence = refusal(folder());
			assertTrue(sentence.contains("truncated") || sentence.contains("no DICOM image") || sentence
				.contains("lacks"), length + ": " + sentence);
		}
		DicomBytes.slice(EXPLICIT, at(0, 0, 0)).number(0x00280010, 65535).number(0x00280011, 65535).write(
			file);
		assertTrue(refusal(folder()).contains("12 of 8589672450 bytes"));
		final DicomBytes long1 = new DicomBytes(DicomBytes.IMPLICIT);
		Files.write(file, DicomBytes.join(long1.bytes(), long1.element(0x00200032, "", new byte[10],
			0x7fffffff)));
		assertTrue(refusal(folder()).contains("2147483647 bytes"));
		byte[] deep = new byte[0];
		for (int i = 0; i < 200; i++)
			deep = DicomBytes.join(long1.element(0x00091000, "", new byte[0], -1), long1.element(0xfffee000,
				"", new byte[0], -1), deep);
		Files.write(file, DicomBytes.join(long1.bytes(), deep));
		assertTrue(refusal(folder()).contains("deep"));
	}

	@Test
	void foldersAndFilesWithoutExtensionAreFound() throws IOException {
		stack(0, 1, 2);
		for (int i = 0; i < 3; i++)
			Files.move(folder().resolve("s" + i + ".dcm"), folder().resolve("IM" + i));
		Files.writeString(folder().resolve("README.md"), "text");
		Files.writeString(folder().resolve("DICOMDIR"), "index");
		assertTrue(VolumeFormat.isVolume(folder()));
		assertEquals(3, read(folder()).size()[2]);
		assertEquals(3, read(folder().resolve("IM1")).size()[2]);
		assertEquals(List.of(folder()), VolumeFormat.volumes(temporary));
		assertEquals(List.of(folder()), VolumeFormat.volumes(folder()));
		assertFalse(VolumeFormat.isVolume(temporary));
		assertFalse(VolumeFormat.isVolume(folder().resolve("s0.dcm")), "a slice is no volume");
		Files.writeString(temporary.resolve("text.dcm"), "not an image");
		assertTrue(refusal(temporary.resolve("text.dcm")).contains("not DICOM"));
		assertTrue(refusal(temporary).contains("no DICOM image"));
	}

	@Test
	void foldersOfSlicesAreCasesOfADataSet() throws IOException {
		for (final String name : List.of("images/p.1", "images/p.2", "labels/p.1"))
			for (int i = 0; i < 3; i++)
				DicomBytes.slice(EXPLICIT, at(0, 0, i)).pixels(2, 0, 0, 1, 1, 0, 0).write(temporary.resolve(
					name).resolve(String.format(Locale.ROOT, "%d.dcm", i)));
		final Volume labels = TestVolumes.of("l", Geometry.of("mm", 0.5, 0.75, 1), i -> i % 2f, 3, 2, 3,
			1);
		NiftiWriter.write(temporary.resolve("labels/p.2.nii.gz"), labels);
		final Dataset dataset = Dataset.open(temporary, progress);
		assertEquals(List.of("p.1", "p.2"), dataset.cases().stream().map(Case::id).toList());
		assertEquals(List.of(0, 1), dataset.labels().values());
		assertEquals(temporary.resolve("labels/p.2.nii.gz"), dataset.cases().get(1).labels());
		assertTrue(Files.isDirectory(dataset.cases().get(1).image()));
	}
}
