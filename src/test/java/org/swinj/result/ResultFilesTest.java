package org.swinj.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.data.Geometry;
import org.swinj.data.ShortPlanes;
import org.swinj.data.Volume;
import org.swinj.progress.Progress;

class ResultFilesTest {

	private static final int WIDTH = 12, HEIGHT = 9, DEPTH = 5;

	@TempDir
	Path folder;

	private void write(final ShortPlanes planes, final Path target) throws IOException {
		for (int z = 0; z < DEPTH; z++) {
			final short[] plane = new short[WIDTH * HEIGHT];
			for (int i = 0; i < plane.length; i++)
				plane[i] = (short) ((i * 7 + z) % 3);
			planes.put(z, plane);
		}
		final Volume source = new Volume("a", ArrayImgs.floats(WIDTH, HEIGHT, DEPTH, 1), Geometry.of("mm", 1, 2,
			3));
		final LabelImage labels = LabelImage.of("a", planes.image(), source.geometry());
		final ResultFiles files = new ResultFiles(labels, TestLabels.CLASSES, List.of(new SegmentedFrame(source,
			null)), target, Progress.silent());
		files.writeLabels();
		files.writeTable();
		files.writeRois(null);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".tif", ".nii", ".nii.gz" })
	void labelsOnDiskGiveTheSameFilesAsLabelsInMemory(final String extension) throws IOException {
		Files.createDirectories(folder.resolve("memory"));
		Files.createDirectories(folder.resolve("disk"));
		write(ShortPlanes.inMemory(WIDTH, HEIGHT, DEPTH), folder.resolve("memory/a" + extension));
		write(ShortPlanes.onDisk(WIDTH, HEIGHT, DEPTH), folder.resolve("disk/a" + extension));
		for (final String name : List.of("a" + extension, "a" + ResultFiles.TABLE))
			assertEquals(-1, Files.mismatch(folder.resolve("memory").resolve(name), folder.resolve("disk").resolve(
				name)), name);
	}
}
