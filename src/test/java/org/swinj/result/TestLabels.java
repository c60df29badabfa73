package org.swinj.result;

import java.util.List;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.img.array.ArrayImg;

import org.swinj.data.Geometry;
import org.swinj.data.Volume;

/** Small label images and classes. */
final class TestLabels {

	static final LabelClasses CLASSES = new LabelClasses(List.of(new LabelClass(1, "liver", 0xff0000),
		new LabelClass(2, "tumour", 0x00c0ff)));

	private TestLabels() {}

	/** The label or the intensity of a voxel. */
	interface Voxel {

		double at(int x, int y, int z);
	}

	static LabelImage of(final Geometry geometry, final int width, final int height, final int slices,
		final Voxel label)
	{
		final ArrayImg<UnsignedShortType, ?> image = ArrayImgs.unsignedShorts(width, height, slices);
		final var cursor = image.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			cursor.get().set((int) label.at(cursor.getIntPosition(0), cursor.getIntPosition(1), cursor
				.getIntPosition(2)));
		}
		return LabelImage.of("scan.nii.gz", image, geometry);
	}

	/** A volume of one channel. */
	static Volume volume(final Geometry geometry, final int width, final int height, final int slices,
		final Voxel intensity)
	{
		final float[] data = new float[width * height * slices];
		for (int i = 0; i < data.length; i++)
			data[i] = (float) intensity.at(i % width, i / width % height, i / width / height);
		return new Volume("scan", ArrayImgs.floats(data, width, height, slices, 1), geometry);
	}

	/** Voxels whose centre is in a ball, with all lengths in the unit of the voxel size. */
	static Voxel ball(final double[] center, final double radius, final double... spacing) {
		return (x, y, z) -> Math.hypot(Math.hypot(x * spacing[0] - center[0], y * spacing[1] -
			center[1]), z * spacing[2] - center[2]) <= radius ? 1 : 0;
	}

	/** Voxels of a label in a plane. */
	static int count(final LabelImage labels, final int label, final int z, final int t) {
		int count = 0;
		for (final short each : labels.plane(z, t))
			if ((each & 0xffff) == label) count++;
		return count;
	}
}
