package org.swinj.fiji;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import net.imglib2.RandomAccessibleInterval;

import org.scijava.io.IOService;

import org.swinj.data.VolumeReader;
import org.swinj.progress.Progress;

/** Opens files of formats that SwinJ has no reader for with what Fiji has, for instance SCIFIO. */
public final class OtherFormats {

	private OtherFormats() {}

	/**
	 * A reader of all formats there are.
	 *
	 * @param io may be {@code null}: then only SwinJ's own readers are used
	 */
	public static VolumeReader reader(final IOService io, final Progress progress) {
		return io == null ? new VolumeReader(progress) : new VolumeReader(progress, file -> open(io,
			file));
	}

	private static RandomAccessibleInterval<?> open(final IOService io, final Path file) {
		try {
			if (io.getOpener(file.toString()) == null) return null;
			return io.open(file.toString()) instanceof RandomAccessibleInterval<?> image ? image : null;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
