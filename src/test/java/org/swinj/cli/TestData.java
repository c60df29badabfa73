package org.swinj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import net.imglib2.img.array.ArrayImgs;

import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.data.VolumeWriter;

/** A small labelled data set: bright balls on a noisy ground. */
final class TestData {

	static final int EDGE = 32;

	private TestData() {}

	/** Writes cases named case_1, case_2 … as NIfTI into images and labels. */
	static Path write(final Path folder, final int cases) throws IOException {
		for (int i = 1; i <= cases; i++) {
			write(folder.resolve("images/case_" + i + ".nii.gz"), image(i));
			write(folder.resolve("labels/case_" + i + ".nii.gz"), labels(i));
		}
		return folder;
	}

	static void write(final Path file, final float[] voxels) throws IOException {
		write(file, voxels, EDGE, EDGE, EDGE, 1);
	}

	static void write(final Path file, final float[] voxels, final long... size) throws IOException {
		Files.createDirectories(file.getParent());
		final double[][] affine = { { -0.8, 0, 0, 10 }, { 0, 0.8, 0, 20 }, { 0, 0, 1.2, 30 }, { 0, 0, 0,
			1 } };
		VolumeWriter.write(file, new Volume("test", ArrayImgs.floats(voxels, size), new Geometry(
			new double[] { 0.8, 0.8, 1.2 }, "mm", affine)));
	}

	static float[] image(final int number) {
		final Random random = new Random(number);
		final float[] labels = labels(number);
		final float[] image = new float[labels.length];
		for (int i = 0; i < image.length; i++)
			image[i] = 100 + 300 * labels[i] + (float) (20 * random.nextGaussian());
		return image;
	}

	static float[] labels(final int number) {
		final int centre = 12 + 2 * (number % 4);
		final float[] labels = new float[EDGE * EDGE * EDGE];
		for (int i = 0; i < labels.length; i++) {
			final int x = i % EDGE - centre, y = i / EDGE % EDGE - 14, z = i / EDGE / EDGE - 18;
			labels[i] = x * x + y * y + z * z < 64 ? 1 : 0;
		}
		return labels;
	}
}
