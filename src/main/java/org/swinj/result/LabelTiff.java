package org.swinj.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

import ij.ImagePlus;
import ij.io.FileSaver;

/** Saves an image as ImageJ TIFF with colours, calibration and properties. */
final class LabelTiff {

	private LabelTiff() {}

	/** Writes the file; one of this name is replaced only by a complete one. */
	static void write(final Path target, final ImagePlus image) throws IOException {
		final Path absolute = target.toAbsolutePath();
		final Path temporary = absolute.resolveSibling("." + UUID.randomUUID() + ".tif");
		try {
			final FileSaver saver = new FileSaver(image);
			final boolean saved = image.getStackSize() > 1 ? saver.saveAsTiffStack(temporary.toString())
				: saver.saveAsTiff(temporary.toString());
			if (!saved) throw new IOException("File \"" + target + "\" could not be written.");
			Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}
}
