package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.img.Img;
import net.imglib2.img.ImgFactory;
import net.imglib2.img.array.ArrayImgFactory;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class ImageSourceTest {

	private static final long[] SIZE = { 9, 7, 5, 2 };

	@Test
	void everyKindOfImageIsReadAlikeWithZerosOutside() {
		final Random random = new Random(31);
		final Img<UnsignedShortType> voxels = new ArrayImgFactory<>(new UnsignedShortType()).create(
			SIZE);
		voxels.forEach(voxel -> voxel.set(1 + random.nextInt(65535)));
		final RandomAccessibleInterval<FloatType> lazy = Converters.convert(
			(RandomAccessibleInterval<UnsignedShortType>) voxels, (in, out) -> out.set(in.get()),
			new FloatType());
		final List<RandomAccessibleInterval<FloatType>> images = List.of(lazy, copy(lazy,
			new ArrayImgFactory<>(new FloatType())), copy(lazy, new PlanarImgFactory<>(new FloatType())),
			copy(lazy, new CellImgFactory<>(new FloatType(), 4)), Views.zeroMin(Views.invertAxis(Views
				.zeroMin(Views.invertAxis(lazy, 1)), 1)));
		for (int trial = 0; trial < 50; trial++) {
			final int[] window = { 1 + random.nextInt(8), 1 + random.nextInt(8), 1 + random.nextInt(8) };
			final long[] position = { random.nextInt(8) - 4, random.nextInt(10) - 4, random.nextInt(12) -
				4 };
			final float[] expected = expected(voxels, position, window);
			for (final RandomAccessibleInterval<FloatType> image : images) {
				final float[] target = new float[expected.length];
				Arrays.fill(target, -1);
				new ImageSource(image).read(position, window, target);
				assertArrayEquals(expected, target, image.getClass().getSimpleName());
			}
		}
	}

	@Test
	void sizeIsGivenSlowestAxisFirst() {
		final ImageSource source = new ImageSource(new ArrayImgFactory<>(new FloatType()).create(SIZE));
		assertArrayEquals(new long[] { 5, 7, 9 }, source.size());
		assertEquals(2, source.channels());
	}

	private static float[] expected(final Img<UnsignedShortType> voxels, final long[] position,
		final int[] window)
	{
		final float[] values = new float[2 * window[0] * window[1] * window[2]];
		int i = 0;
		for (int c = 0; c < 2; c++)
			for (long z = position[0]; z < position[0] + window[0]; z++)
				for (long y = position[1]; y < position[1] + window[1]; y++)
					for (long x = position[2]; x < position[2] + window[2]; x++) {
						final boolean inside = x >= 0 && y >= 0 && z >= 0 && x < 9 && y < 7 && z < 5;
						values[i++] = inside ? voxels.getAt(x, y, z, c).get() : 0;
					}
		return values;
	}

	private static Img<FloatType> copy(final RandomAccessibleInterval<FloatType> image,
		final ImgFactory<FloatType> factory)
	{
		final Img<FloatType> copy = factory.create(SIZE);
		LoopBuilder.setImages(image, copy).forEachPixel((in, out) -> out.set(in));
		return copy;
	}
}
