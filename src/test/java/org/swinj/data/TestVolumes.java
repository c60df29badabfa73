package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import java.util.function.IntFunction;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Small volumes and how to compare them. */
final class TestVolumes {

	private TestVolumes() {}

	/** A volume whose i-th voxel (X fastest, then Y, Z, C) is given by a function. */
	static Volume of(final String name, final Geometry geometry, final IntFunction<Float> value,
		final long... size)
	{
		final float[] data = new float[(int) (size[0] * size[1] * size[2] * size[3])];
		for (int i = 0; i < data.length; i++)
			data[i] = value.apply(i);
		return new Volume(name, ArrayImgs.floats(data, size), geometry);
	}

	/** Whole numbers from 0 to below {@code limit}. */
	static Volume random(final long seed, final int limit, final Geometry geometry,
		final long... size)
	{
		final Random random = new Random(seed);
		return of("random", geometry, i -> (float) random.nextInt(limit), size);
	}

	static float[] voxels(final Volume volume) {
		final float[] voxels = new float[(int) Views.flatIterable(volume.image()).size()];
		int i = 0;
		for (final FloatType voxel : Views.flatIterable(volume.image()))
			voxels[i++] = voxel.get();
		return voxels;
	}

	/** Whole numbers as floats. */
	static RandomAccessibleInterval<FloatType> floats(
		final RandomAccessibleInterval<? extends RealType<?>> image)
	{
		return Converters.convert2(image, (in, out) -> out.set(in.getRealFloat()), FloatType::new);
	}

	static void assertSameVoxels(final Volume expected, final Volume actual) {
		assertArrayEquals(expected.image().dimensionsAsLongArray(), actual.image()
			.dimensionsAsLongArray());
		assertArrayEquals(voxels(expected), voxels(actual));
	}

	static void assertSameAffine(final double[][] expected, final double[][] actual,
		final double tolerance)
	{
		for (int i = 0; i < 4; i++)
			assertArrayEquals(expected[i], actual[i], tolerance);
	}
}
