package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.progress.RecordingProgress;

/** Finding volumes without labels, and keeping them in memory. */
class UnlabelledFilesTest {

	@TempDir
	Path folder;

	@Test
	void takesTheImageFoldersOfADataSet() throws IOException {
		write("imagesTr/a.tif", 1);
		write("imagesTs/b.tif", 1);
		write("labelsTr/a.tif", 1);
		write("other.tif", 1);
		assertEquals(List.of("a.tif", "b.tif"), names(UnlabelledFiles.find(List.of(folder))));
	}

	@Test
	void takesAllVolumesButLabelsOfAPlainFolder() throws IOException {
		write("cells.tif", 1);
		write("nuclei_raw.tif", 1);
		write("nuclei_mask.tif", 1);
		Files.writeString(folder.resolve("notes.txt"), "");
		assertEquals(List.of("cells.tif", "nuclei_raw.tif"), names(UnlabelledFiles.find(List.of(
			folder))));
	}

	@Test
	void takesSingleFilesAsTheyAreAndOnce() throws IOException {
		final Path mask = write("nuclei_mask.tif", 1);
		final Path cells = write("cells.tif", 1);
		assertEquals(List.of(mask, cells), UnlabelledFiles.find(List.of(mask, folder, cells)));
	}

	@Test
	void saysWhereNothingWasFound() throws IOException {
		write("labelsTr/a.tif", 1);
		final FormatException empty = assertThrows(FormatException.class, () -> UnlabelledFiles.find(List
			.of(folder)));
		assertTrue(empty.getMessage().contains(folder.toString()), empty.getMessage());
		assertThrows(FormatException.class, () -> UnlabelledFiles.find(List.of(folder.resolve(
			"nowhere"))));
	}

	@Test
	void refusesVolumesOfDifferentChannels() throws IOException {
		final List<Path> files = List.of(write("a.tif", 1), write("b.tif", 2));
		final FormatException e = assertThrows(FormatException.class, () -> files(files, 1 << 20));
		assertTrue(e.getMessage().contains("b.tif") && e.getMessage().contains("2 channels"), e
			.getMessage());
	}

	@Test
	void keepsAsManyVolumesAsFit() throws IOException {
		final List<Path> paths = List.of(write("a.tif", 1), write("b.tif", 1), write("c.tif", 1));
		final long bytes = 4 * 6 * 5 * 4;
		final UnlabelledFiles all = files(paths, 3 * bytes);
		assertTrue(all.fits());
		final UnlabelledVolume first = all.open(0);
		all.open(1);
		all.open(2);
		assertSame(first, all.open(0));

		final UnlabelledFiles two = files(paths, 3 * bytes - 1);
		assertFalse(two.fits());
		final UnlabelledVolume a = two.open(0);
		final UnlabelledVolume b = two.open(1);
		assertSame(a, two.open(0));
		two.open(2); // b was not used for longest
		assertSame(a, two.open(0));
		assertNotSame(b, two.open(1));
	}

	@Test
	void theVolumeInUseIsReadWhateverTheLimit() throws IOException {
		final UnlabelledFiles files = files(List.of(write("a.tif", 1)), 1);
		assertEquals("a", files.open(0).name());
	}

	private UnlabelledFiles files(final List<Path> paths, final long limit) throws IOException {
		return new UnlabelledFiles(paths, Intensity.zScore(), limit, new RecordingProgress());
	}

	private Path write(final String name, final int channels) throws IOException {
		final Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		TiffWriter.write(file, TestVolumes.random(1, 200, Geometry.unknown(), 6, 5, 4, channels));
		return file;
	}

	private static List<String> names(final List<Path> files) {
		return files.stream().map(f -> f.getFileName().toString()).toList();
	}
}
