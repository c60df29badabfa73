package org.swinj.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/**
 * Reads datasets of HDF5 files as volumes, axes as {@link Hdf5Axes} finds them, the voxel size from
 * an attribute {@code element_size_um}. A path may name the dataset ({@code a.h5:/raw}); otherwise
 * images come from a dataset named raw or the like, or the first volume, and labels from one named
 * label or the like. Values may come out as NaN or infinite; see {@link VolumeReader} for volumes
 * without those.
 */
public final class Hdf5Reader {

	private static final List<String> IMAGES = List.of("raw", "image", "images", "data", "volume",
		"exported_data");
	private static final int DEEPEST = 16;
	private static final int MOST_VOXELS = 1 << 26; // of a slab
	private static final long MOST_MISSING = 1 << 26; // bytes
	private static final long BYTES_OF_A_CHUNK = 4096;

	private final Progress progress;

	public Hdf5Reader(final Progress progress) {
		this.progress = progress;
	}

	/** What is done with an open dataset. */
	private interface Task<T> {

		T run(Dataset dataset, String name) throws IOException;
	}

	/** Voxels along X, Y, Z and channels of the image, or of the dataset that the path names. */
	public long[] size(final Path path) throws IOException {
		return open(path, false, (dataset, name) -> Hdf5Axes.of(dataset, name).size());
	}

	/**
	 * Reads an image into memory.
	 *
	 * @throws FormatException if the file is damaged or has no such volume
	 */
	public Volume read(final Path path) throws IOException {
		return open(path, false, (dataset, name) -> read(dataset, name, path));
	}

	/** Reads labels; as {@link #read}, but from another dataset if the path names none. */
	public Volume readLabels(final Path path) throws IOException {
		return open(path, true, (dataset, name) -> read(dataset, name, path));
	}

	/** Whether a file holds an image and labels for it. */
	static boolean isLabelled(final Path file) throws IOException {
		return guarded(file, () -> {
			try (HdfFile hdf = library(file)) {
				final List<Dataset> volumes = volumes(hdf);
				final long labels = volumes.stream().filter(Hdf5Reader::isLabels).count();
				return labels > 0 && labels < volumes.size();
			}
		});
	}

	private <T> T open(final Path path, final boolean labels, final Task<T> task)
		throws IOException
	{
		final Hdf5Path source = Hdf5Path.of(path);
		return guarded(source.file(), () -> {
			try (HdfFile hdf = library(source.file())) {
				final Dataset dataset = source.dataset().isEmpty() ? choose(hdf, labels, source.file())
					: named(hdf, source);
				return task.run(dataset, source.file().getFileName() + ":" + dataset.getPath());
			}
		});
	}

	/**
	 * Opens a file. The library takes memory for all that a file on disk claims, but not for parts of
	 * one that is mapped, which Java allows up to 2 GB.
	 */
	private static HdfFile library(final Path file) throws IOException {
		if (Files.size(file) > Integer.MAX_VALUE) return new HdfFile(file);
		try (FileChannel channel = FileChannel.open(file)) {
			return HdfFile.fromByteBuffer(channel.map(MapMode.READ_ONLY, 0, channel.size()));
		}
	}

	private interface Guarded<T> {

		T run() throws IOException;
	}

	/** The library throws many kinds of exceptions when a file is damaged. */
	private static <T> T guarded(final Path file, final Guarded<T> task) throws IOException {
		if (Files.size(file) == 0) throw new FormatException("File \"" + file.getFileName() +
			"\" is empty.");
		try {
			return task.run();
		}
		catch (final CancelledException e) {
			throw e;
		}
		catch (final RuntimeException e) {
			Throwable cause = e;
			while (cause.getCause() != null)
				cause = cause.getCause();
			throw new FormatException("File \"" + file.getFileName() +
				"\" cannot be read as HDF5, it is damaged or of a foreign kind: " + cause.getMessage() +
				".", e);
		}
	}

	private static Dataset named(final HdfFile hdf, final Hdf5Path source) throws FormatException {
		Node node = hdf;
		for (final String name : source.dataset().substring(1).split("/"))
			node = node instanceof Group group && group.getChildren().containsKey(name) ? group.getChild(
				name) : null;
		if (node instanceof Dataset dataset && Hdf5Axes.isVolume(dataset)) return dataset;
		throw new FormatException("File \"" + source.file().getFileName() + "\" has no volume \"" + source
			.dataset() + "\"; its volumes are: " + names(volumes(hdf)) + ".");
	}

	private Dataset choose(final HdfFile hdf, final boolean labels, final Path file)
		throws FormatException
	{
		final List<Dataset> volumes = volumes(hdf);
		if (volumes.isEmpty()) throw new FormatException("File \"" + file.getFileName() +
			"\" holds no dataset of numbers with three or four axes.");
		if (volumes.size() == 1) return volumes.get(0);
		final List<Dataset> kind = volumes.stream().filter(v -> isLabels(v) == labels).toList();
		if (kind.isEmpty()) throw new FormatException("File \"" + file.getFileName() + "\" holds " +
			names(volumes) + ", of which none seems to be " + (labels ? "labels" : "an image") +
			": name one, as in " + file.getFileName() + ":" + volumes.get(0).getPath() + ".");
		for (final String name : IMAGES)
			for (final Dataset dataset : kind)
				if (!labels && dataset.getName().equalsIgnoreCase(name)) return dataset;
		if (kind.size() > 1) progress.warn("File \"" + file.getFileName() + "\" holds " + names(volumes) +
			"; " + kind.get(0).getPath() + " was used.");
		return kind.get(0);
	}

	private static boolean isLabels(final Dataset dataset) {
		return FolderPairs.isLabelName(dataset.getName());
	}

	private static String names(final List<Dataset> volumes) {
		return volumes.isEmpty() ? "none" : String.join(", ", volumes.stream().map(Node::getPath)
			.toList());
	}

	/** All datasets that could be volumes, in the order of their paths. */
	private static List<Dataset> volumes(final HdfFile hdf) {
		final List<Dataset> found = new ArrayList<>();
		collect(hdf, 0, found);
		return found;
	}

	private static void collect(final Group group, final int depth, final List<Dataset> found) {
		if (depth > DEEPEST) return; // groups may contain themselves
		for (final Node node : group.getChildren().values()) {
			if (node.isLink()) continue;
			if (node instanceof Dataset dataset && Hdf5Axes.isVolume(dataset)) found.add(dataset);
			else if (node instanceof Group child) collect(child, depth + 1, found);
		}
	}

	private Volume read(final Dataset dataset, final String name, final Path path)
		throws IOException
	{
		final Hdf5Axes axes = Hdf5Axes.of(dataset, name);
		final long[] size = axes.size();
		final FloatPlanes planes = new FloatPlanes(name, size);
		final long length = Files.size(Hdf5Path.of(path).file());
		if (dataset.isEmpty()) throw new FormatException("Dataset \"" + name + "\" holds no voxels.");
		final long bytes = dataset.getSizeInBytes();
		if (Math.max(bytes, bytesForChunks(dataset)) > mostBytes(dataset, length)) throw new FormatException("Dataset \"" + name +
			"\" claims " + FloatPlanes.text(size) + " voxels (" + bytes +
			" bytes), but its file has only " + length + ".");
		final float[][][] channels = new float[(int) size[3]][(int) size[2]][];
		final int depth = depth(dataset, axes);
		for (int z = 0; z < size[2]; z += depth) {
			progress.checkCancelled();
			readSlab(dataset, axes, z, (int) Math.min(depth, size[2] - z), channels);
		}
		for (final float[][] channel : channels)
			for (final float[] plane : channel)
				planes.add(plane);
		return new Volume(VolumeFormat.baseName(path), planes.image(), geometry(dataset, name));
	}

	/** What a file can hold: chunks may be packed, and those that nobody wrote may be missing. */
	private static long mostBytes(final Dataset dataset, final long length) {
		return dataset instanceof ContiguousDataset ? length : Math.max(MOST_MISSING, length *
			RawVoxels.LARGEST_EXPANSION);
	}

	/** What the library takes for chunks besides their voxels, those that nobody wrote included. */
	private static long bytesForChunks(final Dataset dataset) {
		if (!(dataset instanceof ChunkedDataset chunked)) return 0;
		final int[] size = dataset.getDimensions();
		final int[] chunk = chunked.getChunkDimensions();
		long chunks = 1;
		for (int i = 0; i < size.length; i++)
			chunks = Math.multiplyExact(chunks, 1 + (size[i] - 1L) / Math.max(1, chunk[i]));
		return Math.multiplyExact(chunks, BYTES_OF_A_CHUNK);
	}

	/** Planes to read at once, so that a chunk is unpacked only once where memory allows. */
	private static int depth(final Dataset dataset, final Hdf5Axes axes) {
		final long[] size = axes.size();
		final long most = Math.max(1, MOST_VOXELS / (size[0] * size[1] * size[3]));
		final int chunk = dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[axes
			.z()] : 1;
		return (int) Math.min(most, Math.max(1, chunk));
	}

	private static void readSlab(final Dataset dataset, final Hdf5Axes axes, final int z,
		final int depth, final float[][][] channels)
	{
		final long[] size = axes.size();
		final long[] offset = new long[axes.sizes().length];
		final int[] shape = new int[offset.length];
		for (int i = 0; i < shape.length; i++)
			shape[i] = (int) axes.sizes()[i];
		offset[axes.z()] = z;
		shape[axes.z()] = depth;
		final int plane = (int) (size[0] * size[1]);
		final float[] values = new Hdf5Values(Math.multiplyExact(Math.multiplyExact(plane, depth),
			channels.length)).flat(dataset.getData(offset, shape));
		final boolean interleaved = axes.channel() > axes.z();
		for (int c = 0; c < channels.length; c++)
			for (int k = 0; k < depth; k++) {
				final float[] to = new float[plane];
				final int from = interleaved ? k * plane * channels.length + c : (c * depth + k) * plane;
				final int step = interleaved ? channels.length : 1;
				for (int i = 0; i < plane; i++)
					to[i] = values[from + i * step];
				channels[c][z + k] = to;
			}
	}

	/** Voxel size along Z, Y, X in micrometres, as several tools for microscopy write it. */
	private Geometry geometry(final Dataset dataset, final String name) {
		final Attribute attribute = dataset.getAttribute("element_size_um");
		if (attribute == null || attribute.getSize() != 3) return Geometry.unknown();
		final float[] zyx = new Hdf5Values(3).flat(attribute.getData());
		final double[] spacing = { zyx[2], zyx[1], zyx[0] };
		for (final double length : spacing)
			if (!(length > 0 && Double.isFinite(length))) {
				progress.warn(String.format(Locale.ROOT,
					"Dataset \"%s\" has the voxel size %s × %s × %s; 1 pixel was used.", name, spacing[0],
					spacing[1], spacing[2]));
				return Geometry.unknown();
			}
		return Geometry.of(LengthUnit.MICROMETRE.symbol(), spacing);
	}
}
