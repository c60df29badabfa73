import java.io.File;

import net.imagej.updater.FileObject;
import net.imagej.updater.FileObject.Action;
import net.imagej.updater.FileObject.Status;
import net.imagej.updater.FilesCollection;
import net.imagej.updater.FilesUploader;
import net.imagej.updater.UpdateSite;
import net.imagej.updater.util.StderrProgress;
import net.imagej.updater.util.UpdaterUtil;

import java.util.List;

/**
 * Uploads all files of a Fiji to a site in a folder, which then is this Fiji's only site: so a round
 * trip needs no internet, and the updater knows what belongs to Fiji.
 */
public final class KnownFiji {

	private KnownFiji() {}

	/** Arguments: a copy of a Fiji, the folder of the site, and the address it is served at. */
	public static void main(final String... args) throws Exception {
		final StderrProgress progress = new StderrProgress(79);
		final String host = "file:localhost";
		FilesUploader uploader = FilesUploader.initialUploader(null, args[2], host, args[1], progress);
		uploader.login();
		uploader.upload(progress);
		final FilesCollection files = new FilesCollection(UpdaterUtil.getLogService(), new File(args[0]));
		final UpdateSite site = new UpdateSite("ImageJ", args[2], host, args[1], null, null, 0);
		site.setActive(true);
		files.replaceUpdateSites(List.of(site));
		files.reloadCollectionAndChecksum(progress);
		for (final FileObject file : files) {
			if (file.getStatus() != Status.LOCAL_ONLY) continue;
			file.updateSite = site.getName();
			file.setAction(files, Action.UPLOAD);
		}
		uploader = new FilesUploader(null, files, site.getName(), progress);
		uploader.login();
		uploader.upload(progress);
		files.write();
		System.exit(0); // the updater leaves threads
	}
}
