package org.swinj.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds all files that a volume consists of. */
public final class VolumeFiles {

	private VolumeFiles() {}

	/**
	 * The files of a volume: one, header and voxels, or the slices of a folder.
	 *
	 * @throws FormatException if a header is damaged or names a file that is missing
	 */
	public static List<Path> of(final Path volume) throws IOException {
		if (Files.isDirectory(volume)) {
			try (Stream<Path> files = Files.list(volume)) {
				return files.filter(Files::isRegularFile).sorted().toList();
			}
		}
		final Hdf5Path hdf5 = Hdf5Path.of(volume);
		if (hdf5 != null) return List.of(hdf5.file());
		final VolumeFormat format = VolumeFormat.of(volume);
		if (format == null) return List.of(volume);
		return switch (format) {
			case NIFTI -> NiftiReader.files(volume).stream().distinct().filter(Files::exists).toList();
			case NRRD -> Stream.of(volume, NrrdReader.data(volume)).distinct().toList();
			case METAIMAGE -> Stream.of(volume, MetaImageReader.data(volume)).distinct().toList();
			default -> List.of(volume);
		};
	}
}
