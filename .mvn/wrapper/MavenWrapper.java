import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Downloads the Maven that maven-wrapper.properties names, once, and runs it. The scripts mvnw and
 * mvnw.cmd start this file from its source, so that a JDK is all a build needs.
 *
 * <p>
 * Environment: MVNW_REPOURL is the Maven repository to download from, MAVEN_USER_HOME the folder to
 * use instead of ~/.m2; MAVEN_OPTS and MAVEN_ARGS reach Maven as they do from its own script.
 * </p>
 */
final class MavenWrapper {

	private static final String DEFAULT_REPOSITORY = "https://" + String.join(".", "repo", "maven",
		"apache", "org") + "/maven2";
	private static final int TIMEOUT_MS = 60_000;
	private static final int OLDEST_JAVA = 17;

	private final Path project;
	private final Path home;
	private final String path;
	private final String sha512;

	private MavenWrapper(final Path project) throws IOException {
		this.project = project;
		home = Path.of(environment("HOME", System.getProperty("user.home")));
		final Path file = project.resolve(".mvn/wrapper/maven-wrapper.properties");
		final Properties properties = new Properties();
		try (Reader in = Files.newBufferedReader(file)) {
			properties.load(in);
		}
		path = properties.getProperty("distributionPath", "");
		sha512 = properties.getProperty("distributionSha512Sum", "").toLowerCase(Locale.ROOT);
		if (!path.endsWith("-bin.zip") || sha512.length() != 128) throw new IOException("File \"" + file +
			"\" needs a distributionPath that ends in -bin.zip and its distributionSha512Sum.");
	}

	public static void main(final String[] arguments) throws InterruptedException {
		try {
			if (Runtime.version().feature() < OLDEST_JAVA) throw new IOException("Java " + Runtime
				.version().feature() + " is too old: install a JDK " + OLDEST_JAVA +
				" or later, or set JAVA_HOME to one.");
			// proxies and trust stores for Maven are meant for its download too
			for (final String option : words("MAVEN_OPTS"))
				if (option.startsWith("-D") && option.contains("=")) System.setProperty(option.substring(2,
					option.indexOf('=')), option.substring(option.indexOf('=') + 1));
			final MavenWrapper wrapper = new MavenWrapper(Path.of(System.getProperty("mvnw.dir"))
				.toRealPath());
			System.exit(wrapper.run(wrapper.install(), arguments));
		}
		catch (final IOException | IllegalArgumentException e) {
			System.err.println("mvnw: " + (e instanceof FileSystemException ? e.toString() : e
				.getMessage()));
			System.exit(1);
		}
	}

	/** The unpacked Maven, which is downloaded if it is not there yet. */
	private Path install() throws IOException {
		final String zip = path.substring(path.lastIndexOf('/') + 1);
		final String name = zip.substring(0, zip.length() - "-bin.zip".length());
		final Path folder = Path.of(environment("MAVEN_USER_HOME", home.resolve(".m2").toString()))
			.resolve("wrapper/dists").resolve(name).resolve(sha512.substring(0, 16));
		if (Files.isDirectory(folder)) return folder;
		Files.createDirectories(folder.getParent());
		final Path archive = Files.createTempFile(folder.getParent(), "download", ".zip");
		final Path unpacked = Files.createTempDirectory(folder.getParent(), "unpack");
		try {
			download(archive);
			unzip(archive, unpacked, name + "/");
			move(unpacked, folder);
		}
		finally {
			Files.deleteIfExists(archive);
			deleteTree(unpacked);
		}
		return folder;
	}

	private void download(final Path target) throws IOException {
		final String url = environment("MVNW_REPOURL", DEFAULT_REPOSITORY).replaceFirst("/+$", "") + "/" +
			path;
		System.err.println("mvnw: downloading " + url);
		final MessageDigest digest = sha512();
		final URLConnection connection = URI.create(url).toURL().openConnection();
		connection.setConnectTimeout(TIMEOUT_MS);
		connection.setReadTimeout(TIMEOUT_MS);
		try (InputStream in = new DigestInputStream(connection.getInputStream(), digest)) {
			Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw new IOException("\"" + url + "\" cannot be downloaded: " + e, e);
		}
		final String actual = String.format(Locale.ROOT, "%0128x", new BigInteger(1, digest
			.digest()));
		if (!actual.equals(sha512)) throw new IOException("\"" + url + "\" has the SHA-512 sum " +
			actual + " instead of " + sha512 + "; nothing was installed.");
	}

	private static MessageDigest sha512() {
		try {
			return MessageDigest.getInstance("SHA-512");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-512.", e);
		}
	}

	/** Unpacks what lies below {@code top} in the archive, and refuses names that lead elsewhere. */
	private static void unzip(final Path archive, final Path target, final String top)
		throws IOException
	{
		try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				final String name = entry.getName();
				final Path file = name.startsWith(top) ? target.resolve(name.substring(top.length()))
					.normalize() : null;
				if (file == null || !file.startsWith(target)) throw new IOException(
					"The Maven archive holds \"" + name + "\", which lies outside \"" + top + "\".");
				if (entry.isDirectory()) Files.createDirectories(file);
				else {
					Files.createDirectories(file.getParent());
					Files.copy(in, file);
				}
			}
		}
	}

	/** Another mvnw may have installed the same Maven in the meantime; then that one is used. */
	private static void move(final Path unpacked, final Path folder) throws IOException {
		try {
			Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final FileSystemException e) {
			if (!Files.isDirectory(folder)) throw e;
		}
	}

	private static void deleteTree(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		try (Stream<Path> all = Files.walk(folder)) {
			for (final Path file : all.sorted(Comparator.reverseOrder()).collect(Collectors
				.toList()))
				Files.delete(file);
		}
	}

	/** Runs Maven on this Java, in the current folder, and returns its exit code. */
	private int run(final Path maven, final String[] arguments) throws IOException,
		InterruptedException
	{
		final List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		if (Runtime.version().feature() >= 22) command.add("--enable-native-access=ALL-UNNAMED");
		command.add("-Duser.home=" + home); // Java itself does not look at HOME
		command.addAll(words("MAVEN_OPTS"));
		command.addAll(List.of("-classpath", launcher(maven).toString(), "-Dclassworlds.conf=" + maven
			.resolve("bin/m2.conf"), "-Dmaven.home=" + maven, "-Dlibrary.jansi.path=" + maven.resolve(
				"lib/jansi-native"), "-Dmaven.multiModuleProjectDirectory=" + project,
			"org.codehaus.plexus.classworlds.launcher.Launcher"));
		command.addAll(words("MAVEN_ARGS"));
		command.addAll(List.of(arguments));
		final Process process = new ProcessBuilder(command).inheritIO().start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
		return process.waitFor();
	}

	private static Path launcher(final Path maven) throws IOException {
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(maven.resolve("boot"),
			"plexus-classworlds-*.jar"))
		{
			for (final Path jar : jars)
				return jar;
		}
		throw new IOException("Folder \"" + maven + "\" holds no complete Maven; delete it.");
	}

	private static String environment(final String name, final String otherwise) {
		final String value = System.getenv(name);
		return value == null || value.isBlank() ? otherwise : value;
	}

	private static List<String> words(final String variable) {
		final String value = environment(variable, "").strip();
		return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
	}
}
