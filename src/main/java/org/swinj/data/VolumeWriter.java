package org.swinj.data;

import java.io.IOException;
import java.nio.file.Path;

/** Writes volumes in the format that the file name asks for. */
public final class VolumeWriter {

	private VolumeWriter() {}

	/** Whether volumes are written under this name. */
	public static boolean writes(final Path target) {
		return target.getFileName().toString().matches("(?i).*\\.(nii|nii\\.gz|tif|tiff)");
	}

	/**
	 * Writes labels or any other volume: .nii and .nii.gz keep voxel size and orientation, .tif and
	 * .tiff the voxel size. Nothing under that name is touched unless writing succeeds.
	 *
	 * @throws IllegalArgumentException for other extensions
	 */
	public static void write(final Path target, final Volume labels) throws IOException {
		switch (VolumeFormat.of(target) == null ? "" : VolumeFormat.of(target).extension(target)) {
			case ".nii", ".nii.gz" -> NiftiWriter.write(target, labels);
			case ".tif", ".tiff" -> TiffWriter.write(target, labels);
			default -> throw new IllegalArgumentException("Volumes are written as .nii, .nii.gz, .tif or " +
				".tiff, not as \"" + target.getFileName() + "\".");
		}
	}
}
