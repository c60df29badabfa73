package org.swinj.data;

import java.util.HashSet;
import java.util.Set;

import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/** Tells labels from intensities by their voxels. */
final class LabelContent {

	private static final int FEW = 32;

	private LabelContent() {}

	/** Whether all voxels are whole numbers of at most 32 different values, none negative. */
	static boolean isLikely(final Volume volume) {
		if (volume.channels() != 1) return false;
		final Set<Float> values = new HashSet<>();
		float last = Float.NaN;
		for (final FloatType voxel : Views.flatIterable(volume.image())) {
			final float v = voxel.get();
			if (v == last) continue;
			if (!(v >= 0 && v == Math.rint(v))) return false;
			values.add(v);
			if (values.size() > FEW) return false;
			last = v;
		}
		return true;
	}
}
