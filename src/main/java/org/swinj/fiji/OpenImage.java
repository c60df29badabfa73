package org.swinj.fiji;

import ij.ImagePlus;
import ij.WindowManager;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** An image that is open in Fiji, also in a macro's batch mode, found by its title. */
public record OpenImage(ImagePlus image) {

	/** The open image of this title, {@code null} if there is none or it is the path of a file. */
	public static OpenImage find(final String title) {
		if (title == null || title.isBlank() || isFullPath(title)) return null;
		final ImagePlus image = WindowManager.getImage(title);
		return image == null ? null : new OpenImage(image);
	}

	/** Title of the active image, empty if none is open. */
	public static String activeTitle() {
		final ImagePlus active = WindowManager.getCurrentImage();
		return active == null ? "" : active.getTitle();
	}

	private static boolean isFullPath(final String name) {
		try {
			return Path.of(name).isAbsolute() && Files.exists(Path.of(name));
		}
		catch (final InvalidPathException e) {
			return false; // titles may hold any character
		}
	}
}
