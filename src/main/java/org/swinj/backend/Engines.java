package org.swinj.backend;

import ai.djl.util.Platform;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.swinj.progress.Progress;

/**
 * The PyTorch for CUDA that a user asked for, in a folder of its own. Without one, PyTorch runs from
 * the jars, on the CPU. Nothing is ever downloaded unasked.
 */
public final class Engines {

	/** The only PyTorch that the bridge in SwinJ's jars works with. */
	static final String VERSION = "2.7.1";

	private static final String FLAVOR = "cu128";
	private static final String SERVER = "https://publish.djl.ai/pytorch/" + VERSION;
	private static final List<String> NEEDED = Stream.of("torch", "torch_cpu", "torch_cuda", "c10",
		"c10_cuda").map(System::mapLibraryName).toList();

	private final Path root;

	/** @param root folder that holds the engine, if one is installed */
	public Engines(final Path root) {
		this.root = root;
	}

	/** Below Fiji's folder, or the user's; the variable SWINJ_ENGINES names another place. */
	public static Engines standard() {
		final String wish = System.getenv("SWINJ_ENGINES");
		if (wish != null && !wish.isBlank()) return new Engines(Path.of(wish));
		final String fiji = System.getProperty("imagej.dir");
		return new Engines(fiji != null ? Path.of(fiji, "engines", "swinj") : Path.of(System.getProperty(
			"user.home"), ".swinj", "engines"));
	}

	/** Copies an engine from a folder, for computers without internet. */
	public void install(final Path folder, final Progress progress) throws IOException {
		install(EngineSource.folder(folder), progress);
	}

	/** Downloads the engine for this platform, some gigabytes. */
	public void download(final Progress progress) throws IOException {
		install(EngineSource.server(System.getProperty("swinj.engine.server", SERVER), VERSION, FLAVOR,
			Platform.fromSystem("pytorch").getClassifier()), progress);
	}

	/** Puts it into place when all of it is there and right; until then the former one stays. */
	private void install(final EngineSource source, final Progress progress) throws IOException {
		if (!source.version().equals(VERSION)) throw new IOException("This is PyTorch " + source.version()
			+ ", but SwinJ works with " + VERSION + " only.");
		for (final String name : NEEDED)
			if (source.parts().stream().noneMatch(part -> Path.of(part.path()).endsWith(name)))
				throw new IOException("This is no PyTorch for CUDA: " + name + " is missing.");
		Files.createDirectories(root);
		final Path part = Files.createTempDirectory(root, "installing");
		try {
			progress.stage("Installing PyTorch " + source.version() + " " + source.flavor());
			final EngineManifest manifest = new EngineManifest(source.version(), source.flavor(), source
				.library(), new TreeMap<>());
			for (int i = 0; i < source.parts().size(); i++) {
				final EngineSource.Part each = source.parts().get(i);
				progress.update(i, source.parts().size(), each.path());
				manifest.files().put(each.path(), fetch(each, part.resolve(each.path()), progress));
			}
			manifest.write(part);
			remove();
			Files.move(part, folder());
		}
		finally {
			delete(part);
		}
	}

	private static EngineManifest.Content fetch(final EngineSource.Part part, final Path to,
		final Progress progress) throws IOException
	{
		Files.createDirectories(to.getParent());
		if (part.sha256() != null) try (InputStream in = part.from().toURL().openStream()) {
			if (!Sha256.copy(in, OutputStream.nullOutputStream(), progress).equals(part.sha256()))
				throw new IOException("File " + part.from() + " has another checksum than SHA256SUMS tells.");
		}
		try (InputStream in = new BufferedInputStream(part.from().toURL().openStream());
				OutputStream out = Files.newOutputStream(to))
		{
			final String sum = Sha256.copy(part.zipped() ? new GZIPInputStream(in) : in, out, progress);
			out.flush();
			return new EngineManifest.Content(Files.size(to), sum);
		}
		catch (final IOException e) {
			throw new IOException("File " + part.from() + " could not be installed: " + e.getMessage(), e);
		}
	}

	/** Deletes the engine, after which PyTorch runs from the jars again. */
	public void remove() throws IOException {
		delete(folder());
	}

	private Path folder() {
		return root.resolve("cuda");
	}

	/**
	 * Makes DJL take the engine that is installed, if it is whole and the user's environment names none.
	 *
	 * @return what is there, for people; a damaged engine is not used
	 */
	String activate() {
		if (System.getenv("PYTORCH_LIBRARY_PATH") != null) return "the PyTorch of PYTORCH_LIBRARY_PATH";
		if (!Files.isDirectory(folder())) return "no GPU engine is installed";
		try {
			final EngineManifest manifest = EngineManifest.read(folder());
			final List<String> damage = manifest.damage(folder(), false);
			if (!damage.isEmpty()) return damaged(damage);
			System.setProperty("PYTORCH_LIBRARY_PATH", folder().resolve(manifest.library()).toString());
			System.setProperty("PYTORCH_VERSION", manifest.version());
			System.setProperty("PYTORCH_FLAVOR", manifest.flavor());
			return "GPU engine " + manifest.flavor() + " in " + folder();
		}
		catch (final IOException e) {
			return e.getMessage();
		}
	}

	/** What is installed, after comparing every byte. */
	public String check() throws IOException {
		if (!Files.isDirectory(folder())) return "none is installed in " + root;
		final EngineManifest manifest = EngineManifest.read(folder());
		final List<String> damage = manifest.damage(folder(), true);
		return damage.isEmpty() ? "PyTorch " + manifest.version() + " " + manifest.flavor() + " in " + folder()
			+ ", all " + manifest.files().size() + " files as they were installed" : damaged(damage);
	}

	private static String damaged(final List<String> damage) {
		return "the GPU engine is damaged and not used (" + damage.get(0) + "): install it again";
	}

	private static void delete(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		try (Stream<Path> all = Files.walk(folder)) {
			for (final Path file : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator)
				Files.delete(file);
		}
	}
}
