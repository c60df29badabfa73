package org.swinj.fiji;

import ij.ImagePlus;
import ij.WindowManager;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.swinj.result.LabelImage;

/** An image that is open in Fiji, also in a macro's batch mode, found by its title. */
public record OpenImage(ImagePlus image) {

	/** Image property of pictures that are shown, but not meant to be worked on. */
	static final String PICTURE = "SwinJ preview";

	/** The open image of this title, {@code null} if there is none or it is the path of a file. */
	public static OpenImage find(final String title) {
		if (title == null || title.isBlank() || isFullPath(title)) return null;
		final ImagePlus image = WindowManager.getImage(title);
		return image == null ? null : new OpenImage(image);
	}

	/** Title of the image that is most likely meant, empty if none is open. */
	public static String activeTitle() {
		final ImagePlus active = active();
		return active == null ? "" : active.getTitle();
	}

	/**
	 * The active image, or the newest other one if that is a picture or a result of SwinJ.
	 *
	 * @return {@code null} if none is open
	 */
	static ImagePlus active() {
		final ImagePlus active = WindowManager.getCurrentImage();
		if (active == null || isSource(active)) return active;
		ImagePlus newest = all().contains(active) ? active : null;
		for (final ImagePlus image : all())
			if (isSource(image)) newest = image;
		return newest;
	}

	/** All open images but pictures of SwinJ, the newest one last. */
	static List<ImagePlus> all() {
		final int[] ids = WindowManager.getIDList();
		return ids == null ? List.of() : Arrays.stream(ids).mapToObj(WindowManager::getImage).filter(
			image -> image != null && image.getProp(PICTURE) == null).toList();
	}

	private static boolean isSource(final ImagePlus image) {
		return image.getProp(PICTURE) == null && image.getProp(
			LabelImage.CLASSES_PROPERTY) == null;
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
