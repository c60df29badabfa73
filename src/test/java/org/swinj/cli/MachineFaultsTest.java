package org.swinj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.model.SwinModel;
import org.swinj.model.TestModels;

/** Commands on machines that refuse something or are set up in an unusual way. */
class MachineFaultsTest {

	private static final Locale LOCALE = Locale.getDefault();
	private static final TimeZone ZONE = TimeZone.getDefault();

	@TempDir
	private Path folder;
	private FaultBench bench;
	private Path data;
	private Path image;

	@BeforeEach
	void prepare() throws IOException {
		bench = new FaultBench(folder);
		data = TestData.write(folder.resolve("data"), 2);
		image = data.resolve("images/case_1.nii.gz");
	}

	@AfterEach
	void restore() {
		Locale.setDefault(LOCALE);
		TimeZone.setDefault(ZONE);
		System.setProperty("sun.arch.data.model", "64");
		Thread.interrupted();
	}

	/** Where nobody may write, not even root. */
	@Test
	void placesThatTakeNoFilesAreNamed() {
		assumeTrue(Files.isDirectory(Path.of("/proc/self")));
		FaultBench.assertRefused(bench.segment(image, "output=/proc/swinj/a.nii"),
			"Output folder \"/proc/swinj\" cannot be made.");
		FaultBench.assertRefused(bench.segment(image, "output=/proc/a.nii"),
			"\"/proc/a.nii\" cannot be written: its folder takes no files.");
		for (final String output : new String[] { "/proc/swinj/m", "/proc/m.zip" }) {
			final String words = "Model \"" + output + "\" cannot be written: its folder \"/proc";
			FaultBench.assertRefused(bench.fineTune(data, "output=" + output), words);
			FaultBench.assertRefused(bench.pretrain(data, "output=" + output), words);
		}
		FaultBench.assertRefused(Shell.run("evaluate", "predictions=" + data.resolve("labels"), "labels="
			+ data.resolve("labels"), "output=/proc/s.csv"), "\"/proc/s.csv\" cannot be written");
		FaultBench.assertRefused(Shell.run("export", "model=" + bench.model,
			"output=/proc/e.safetensors"), "\"/proc/e.safetensors\" cannot be written");
	}

	@Test
	void thingsThatAreNoModelAreNamed() throws IOException {
		final Path other = folder.resolve("other.zip");
		for (final byte[] content : new byte[][] { {}, { 'P', 'K', 3, 4 }, Files.readAllBytes(image) }) {
			Files.write(other, content);
			bench.refusesToSegment(image, "\"other.zip\" is not a SwinJ model: it is neither", "model="
				+ other);
		}
		bench.refusesToSegment(image, "\"data\" is not a SwinJ model: it has no model.json.", "model="
			+ data);
		final Path newer = folder.resolve("newer");
		TestModels.tiny(1).write(newer);
		final Path card = newer.resolve("model.json");
		Files.writeString(card, Files.readString(card).replace("\"format_version\": 1",
			"\"format_version\": 9"));
		bench.refusesToSegment(image, "version 9", "model=" + newer);
		bench.refusesToTrain(data, "version 9", "pretrained=" + newer);
	}

	@Test
	void channelsMustBeThoseOfTheModel() throws IOException {
		final Path two = folder.resolve("two");
		final float[] both = Arrays.copyOf(TestData.image(1), 65536);
		TestData.write(two.resolve("images/a.nii.gz"), both, 32, 32, 32, 2);
		TestData.write(two.resolve("labels/a.nii.gz"), TestData.labels(1));
		bench.refusesToSegment(two.resolve("images/a.nii.gz"),
			"Volume \"a\" has 2 channels, but model \"tiny\" needs 1.");
		FaultBench.assertDone(bench.fineTune(two));
		bench.refusesToSegment(image, "Volume \"case_1\" has 1 channel, but model \"trained\" needs 2.",
			"model=" + bench.trained);
	}

	@Test
	void hugeClaimsOfWeightsAreRefused() throws IOException {
		final Path weights = folder.resolve("w.safetensors");
		for (final long length : new long[] { -1, Long.MAX_VALUE, 1L << 40, 1 << 30 }) {
			Files.write(weights, ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(length)
				.array());
			FaultBench.assertRefused(Shell.run("import", "weights=" + weights, "output=" + bench.trained),
				"w.safetensors");
			bench.refusesToTrain(data, "w.safetensors", "pretrained=" + weights);
		}
	}

	@Test
	void singleCropsInAStepAreLearnedFrom() {
		final Shell shell = bench.pretrain(data, "batch=1", "steps=3", "rotation=0",
			"contrastive=0.1");
		FaultBench.assertDone(shell);
		assertTrue(shell.json().get("contrastive").getAsDouble() > 0, shell.out);
		assertTrue(Double.isFinite(shell.json().get("final_loss").getAsDouble()), shell.out);
	}

	/** German has decimal commas, Turkish an i without dot, Arabic other digits. */
	@ParameterizedTest
	@ValueSource(strings = { "de-DE", "tr-TR", "ar-EG-u-nu-arab" })
	void everyLanguageWritesTheSameFiles(final String language) throws IOException {
		final Path expected = folder.resolve("expected"), actual = folder.resolve("actual");
		Locale.setDefault(Locale.ROOT);
		work(expected);
		Locale.setDefault(Locale.forLanguageTag(language));
		work(actual);
		final List<Path> files = files(expected);
		assertTrue(files.size() >= 5, files.toString());
		assertEquals(files, files(actual));
		for (final Path file : files)
			if (file.toString().matches(".*(csv|nii|json)")) assertEquals(text(expected.resolve(file)), text(
				actual.resolve(file)), file.toString());
		assertEquals(SwinModel.readCard(expected.resolve("model")).weightsSha256(), SwinModel.readCard(
			actual.resolve("model")).weightsSha256());
	}

	private void work(final Path place) {
		FaultBench.assertDone(bench.fineTune(data, "output=" + place.resolve("model"), "validation=case_2",
			"rate=0.0005"));
		FaultBench.assertDone(bench.segment(image, "model=" + place.resolve("model"), "output=" + place
			.resolve("case_1.nii"), "overlap=0.25", "table=true"));
		FaultBench.assertDone(Shell.run("evaluate", "predictions=" + place.resolve("case_1.nii"), "labels="
			+ data.resolve("labels/case_1.nii.gz"), "output=" + place.resolve("scores.csv"),
			"tolerance=1.5"));
	}

	/** Without what differs from run to run. */
	private static String text(final Path file) throws IOException {
		return Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll(
			"\"(date|seconds)\": [^,]*|expected|actual", "").replaceAll("(?m)^(\\d+),[0-9.]+,", "$1,");
	}

	private static List<Path> files(final Path place) throws IOException {
		try (Stream<Path> all = Files.walk(place)) {
			return all.filter(Files::isRegularFile).map(place::relativize).sorted().toList();
		}
	}

	@Test
	void timeZonesAreOnlyInTheHistoryOfAModel() throws IOException {
		TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
		FaultBench.assertDone(bench.fineTune(data));
		final OffsetDateTime date = OffsetDateTime.parse(SwinModel.readCard(bench.trained).training()
			.date());
		assertEquals(14 * 3600, date.getOffset().getTotalSeconds());
	}

	@Test
	void nothingIsAskedOfTheInternet() throws IOException {
		final List<URI> asked = new ArrayList<>();
		final ProxySelector before = ProxySelector.getDefault();
		ProxySelector.setDefault(new ProxySelector() {

			@Override
			public List<Proxy> select(final URI uri) {
				asked.add(uri);
				return List.of(Proxy.NO_PROXY);
			}

			@Override
			public void connectFailed(final URI uri, final SocketAddress address, final IOException e) {}
		});
		try {
			FaultBench.assertDone(bench.fineTune(data));
			FaultBench.assertDone(bench.segment(image, "model=" + bench.trained));
		}
		finally {
			ProxySelector.setDefault(before);
		}
		assertEquals(List.of(), asked);
	}

	@Test
	void a32BitJavaIsToldWhatItLacks() throws IOException {
		System.setProperty("sun.arch.data.model", "32");
		bench.refusesToSegment(image, "This is a 32-bit Java (");
		bench.refusesToTrain(data, "PyTorch needs one of 64 bits.");
	}

	@Test
	void anInterruptedThreadStopsAsIfCancelled() throws IOException {
		final byte[] before = Files.readAllBytes(bench.labels);
		Thread.currentThread().interrupt();
		final Shell shell = bench.segment(image);
		assertTrue(Thread.interrupted());
		assertEquals(130, shell.code, shell.err);
		assertEquals("cancelled", shell.json().get("status").getAsString());
		assertArrayEquals(before, Files.readAllBytes(bench.labels));
		Thread.currentThread().interrupt();
		assertEquals(130, bench.fineTune(data).code);
		assertTrue(Thread.interrupted());
	}

	/** A limit of the length of files stands in for a full disk. */
	@Test
	void aDiskThatIsFullLeavesTheEarlierLabels() throws IOException, InterruptedException {
		assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
		final Path labels = folder.resolve("results/labels.tif");
		TestData.write(labels, TestData.labels(7));
		final byte[] before = Files.readAllBytes(labels);
		final Outside run = Outside.run(folder, "ulimit -f 16; exec ", List.of("-Djava.awt.headless=true"),
			"segment", "input=" + image, "model=" + bench.model, "output=" + labels, "device=cpu",
			"precision=float32");
		assertEquals(1, run.code(), run.err());
		assertTrue(run.out().contains("File \\\"" + labels
			+ "\\\" cannot be written: File too large.\""), run.out());
		assertArrayEquals(before, Files.readAllBytes(labels));
		try (Stream<Path> files = Files.list(labels.getParent())) {
			assertEquals(2, files.count(), "nothing is left behind");
		}
	}

	/** No display, no home, an old processor, a Turkish user at the date line: the same labels. */
	@Test
	void aBareMachineIsEnough() throws IOException, InterruptedException {
		assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
		final Path labels = folder.resolve("results/bare.nii.gz");
		final Outside run = Outside.run(folder, "unset DISPLAY; export HOME=/proc/none TZ=Pacific/Kiritimati "
			+ "LANG=tr_TR ATEN_CPU_CAPABILITY=default; exec ", List.of("-Duser.home=/proc/none",
				"-Duser.language=tr"), "segment", "input=" + image, "model=" + bench.model, "output=" + labels,
			"overlay=true", "device=cpu", "precision=float32");
		assertEquals(0, run.code(), run.err());
		assertFalse(run.err().contains("Exception"), run.err());
		for (final String more : new String[] { "-rois.zip", "-measurements.csv", "-overlay.png" })
			assertTrue(Files.exists(folder.resolve("results/bare" + more)));
		FaultBench.assertDone(bench.segment(image));
		final float[] expected = bench.written(32, 32, 32);
		final float[] actual = FaultBench.read(labels, 32, 32, 32);
		int differing = 0;
		for (int i = 0; i < expected.length; i++)
			if (expected[i] != actual[i]) differing++;
		assertTrue(differing < 10, differing + " voxels differ"); // other sums round differently
	}
}
