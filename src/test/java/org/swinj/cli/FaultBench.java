package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import java.util.stream.Stream;

import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.model.TestModels;
import org.swinj.progress.Progress;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ImageProcessor;

/**
 * A folder with a model, an earlier label image and an earlier model, and the commands that are
 * given bad input there. A refusal must be one sentence and leave all of them as they were.
 */
final class FaultBench {

	final Path folder;
	final Path model;

	/** Where labels go. */
	final Path labels;

	/** Where models go. */
	final Path trained;

	FaultBench(final Path folder) throws IOException {
		this.folder = folder;
		model = folder.resolve("model.zip");
		labels = folder.resolve("results/labels.nii.gz");
		trained = folder.resolve("trained.zip");
		TestModels.tiny(3).write(model);
		TestData.write(labels, TestData.labels(7));
		TestModels.tiny(4).write(trained);
	}

	Shell segment(final Path input, final String... more) {
		return run(List.of("segment", "input=" + input, "model=" + model, "output=" + labels,
			"rois=false", "table=false", "device=cpu", "precision=float32"), more);
	}

	Shell fineTune(final Path data, final String... more) {
		return run(List.of("fine-tune", "data=" + data, "output=" + trained, "steps=1", "batch=1",
			"feature_size=12", "patch=32", "validation=0", "device=cpu", "precision=float32"), more);
	}

	Shell pretrain(final Path data, final String... more) {
		return run(List.of("pretrain", "data=" + data, "output=" + trained, "steps=1", "batch=2",
			"feature_size=12", "patch=32", "device=cpu", "precision=float32"), more);
	}

	private static Shell run(final List<String> first, final String... more) {
		final List<String> all = new ArrayList<>();
		for (final String argument : first) {
			final String key = argument.substring(0, argument.indexOf('=') + 1);
			if (key.isEmpty() || Arrays.stream(more).noneMatch(m -> m.startsWith(key))) all.add(argument);
		}
		all.addAll(List.of(more));
		return Shell.run(all.toArray(String[]::new));
	}

	void refusesToSegment(final Path input, final String words, final String... more)
		throws IOException
	{
		final Map<Path, byte[]> before = earlier();
		refused(segment(input, more), words, before);
	}

	void refusesToTrain(final Path data, final String words, final String... more)
		throws IOException
	{
		final Map<Path, byte[]> before = earlier();
		refused(fineTune(data, more), words, before);
	}

	void refusesToPretrain(final Path data, final String words, final String... more)
		throws IOException
	{
		final Map<Path, byte[]> before = earlier();
		refused(pretrain(data, more), words, before);
	}

	private void refused(final Shell shell, final String words, final Map<Path, byte[]> before)
		throws IOException
	{
		assertRefused(shell, words);
		final Map<Path, byte[]> after = earlier();
		assertEquals(before.keySet(), after.keySet(), "no file is lost or left behind");
		for (final Map.Entry<Path, byte[]> file : before.entrySet())
			assertArrayEquals(file.getValue(), after.get(file.getKey()), file.getKey() + " was changed");
	}

	/** One sentence on stderr and in the JSON, and no stack trace. */
	static void assertRefused(final Shell shell, final String words) {
		assertTrue(shell.code == 1 || shell.code == 2, shell.code + " " + shell.out + shell.err);
		final String sentence = shell.json().get("message").getAsString();
		assertTrue(sentence.contains(words), sentence);
		assertTrue(sentence.endsWith(".") && !sentence.contains("Exception"), sentence);
		assertFalse(shell.err.contains("\tat ") || shell.err.contains("  at "), shell.err);
	}

	static void assertDone(final Shell shell, final String... warnings) {
		assertEquals(0, shell.code, shell.err);
		for (final String warning : warnings)
			assertTrue(shell.err.contains(warning), shell.err);
	}

	/** The files of the folder of this bench itself, and the labels. */
	private Map<Path, byte[]> earlier() throws IOException {
		final Map<Path, byte[]> files = new TreeMap<>();
		for (final Path place : List.of(folder, labels.getParent()))
			try (Stream<Path> entries = Files.list(place)) {
				for (final Path file : entries.filter(Files::isRegularFile).toList())
					files.put(file, Files.readAllBytes(file));
			}
		return files;
	}

	/** The labels that were written, and that they cover a volume of this size. */
	float[] written(final long... size) throws IOException {
		return read(labels, size);
	}

	static float[] read(final Path file, final long... size) throws IOException {
		final Volume volume = new VolumeReader(Progress.silent()).readLabels(file);
		assertArrayEquals(size, volume.size());
		final float[] voxels = new float[(int) (size[0] * size[1] * size[2])];
		int i = 0;
		for (final var voxel : net.imglib2.view.Views.flatIterable(volume.image()))
			voxels[i++] = voxel.get();
		return voxels;
	}

	/** A data set of one case. */
	Path data(final String name, final float[] image, final float[] someLabels, final long... size)
		throws IOException
	{
		final Path data = folder.resolve(name);
		final long[] edges = size.length == 0 ? new long[] { 32, 32, 32 } : size;
		TestData.write(data.resolve("images/a.nii.gz"), image, edges[0], edges[1], edges[2], 1);
		TestData.write(data.resolve("labels/a.nii.gz"), someLabels, edges[0], edges[1], edges[2], 1);
		return data;
	}

	/** Saved as ImageJ does. */
	Path tiff(final String name, final ImagePlus image) {
		final Path file = folder.resolve(name);
		assertTrue(file.getParent().toFile().isDirectory() || file.getParent().toFile().mkdirs());
		assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
		return file;
	}

	/** An image of intensities that depend on the place. */
	static ImagePlus image(final int bits, final int width, final int height, final int channels,
		final int slices, final int frames)
	{
		final ImagePlus image = IJ.createHyperStack("h", width, height, channels, slices, frames, bits);
		for (int n = 1; n <= image.getStackSize(); n++) {
			final ImageProcessor plane = image.getStack().getProcessor(n);
			for (int i = 0; i < plane.getPixelCount(); i++)
				plane.setf(i, (31 * i + 17 * n + i * n) % 251);
		}
		return image;
	}
}
