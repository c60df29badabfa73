package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.progress.CancelledException;
import org.swinj.progress.RecordingProgress;

import net.imglib2.img.array.ArrayImgs;

class VolumeReaderTest {

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();
	private final VolumeReader reader = new VolumeReader(progress);

	private static String refusal(final Executable reading) {
		return assertThrows(FormatException.class, reading).getMessage();
	}

	private Path nifti(final String name, final double... values) throws IOException {
		return new NiftiFile(1, ByteOrder.LITTLE_ENDIAN, values.length, 1, 1).voxels(64, 8, values).write(
			folder.resolve(name));
	}

	@Test
	void voxelsThatAreNotFiniteBecomeTheSmallestFiniteValue() throws IOException {
		final Path file = nifti("a.nii", 3, Double.NaN, -7, Double.POSITIVE_INFINITY,
			Double.NEGATIVE_INFINITY, 1e300);
		assertArrayEquals(new float[] { 3, -7, -7, -7, -7, -7 }, TestVolumes.voxels(reader.read(file)));
		assertEquals(1, progress.warnings.size());
		assertTrue(progress.warnings.get(0).contains("4 of 6 voxels"), progress.warnings.get(0));
	}

	@Test
	void volumeWithoutAnyFiniteVoxelIsRefused() throws IOException {
		final Path file = nifti("a.nii", Double.NaN, Double.NaN);
		assertTrue(refusal(() -> reader.read(file)).contains("all 2"));
	}

	@Test
	void labelsMustBeWholeAndNotNegative() throws IOException {
		final double[] wrong = { Double.NaN, 0.5, -1, 1e9, Double.POSITIVE_INFINITY };
		final String[] words = { "NaN", "whole", "negative", "too large", "too large" };
		for (int i = 0; i < wrong.length; i++) {
			final Path file = nifti("l.nii", 0, 255, wrong[i]);
			final String sentence = refusal(() -> reader.readLabels(file));
			assertTrue(sentence.contains(words[i]) && sentence.contains("(2, 0, 0)"), sentence);
		}
		assertArrayEquals(new float[] { 0, 255, 1 << 24 }, TestVolumes.voxels(reader.readLabels(nifti(
			"l.nii", 0, 255, 1 << 24))));
	}

	@Test
	void labelsHaveOneChannel() throws IOException {
		final Path file = new NiftiFile(1, ByteOrder.LITTLE_ENDIAN, 1, 1, 1, 3).voxels(2, 1, 1, 2, 3)
			.write(folder.resolve("l.nii"));
		assertTrue(refusal(() -> reader.readLabels(file)).contains("3 channels"));
		assertArrayEquals(new long[] { 1, 1, 1, 3 }, reader.size(file));
	}

	@Test
	void whatCannotBeOpenedIsNamed() throws IOException {
		assertTrue(refusal(() -> reader.read(folder)).contains("is a folder"));
		final Path missing = folder.resolve("no such ü file.nii");
		assertTrue(refusal(() -> reader.read(missing)).contains("no such ü file.nii\" does not exist"));
		final Path other = Files.createFile(folder.resolve("a.czi"));
		final String sentence = refusal(() -> reader.read(other));
		assertTrue(sentence.contains(".czi") && sentence.contains(".nii.gz"), sentence);
		final Path bare = Files.createFile(folder.resolve("README"));
		assertTrue(refusal(() -> reader.read(bare)).contains("no extension"));
		assertTrue(refusal(() -> reader.size(bare)).contains("no extension"));
	}

	@Test
	void otherFormatsGoThroughTheFallback() throws IOException {
		final Path file = Files.createFile(folder.resolve("a.czi"));
		final VolumeReader withFallback = new VolumeReader(progress, path -> ArrayImgs.unsignedShorts(
			new short[] { 1, 2, 3, 4, 5, -1 }, 3, 1, 2));
		final Volume volume = withFallback.read(file);
		assertArrayEquals(new long[] { 3, 2, 1, 1 }, volume.image().dimensionsAsLongArray());
		assertArrayEquals(new float[] { 1, 2, 3, 4, 5, 65535 }, TestVolumes.voxels(volume));
		assertTrue(progress.warnings.get(0).contains("a.czi"));
		assertTrue(refusal(() -> new VolumeReader(progress, path -> ArrayImgs.bytes(2, 2, 2, 2)).read(
			file)).contains("4 axes"));
		assertTrue(refusal(() -> new VolumeReader(progress, path -> ArrayImgs.argbs(2, 2, 2)).read(file))
			.contains("colours"));
		assertTrue(refusal(() -> new VolumeReader(progress, path -> null).read(file)).contains(".czi"));
	}

	@Test
	void readingStopsWhenCancelled() throws IOException {
		final Path file = nifti("a.nii", 1, 2, 3);
		progress.cancelled = true;
		assertThrows(CancelledException.class, () -> reader.read(file));
	}

	@Test
	void timePointsOfOtherFilesAreOneVolume() throws IOException {
		assertEquals(1, reader.readFrames(nifti("a.nii", 1, 2)).size());
	}
}
