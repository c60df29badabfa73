package org.swinj.result;

import java.io.IOException;
import java.nio.file.Path;

import org.swinj.data.Volume;

final class OverlayPicture {

	private OverlayPicture() {}

	static void write(final Path png, final Volume source, final LabelImage labels,
		final LabelClasses classes) throws IOException
	{}
}
