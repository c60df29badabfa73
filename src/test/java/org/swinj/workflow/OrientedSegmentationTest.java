package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;

import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.swinj.data.Geometry;
import org.swinj.data.Orientation;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.data.VolumeWriter;
import org.swinj.model.TestModels;
import org.swinj.progress.Progress;
import org.swinj.result.LabelImage;

/**
 * One volume laid in the file in all 48 ways that its axes can be ordered and directed, its affine
 * with it, has the same label in every place of the body.
 */
class OrientedSegmentationTest {

	private static final int[][] ORDERS = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0,
		1 }, { 2, 1, 0 } };
	private static final int[] SIZE = { 22, 27, 18 };

	@TempDir
	private Path folder;

	/** A volume in RAS, a little oblique if asked for. */
	private static Volume anatomy(final double x, final double y, final double z,
		final double tilt)
	{
		final Random random = new Random(4);
		final float[] values = new float[SIZE[0] * SIZE[1] * SIZE[2]];
		for (int i = 0; i < values.length; i++)
			values[i] = -150 + 350 * random.nextFloat();
		final double c = Math.cos(tilt), s = Math.sin(tilt);
		final double[][] affine = { { c * x, -s * y, 0, -12.5 }, { s * x, c * y, 0, 30 }, { 0, 0, z, 7 }, {
			0, 0, 0, 1 } };
		return new Volume("anatomy", ArrayImgs.floats(values, SIZE[0], SIZE[1], SIZE[2], 1), new Geometry(
			new double[] { x, y, z }, "mm", affine));
	}

	/** The same volume with axis k of the file along axis {@code order[k]}, backwards by the signs. */
	private static Volume laid(final Volume volume, final int[] order, final int signs) {
		final long[] size = new long[4];
		final double[][] affine = new double[4][4];
		final double[][] old = volume.geometry().affine();
		final double[] spacing = new double[3];
		size[3] = 1;
		affine[3][3] = 1;
		for (int i = 0; i < 3; i++)
			affine[i][3] = old[i][3];
		for (int k = 0; k < 3; k++) {
			final int axis = order[k];
			final boolean back = (signs >> k & 1) == 1;
			size[k] = volume.size()[axis];
			spacing[k] = volume.geometry().spacing()[axis];
			for (int i = 0; i < 3; i++) {
				affine[i][k] = back ? -old[i][axis] : old[i][axis];
				if (back) affine[i][3] += (size[k] - 1) * old[i][axis];
			}
		}
		final float[] values = new float[(int) (size[0] * size[1] * size[2])];
		final RandomAccess<FloatType> source = volume.image().randomAccess();
		for (int n = 0; n < values.length; n++) {
			final long[] at = { n % size[0], n / size[0] % size[1], n / size[0] / size[1] };
			for (int k = 0; k < 3; k++)
				source.setPosition((signs >> k & 1) == 1 ? size[k] - 1 - at[k] : at[k], order[k]);
			values[n] = source.get().get();
		}
		return new Volume(volume.name(), ArrayImgs.floats(values, size), new Geometry(spacing, volume
			.geometry().unit(), affine));
	}

	private static float[] voxels(final Volume volume) {
		final float[] values = new float[SIZE[0] * SIZE[1] * SIZE[2]];
		int i = 0;
		for (final FloatType voxel : Views.flatIterable(volume.image()))
			values[i++] = voxel.get();
		return values;
	}

	@Test
	void everyLayingIsAnother() {
		final Volume volume = anatomy(1, 2, 3, 0);
		final TreeSet<String> affines = new TreeSet<>();
		for (final int[] order : ORDERS)
			for (int signs = 0; signs < 8; signs++)
				affines.add(Arrays.deepToString(laid(volume, order, signs).geometry().affine()));
		assertEquals(48, affines.size());
	}

	@ParameterizedTest
	@CsvSource({ "1.5, 1.5, 2, 0", "1.2, 1.2, 2, 0.2" })
	void everyLayingHasTheSameLabels(final double x, final double y, final double z,
		final double tilt) throws IOException
	{
		final Path model = folder.resolve("model");
		TestModels.tiny(3).write(model);
		final VolumeReader reader = new VolumeReader(Progress.silent());
		final Volume anatomy = anatomy(x, y, z, tilt);
		float[] expected = null;
		try (Segmenter segmenter = Segmenter.open(model, "cpu", "float32", Progress.silent())) {
			for (final int[] order : ORDERS)
				for (int signs = 0; signs < 8; signs++) {
					final Path file = folder.resolve("laid.nii"), result = folder.resolve("labels.nii");
					VolumeWriter.write(file, laid(anatomy, order, signs));
					final Volume source = reader.read(file);
					final LabelImage labels = LabelImage.of("laid", segmenter.segment(source, 0.25, false, false)
						.labels(), source.geometry());
					VolumeWriter.write(result, source.withImage(floats(labels)));
					final Volume written = reader.readLabels(result);
					for (int i = 0; i < 4; i++)
						assertArrayEquals(source.geometry().affine()[i], written.geometry().affine()[i], 1e-6);
					final float[] inRas = voxels(Orientation.toRas(written));
					if (expected == null) expected = inRas;
					assertArrayEquals(expected, inRas, () -> "order " + Arrays.toString(order));
				}
		}
		final TreeSet<Float> found = new TreeSet<>();
		for (final float label : expected)
			found.add(label);
		assertTrue(found.size() > 1, found.toString());
	}

	private static RandomAccessibleInterval<FloatType> floats(final LabelImage labels) {
		final int plane = labels.width() * labels.height();
		final float[] values = new float[plane * labels.slices()];
		for (int z = 0; z < labels.slices(); z++)
			for (int i = 0; i < plane; i++)
				values[z * plane + i] = labels.plane(z, 0)[i];
		return ArrayImgs.floats(values, labels.width(), labels.height(), labels.slices(), 1);
	}
}
