package org.swinj.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.swinj.data.Fingerprint;
import org.swinj.data.Geometry;
import org.swinj.data.Intensity;
import org.swinj.data.UnlabelledFiles;
import org.swinj.data.UnlabelledVolume;
import org.swinj.pretext.PretextSettings;
import org.swinj.pretext.TurnPlane;
import org.swinj.progress.Progress;

/**
 * The volumes of a pretraining, and what the first of them are like.
 *
 * @param files all volumes
 * @param sizes X, Y, Z of those looked at
 * @param geometries of those looked at
 * @param channels of every volume
 */
record UnlabelledVolumes(UnlabelledFiles files, List<long[]> sizes, List<Geometry> geometries,
	int channels)
{

	/** Decisions are made from so many volumes; reading all of a large set would take long. */
	private static final int LOOKED_AT = 16;

	/** Share of Java's memory for volumes. */
	private static final double MEMORY = 0.5;

	/** Finds the volumes and opens the first of them. */
	static UnlabelledVolumes look(final List<Path> data, final Intensity intensity,
		final Progress progress) throws IOException
	{
		final List<Path> found = UnlabelledFiles.find(data);
		progress.stage("Reading volumes");
		final UnlabelledFiles files = new UnlabelledFiles(found, intensity, (long) (MEMORY * Runtime
			.getRuntime().maxMemory()), progress);
		final List<long[]> sizes = new ArrayList<>();
		final List<Geometry> geometries = new ArrayList<>();
		files.check(LOOKED_AT);
		int channels = 0;
		for (int i = 0; i < Math.min(LOOKED_AT, files.count()); i++) {
			final UnlabelledVolume volume = files.open(i);
			sizes.add(Arrays.stream(volume.size()).asLongStream().toArray());
			geometries.add(volume.geometry());
			channels = volume.channels();
		}
		return new UnlabelledVolumes(files, List.copyOf(sizes), List.copyOf(geometries), channels);
	}

	/**
	 * The tasks with turns in a plane that crops and voxels allow, or without rotation if there is
	 * none, which is said.
	 *
	 * @throws IllegalArgumentException if no task is left
	 */
	PretextSettings possible(final PretextSettings wanted, final int[] patch,
		final Progress progress)
	{
		if (wanted.rotation() == 0) return wanted;
		final List<TurnPlane> fitting = planes(wanted.plane()).filter(p -> p.fits(patch)).toList();
		for (final TurnPlane plane : fitting)
			if (suited(plane) == geometries.size()) return wanted.withPlane(plane);
		for (final TurnPlane plane : fitting) {
			if (suited(plane) == 0) continue;
			progress.warn("Turns are not learned from volumes whose voxels are not square, which are "
				+ (geometries.size() - suited(plane)) + " of the first " + geometries.size() + ".");
			return wanted.withPlane(plane);
		}
		progress.warn("The rotation task is off: " + (fitting.isEmpty()
			? "crops are not square and cannot be turned."
			: "voxels are not square, so that their shape would give turns away."));
		return wanted.withTasks(wanted.inpainting(), wanted.contrast(), 0);
	}

	private static Stream<TurnPlane> planes(final TurnPlane wanted) {
		return wanted == TurnPlane.YZ ? Stream.of(wanted) : Stream.of(TurnPlane.XY_IF_SQUARE,
			TurnPlane.XZ_IF_SQUARE, TurnPlane.YZ_IF_SQUARE);
	}

	private long suited(final TurnPlane plane) {
		return geometries.stream().filter(plane::suits).count();
	}

	/** The volumes in plain words. */
	String describe() {
		return files.count() + (files.count() == 1 ? " volume" : " volumes") + " without labels, "
			+ channels + (channels == 1 ? " channel" : " channels");
	}

	/** What the volumes have in common, for planning; they keep their voxels. */
	Fingerprint fingerprint(final Intensity intensity) {
		return new Fingerprint(files.count(), spacing(), unit(), true, median(i -> Arrays.stream(sizes
			.get(i)).asDoubleStream().toArray()), 1, false, intensity, isOriented(),
			new boolean[3], -1, new double[0]);
	}

	/** Median voxel size along X, Y, Z. */
	double[] spacing() {
		return median(i -> geometries.get(i).spacing());
	}

	private double[] median(final IntFunction<double[]> numbers) {
		final double[] median = new double[3];
		for (int axis = 0; axis < 3; axis++) {
			final int a = axis;
			median[axis] = IntStream.range(0, sizes.size()).mapToDouble(i -> numbers.apply(i)[a]).sorted()
				.skip(sizes.size() / 2).findFirst().orElseThrow();
		}
		return median;
	}

	boolean isOriented() {
		return geometries.get(0).isOriented();
	}

	String unit() {
		return geometries.get(0).unit();
	}
}
