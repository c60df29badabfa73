package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.fuzz.Fuzz;
import org.swinj.fuzz.Seed;
import org.swinj.progress.Progress;

/** Damaged volumes of every format are read or refused, quickly and within little memory. */
class VolumeMutationTest {

	/** Buffers of gzip and of the file, a megabyte of voxels at a time, for three readings. */
	private static final long BUFFERS = 2 << 20;

	/** The HDF5 library makes objects and copies of each chunk, also of those that are missing. */
	private static final long HDF5_LIBRARY = 64 << 20;

	@TempDir
	Path folder;

	private final VolumeReader reader = new VolumeReader(Progress.silent());

	/** One way to read a file; the volumes that come out. */
	private interface Reading {

		List<Volume> read(Path file) throws IOException;
	}

	private void fuzz(final String parser, final long allowance, final List<Seed> seeds,
		final Reading... readings) throws IOException, InterruptedException
	{
		new Fuzz(parser, FormatException.class, allowance, seeds).run(folder, file -> readAll(file,
			readings));
	}

	/** Reads in all ways; refuses if nothing comes out. */
	private static long readAll(final Path file, final Reading... readings) throws IOException {
		long bytes = 0;
		FormatException refused = null;
		for (final Reading reading : readings)
			try {
				for (final Volume volume : reading.read(file))
					bytes += touch(volume);
			}
			catch (final FormatException e) {
				refused = e;
			}
		if (bytes == 0 && refused != null) throw refused;
		return bytes;
	}

	private static long touch(final Volume volume) {
		double sum = 0;
		for (final FloatType voxel : Views.flatIterable(volume.image()))
			sum += voxel.get();
		return 4 * Views.flatIterable(volume.image()).size() + (Double.isNaN(sum) ? 1 : 0);
	}

	/** The size by the header is that of what is read. */
	private List<Volume> image(final Path file) throws IOException {
		final long[] size = reader.size(file);
		final Volume volume = reader.read(file);
		assertArrayEquals(size, volume.image().dimensionsAsLongArray());
		return List.of(volume);
	}

	private List<Volume> labels(final Path file) throws IOException {
		return List.of(reader.readLabels(file));
	}

	@Test
	void nifti() throws IOException, InterruptedException {
		fuzz("nifti", BUFFERS, VolumeSeeds.nifti(), this::image, this::labels);
	}

	@Test
	void tiff() throws IOException, InterruptedException {
		fuzz("tiff", BUFFERS, VolumeSeeds.tiff(folder), this::image, reader::readFrames);
	}

	@Test
	void nrrd() throws IOException, InterruptedException {
		fuzz("nrrd", BUFFERS, VolumeSeeds.nrrd(folder), this::image, this::labels);
	}

	@Test
	void metaImage() throws IOException, InterruptedException {
		fuzz("metaimage", BUFFERS, VolumeSeeds.metaImage(folder), this::image, this::labels);
	}

	@Test
	void dicom() throws IOException, InterruptedException {
		fuzz("dicom", BUFFERS, VolumeSeeds.dicom(folder), this::image, file -> labels(file.getParent()));
	}

	@Test
	void hdf5() throws IOException, InterruptedException {
		fuzz("hdf5", HDF5_LIBRARY, VolumeSeeds.hdf5(folder), this::image, this::labels, this::named);
	}

	/** Datasets with channels, where the file had them. */
	private List<Volume> named(final Path file) throws IOException {
		final List<Volume> volumes = new ArrayList<>();
		if (file.getFileName().toString().startsWith("chunks")) for (final String name : new String[] {
			"more/tagged", "more/channels" })
			volumes.addAll(image(file.resolve(name)));
		return volumes;
	}
}
