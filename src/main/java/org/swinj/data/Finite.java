package org.swinj.data;

import net.imglib2.Cursor;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.swinj.progress.Progress;

/** Replaces NaN and infinite voxels, which no network survives, by the smallest finite value. */
final class Finite {

	private Finite() {}

	/** @throws FormatException if a voxel of the volume is NaN or infinite */
	static void require(final Volume volume, final Progress progress) throws FormatException {
		long bad = 0, all = 0;
		String first = "";
		final Cursor<FloatType> cursor = Views.flatIterable(volume.image()).localizingCursor();
		while (cursor.hasNext()) {
			if (!Float.isFinite(cursor.next().get()) && bad++ == 0) first = "(" + cursor.getLongPosition(
				0) + ", " + cursor.getLongPosition(1) + ", " + cursor.getLongPosition(2) + ")";
			if ((++all & 0x3fffff) == 0) progress.checkCancelled();
		}
		if (bad > 0) throw new FormatException("Volume \"" + volume.name() + "\" has " + bad + " of " + all
			+ " voxels that are NaN or infinite, the first at " + first
			+ ": repair it, or allow replace_nan to use its smallest value for them.");
	}

	/**
	 * Repairs a volume in memory by its smallest finite value.
	 *
	 * @throws FormatException if no voxel is finite
	 */
	static void repair(final Volume volume, final Progress progress) throws FormatException {
		final float min = substitute(volume, progress);
		if (Float.isNaN(min)) return;
		for (final FloatType voxel : Views.flatIterable(volume.image()))
			if (!Float.isFinite(voxel.get())) voxel.set(min);
	}

	/**
	 * The smallest finite value of a volume that has other ones, which is told.
	 *
	 * @return NaN if all voxels are finite
	 * @throws FormatException if none is
	 */
	static float substitute(final Volume volume, final Progress progress) throws FormatException {
		long bad = 0, all = 0;
		float min = Float.POSITIVE_INFINITY;
		for (final FloatType voxel : Views.flatIterable(volume.image())) {
			final float v = voxel.get();
			if (!Float.isFinite(v)) bad++;
			else if (v < min) min = v;
			if ((++all & 0x3fffff) == 0) progress.checkCancelled();
		}
		if (bad == 0) return Float.NaN;
		if (bad == all) throw new FormatException("Volume \"" + volume.name() +
			"\" has no finite voxel: all " + all + " are NaN or infinite.");
		progress.warn("Volume \"" + volume.name() + "\" has " + bad + " of " + all +
			" voxels that are NaN or infinite; its smallest value " + min + " was used for them.");
		return min;
	}
}
