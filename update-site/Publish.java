import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import net.imagej.updater.Conflicts;
import net.imagej.updater.FileObject;
import net.imagej.updater.FileObject.Action;
import net.imagej.updater.FileObject.Status;
import net.imagej.updater.FilesCollection;
import net.imagej.updater.FilesUploader;
import net.imagej.updater.util.StderrProgress;
import net.imagej.updater.util.UpdaterUtil;

import org.swinj.site.ClassConflicts;
import org.swinj.site.Library;
import org.swinj.site.LinkCheck;
import org.swinj.site.SiteJars;

/**
 * Uploads with ImageJ's updater what a Fiji lacks of SwinJ. Runs with that Fiji's jars on its class
 * path; the folder "fiji" of the work folder is a copy that is thrown away.
 */
public final class Publish {

	/** What the updater calls the platforms of libtorch. */
	private static final Map<String, String> PLATFORMS = Map.of("linux-x86_64", "linux64",
		"linux-aarch64", "linux-arm64", "win-x86_64", "win64", "osx-aarch64", "macos-arm64");
	private static final String NATIVES = "pytorch-native-cpu";

	private final PrintStream out = System.out;
	private final Path fiji;
	private final Path staging;
	private final String name;

	private Publish(final Path fiji, final Path work, final String name) {
		this.fiji = fiji;
		this.name = name;
		staging = work.resolve("fiji");
	}

	/** Arguments: fiji folder, work folder with jars in plugins and jars, name and address of the site. */
	public static void main(final String... args) throws Exception {
		final Path work = Path.of(args[1]);
		try {
			new Publish(Path.of(args[0]), work, args[2]).run(work, args[3]);
			System.exit(0); // the updater leaves threads
		}
		catch (final IOException | IllegalStateException e) {
			System.err.println("Error: " + e.getMessage());
			System.exit(1);
		}
	}

	private void run(final Path work, final String site) throws Exception {
		final Map<String, Path> files = choose(work);
		copy(fiji);
		for (final Map.Entry<String, Path> file : files.entrySet()) {
			final Path target = staging.resolve(file.getKey());
			Files.createDirectories(target.getParent());
			Files.copy(file.getValue(), target);
		}
		upload(files.keySet(), site);
	}

	/** The files to upload by their places in Fiji; stops if they would not work there. */
	private Map<String, Path> choose(final Path work) throws IOException {
		final List<Library> present = new ArrayList<>(Library.readAll(fiji.resolve("jars")));
		present.addAll(Library.readAll(fiji.resolve("plugins")));
		final List<Library> plugins = Library.readAll(work.resolve("plugins"));
		for (final Library plugin : plugins)
			if (present.stream().anyMatch(other -> other.artifact().equals(plugin.artifact())))
				throw new IOException("\"" + fiji + "\" has SwinJ already: give a Fiji without it.");
		final SiteJars jars = SiteJars.of(Library.readAll(work.resolve("jars")), present);
		final List<Library> added = new ArrayList<>(plugins);
		added.addAll(jars.missing());
		jars.kept().forEach((ours, other) -> out.println("keep   " + other + (ours.toString().equals(other
			.toString()) ? "" : " instead of " + ours)));
		if (jars.logger() != null && !jars.kept().containsValue(jars.logger())) out.println("keep   " + jars.logger() + " for logging");
		check(added, present, jars);
		final Map<String, Path> files = new HashMap<>();
		plugins.forEach(plugin -> files.put("plugins/" + plugin, plugin.file()));
		jars.missing().forEach(library -> files.put("jars/" + library, library.file()));
		for (final String folder : List.of("macros", "scripts"))
			if (Files.isDirectory(work.resolve(folder))) try (Stream<Path> all = Files.walk(work.resolve(
				folder)))
			{
				all.filter(Files::isRegularFile).forEach(file -> files.put(work.relativize(file).toString()
					.replace('\\', '/'), file));
			}
		return files;
	}

	private void check(final List<Library> added, final List<Library> present, final SiteJars jars)
		throws IOException
	{
		final List<String> problems = new ArrayList<>(ClassConflicts.find(added, present));
		out.println("check  pairs of jars with different content of a class: " + problems.size());
		final LinkCheck link = new LinkCheck(jars.kept().values());
		int missing = 0;
		for (final Library library : added) {
			final Set<String> members = link.missing(library);
			missing += members.size();
			if (library.file().getParent().endsWith("plugins")) problems.addAll(members);
			else members.forEach(member -> out.println("note   " + member)); // code that may never run
		}
		out.println("check  members that are needed and Fiji's versions lack: " + missing);
		if (!problems.isEmpty()) throw new IOException("SwinJ does not fit to this Fiji:\n" + String.join(
			"\n", problems));
	}

	/** A copy that shares the content of the files, which the updater only reads. */
	private void copy(final Path source) throws IOException {
		try (Stream<Path> all = Files.walk(source)) {
			for (final Path file : (Iterable<Path>) all::iterator) {
				final Path target = staging.resolve(source.relativize(file).toString());
				if (Files.isDirectory(file)) Files.createDirectories(target);
				else if (file.getParent().equals(source)) Files.copy(file, target); // written by the updater
				else link(file, target);
			}
		}
	}

	private static void link(final Path file, final Path target) throws IOException {
		try {
			Files.createLink(target, file.toRealPath());
		}
		catch (final IOException | UnsupportedOperationException e) {
			Files.copy(file, target); // another disk
		}
	}

	private void upload(final Set<String> wanted, final String site) throws Exception {
		final boolean remote = site.matches("https?://.*");
		final String url = remote ? site : Files.createDirectories(Path.of(site)).toUri().toString();
		final String host = remote ? System.getenv("SWINJ_SITE_HOST") : "file:localhost";
		final String folder = remote ? System.getenv().getOrDefault("SWINJ_SITE_FOLDER", ".") : Path.of(
			site).toAbsolutePath().toString();
		if (host == null) throw new IOException("Set SWINJ_SITE_HOST, webdav:USER:PASSWORD or USER@SERVER, "
			+ "to upload to " + url + ".");
		final StderrProgress progress = new StderrProgress(79);
		if (!isThere(url)) {
			final FilesUploader first = FilesUploader.initialUploader(null, url, host, folder, progress);
			if (!first.login()) throw new IOException("The site's server refused the login.");
			first.upload(progress);
		}
		final FilesCollection files = new FilesCollection(UpdaterUtil.getLogService(), staging.toFile());
		files.tryLoadingCollection();
		files.addUpdateSite(name, url, host, folder, 0);
		final String warnings = files.reloadCollectionAndChecksum(progress);
		if (!warnings.isBlank()) out.println(warnings.strip());
		final int changes = mark(files, wanted);
		if (changes == 0) {
			out.println("The site has all of this already.");
			return;
		}
		final FilesUploader uploader = new FilesUploader(null, files, name, progress);
		for (final Conflicts.Conflict conflict : new Conflicts(files).getConflicts(true))
			if (conflict.isError()) throw new IOException(conflict.getFilename() + ": " + conflict
				.getConflict());
		if (!uploader.login()) throw new IOException("The site's server refused the login.");
		uploader.upload(progress);
		out.println("done   " + changes + " files of site " + name + " at " + url);
	}

	private static boolean isThere(final String url) {
		try (var in = URI.create(url + (url.endsWith("/") ? "" : "/") + "db.xml.gz").toURL().openStream()) {
			return in.read() >= 0;
		}
		catch (final IOException e) {
			return false;
		}
	}

	/** Tells the updater what to do with each file; returns how many change. */
	private int mark(final FilesCollection files, final Set<String> wanted) throws IOException {
		int changes = 0;
		for (final String path : wanted.stream().sorted().toList()) {
			final FileObject file = files.get(path);
			if (file == null) throw new IOException("The updater does not look at \"" + path + "\".");
			if (file.updateSite != null && !file.updateSite.equals(name)) throw new IOException("\"" + path
				+ "\" belongs to update site \"" + file.updateSite + "\".");
			PLATFORMS.forEach((classifier, platform) -> {
				if (path.contains(NATIVES) && path.contains(classifier)) file.addPlatform(platform);
			});
			final boolean renamed = file.localFilename != null && !file.localFilename.equals(file.filename);
			if (file.getStatus() == Status.INSTALLED && !renamed) continue;
			file.updateSite = name;
			if (renamed) file.addPreviousVersion(file.current.checksum, file.current.timestamp,
				file.filename, 0);
			file.setAction(files, Action.UPLOAD);
			out.println("upload " + path);
			changes++;
		}
		for (final FileObject file : files.clone(files.forUpdateSite(name)))
			if (file.getStatus() == Status.NEW || file.getStatus() == Status.NOT_INSTALLED) {
				file.setAction(files, Action.REMOVE);
				out.println("remove " + file.getFilename());
				changes++;
			}
		return changes;
	}
}
