package org.swinj.result;

import java.io.IOException;
import java.nio.file.Path;

import org.swinj.data.AtomicFile;

import ij.ImagePlus;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;

/** Saves a label image as ImageJ TIFF with colours, calibration and properties. */
final class LabelTiff {

	private LabelTiff() {}

	/** Writes the file; one of this name is replaced only by a complete one. */
	static void write(final Path target, final ImagePlus image) throws IOException {
		final FileInfo info = image.getFileInfo();
		info.description = new FileSaver(image).getDescriptionString();
		info.properties = image.getPropertiesAsArray();
		if (image.getStack() instanceof VirtualStack planes) info.virtualStack = planes;
		AtomicFile.write(target, out -> new TiffEncoder(info).write(out));
	}
}
