package org.swinj.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.Platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;
import org.swinj.progress.RecordingProgress;
import org.swinj.site.SiteServer;

/** Installing PyTorch for CUDA; its files are small texts here, which nobody loads. */
class EnginesTest {

	private static final List<String> NAMES = Stream.of("torch", "torch_cpu", "torch_cuda", "c10",
		"c10_cuda").map(System::mapLibraryName).toList();
	private static final String TORCH = System.mapLibraryName("torch");
	private static final List<String> PROPERTIES = List.of("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION",
		"PYTORCH_FLAVOR");

	@TempDir
	private Path folder;
	private Path root;
	private Engines engines;

	@BeforeEach
	void start() {
		root = folder.resolve("engines");
		engines = new Engines(root);
	}

	@AfterEach
	void clear() {
		PROPERTIES.forEach(System::clearProperty);
		System.clearProperty("swinj.engine.server");
	}

	@Test
	void pythonFolderIsInstalledWithNvidiasLibrariesAndUsed() throws IOException {
		final Path python = python("2.7.1+cu128");
		engines.install(python, Progress.silent());
		assertTrue(engines.check().contains("PyTorch 2.7.1 cu128"), engines.check());
		assertTrue(engines.check().contains("all 6 files"), engines.check());
		assertTrue(Files.exists(root.resolve("cuda/nvidia/cudnn/lib/libcudnn.so.9")));
		assertTrue(engines.activate().startsWith("GPU engine cu128 in"));
		assertEquals(root.resolve("cuda/torch/lib").toString(), System.getProperty("PYTORCH_LIBRARY_PATH"));
		assertEquals("cu128", System.getProperty("PYTORCH_FLAVOR"));
		engines.remove();
		clear();
		assertEquals("no GPU engine is installed", engines.activate());
	}

	@Test
	void damagedEngineIsToldAndNotUsed() throws IOException {
		engines.install(plain(), Progress.silent());
		final Path library = root.resolve("cuda/" + TORCH);
		Files.writeString(library, "torch file " + TORCH); // of the same length
		assertTrue(engines.check().contains(TORCH + " has another checksum"), engines.check());
		Files.writeString(library, "short");
		assertTrue(engines.activate().contains(TORCH + " has 5 bytes instead of "), engines.activate());
		Files.delete(library);
		assertTrue(engines.activate().contains(TORCH + " is missing"));
		Files.writeString(root.resolve("cuda/engine.json"), "{\"version\": 3");
		assertTrue(engines.activate().contains("install the GPU engine again"), engines.activate());
		assertNull(System.getProperty("PYTORCH_LIBRARY_PATH"));
	}

	@Test
	void checksumsBesideTheFilesAreObeyed() throws IOException {
		final Path plain = plain();
		final StringBuilder sums = new StringBuilder();
		for (final String name : NAMES)
			sums.append(Sha256.of(plain.resolve(name))).append(" *").append(name).append('\n');
		Files.writeString(plain.resolve("SHA256SUMS"), sums);
		engines.install(plain, Progress.silent());
		Files.writeString(plain.resolve(TORCH), "something else");
		final String message = refused(plain);
		assertTrue(message.contains(TORCH + " has another checksum than SHA256SUMS tells"), message);
		assertTrue(engines.check().contains("all 5 files"), engines.check()); // the former one
		Files.writeString(plain.resolve("SHA256SUMS"), sums.substring(0, 70));
		assertTrue(refused(plain).contains("has no checksum of"));
	}

	@Test
	void otherFoldersAreRefused() throws IOException {
		assertEquals("There is no folder \"" + folder.resolve("none") + "\".", refused(folder.resolve(
			"none")));
		assertTrue(refused(folder).contains("has no " + TORCH));
		final Path plain = plain();
		Files.delete(plain.resolve(System.mapLibraryName("torch_cuda")));
		assertEquals("This is no PyTorch for CUDA: " + System.mapLibraryName("torch_cuda") + " is missing.",
			refused(plain));
		assertEquals("This is PyTorch 2.10.0, but SwinJ works with 2.7.1 only.", refused(python(
			"2.10.0+cu128")));
		assertTrue(refused(Files.move(plain, folder.resolve("my files"))).contains(
			"does not tell which PyTorch it is"));
		assertFalse(Files.exists(root));
	}

	@Test
	void cancelledInstallationLeavesTheFormerEngine() throws IOException {
		engines.install(plain(), Progress.silent());
		assertThrows(CancelledException.class, () -> engines.install(plain(), cancelled()));
		assertTrue(engines.check().contains("all 5 files"), engines.check());
		try (Stream<Path> left = Files.list(root)) {
			assertEquals(List.of(root.resolve("cuda")), left.toList());
		}
	}

	@Test
	void serversFilesAreUnpackedAndHalfOnesRefused() throws IOException {
		final String classifier = Platform.fromSystem("pytorch").getClassifier();
		final Path site = folder.resolve("site");
		final Path files = Files.createDirectories(site.resolve("cu128/" + classifier + "/native/lib"));
		final StringBuilder index = new StringBuilder("cpu/" + classifier + "/native/lib/other.gz\n");
		for (final String name : NAMES) {
			zip(files.resolve(name + ".gz"), "Served " + name);
			index.append("cu128/" + classifier + "/native/lib/" + name + ".gz\n");
		}
		Files.writeString(site.resolve("files.txt"), index);
		try (SiteServer server = new SiteServer(site)) {
			System.setProperty("swinj.engine.server", server.address().replaceFirst("/$", ""));
			engines.download(Progress.silent());
			assertEquals("Served " + TORCH, Files.readString(root.resolve("cuda/" + TORCH)));
			final byte[] whole = Files.readAllBytes(files.resolve(TORCH + ".gz"));
			Files.write(files.resolve(TORCH + ".gz"), Arrays.copyOf(whole, whole.length - 5));
			final String message = assertThrows(IOException.class, () -> engines.download(Progress.silent()))
				.getMessage();
			assertTrue(message.contains(TORCH + ".gz could not be installed"), message);
			assertTrue(engines.check().contains("all 5 files"), engines.check());
		}
	}

	private String refused(final Path source) {
		return assertThrows(IOException.class, () -> engines.install(source, Progress.silent()))
			.getMessage();
	}

	/** As DJL keeps it. */
	private Path plain() throws IOException {
		final Path plain = Files.createDirectories(folder.resolve("2.7.1-20250812-cu128-linux-x86_64"));
		for (final String name : NAMES)
			Files.writeString(plain.resolve(name), "Torch file " + name);
		return plain;
	}

	private Path python(final String version) throws IOException {
		final Path python = folder.resolve("site-packages-" + version);
		Files.createDirectories(python.resolve("torch/lib"));
		Files.createDirectories(python.resolve("nvidia/cudnn/lib"));
		Files.writeString(python.resolve("torch/version.py"), "from typing import x\n__version__ = '"
			+ version + "'\n");
		for (final String name : NAMES)
			Files.writeString(python.resolve("torch/lib/" + name), "Torch file " + name);
		Files.writeString(python.resolve("torch/lib/readme.txt"), "no library");
		Files.writeString(python.resolve("nvidia/cudnn/lib/libcudnn.so.9"), "cudnn");
		return python;
	}

	/** Of somebody who stops in the middle. */
	private static Progress cancelled() {
		return new RecordingProgress() {

			private int asked;

			@Override
			public boolean isCancelled() {
				return asked++ > 2;
			}
		};
	}

	private static void zip(final Path file, final String text) throws IOException {
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
			out.write(text.getBytes());
		}
	}
}
