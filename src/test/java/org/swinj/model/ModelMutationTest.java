package org.swinj.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.GoldenFolder;
import org.swinj.fuzz.Archives;
import org.swinj.fuzz.Fuzz;
import org.swinj.fuzz.Mutations;
import org.swinj.fuzz.Seed;
import org.swinj.network.Merging;

/** Damaged models and weights are read or refused, quickly and within little memory. */
class ModelMutationTest {

	/** The table of a network's tensors, and buffers of the file. */
	private static final long TABLES = 2 << 20;

	/** What a PyTorch file may take however small it is, see {@link TorchStorages}, and tables. */
	private static final long TORCH = 16 << 20;

	@TempDir
	Path folder;

	private static long touch(final StateDict weights) {
		long bytes = 1;
		for (final Weight weight : weights.asMap().values())
			bytes += 4L * weight.toFloats().length;
		return bytes;
	}

	/** An encoder with those of its weights that are small. */
	private static SwinModel encoder(final int mostNumbers) {
		final SwinModel small = TestModels.small(1);
		final StateDict weights = new StateDict();
		for (final Map.Entry<String, Weight> entry : small.weights().asMap().entrySet())
			if (entry.getKey().startsWith(MonaiKeys.ENCODER) && entry.getValue().numel() < mostNumbers)
				weights.put(entry.getKey(), entry.getValue());
		final ModelCard c = small.card();
		return new SwinModel(new ModelCard(c.name(), c.architecture(), true, c.classes(), c.channels(), c
			.voxelSize(), c.unit(), c.oriented(), c.intensity(), c.patchSize(), new Training(7, 100, 0.5,
				Double.NaN, List.of(), "cpu", "versions", "2026-01-01", List.of("steps=100"), List.of("a 00")), "", c
					.source()), weights);
	}

	private static long read(final Path path) throws IOException {
		SwinModel.readCard(path).describe();
		return touch(SwinModel.read(path).weights());
	}

	/** Damages one of the two files of a model; damaged weights mostly get a checksum that fits. */
	private static Map<String, byte[]> damaged(final Map<String, byte[]> valid,
		final Mutations mutations) throws IOException
	{
		final Map<String, byte[]> files = new LinkedHashMap<>(valid);
		if (mutations.chance(0.5)) {
			files.put(ModelReader.CARD, mutations.damaged(valid.get(ModelReader.CARD)));
			return files;
		}
		final byte[] weights = mutations.damaged(valid.get(ModelReader.WEIGHTS));
		files.put(ModelReader.WEIGHTS, weights);
		final String card = new String(valid.get(ModelReader.CARD), StandardCharsets.UTF_8);
		if (mutations.chance(0.8)) files.put(ModelReader.CARD, card.replaceFirst("[0-9a-f]{64}",
			HexFormat.of().formatHex(ModelWriter.sha256().digest(weights))).getBytes(
				StandardCharsets.UTF_8));
		return files;
	}

	@Test
	void zips() throws IOException, InterruptedException {
		final Path file = folder.resolve("m.zip");
		encoder(100).write(file);
		final Map<String, byte[]> entries = Archives.unzip(Files.readAllBytes(file));
		new Fuzz("modelzip", ModelFormatException.class, TABLES, List.of(new Seed("m.zip", Archives.zip(
			entries), (zip, mutations) -> mutations.chance(0.3) ? mutations.damaged(zip) : Archives.zip(
				damaged(entries, mutations))))).run(folder, ModelMutationTest::read);
	}

	@Test
	void folders() throws IOException, InterruptedException {
		final Path model = folder.resolve("m");
		encoder(100).write(model);
		new Fuzz("modelfolder", ModelFormatException.class, TABLES, List.of(Seed.plain("m/model.json",
			Files.readAllBytes(model.resolve(ModelReader.CARD))), Seed.plain("m/weights.safetensors", Files
				.readAllBytes(model.resolve(ModelReader.WEIGHTS))))).run(folder, file -> read(model));
	}

	@Test
	void torchZips() throws IOException, InterruptedException {
		weights("torchzip", TORCH, List.of(golden("quirks.pt.gz"), Seed.zip("view.pt", Files.readAllBytes(
			new TestPickle().op('}').text("state_dict").op('}').text("a").tensor(6, 1, new long[] { 2, 2 },
				new long[] { 1, 2 }).op('s').text("b").global("posix", "system").text("touch owned").op(0x85,
					'R', 's', 's').write(folder.resolve("seed.pt"), new byte[24])))));
	}

	@Test
	void legacyTorch() throws IOException, InterruptedException {
		weights("torchlegacy", TORCH, List.of(golden("quirks_legacy.pt.gz"), golden(
			"bare_state_dict.pth.gz")));
	}

	@Test
	void safetensors() throws IOException, InterruptedException {
		final Path file = folder.resolve("seed.safetensors");
		Safetensors.write(file, encoder(100).weights(), Map.of("key", "value"));
		weights("safetensors", TABLES, List.of(Seed.plain("a.safetensors", Files.readAllBytes(
			file)), Seed.plain("b.safetensors", Files.readAllBytes(GoldenFolder.dir().resolve(
				"quirks_expected.safetensors")))));
	}

	@Test
	void imports() throws IOException, InterruptedException {
		final Path file = folder.resolve("seed.safetensors");
		Safetensors.write(file, encoder(800).weights(), Map.of());
		new Fuzz("import", ModelFormatException.class, TABLES, List.of(Seed.plain("a.safetensors", Files
			.readAllBytes(file)))).run(folder, path -> touch(MonaiImport.of(WeightsFile.read(path), "a",
				Merging.LEGACY).weights()));
	}

	private void weights(final String parser, final long allowance, final List<Seed> seeds)
		throws IOException, InterruptedException
	{
		new Fuzz(parser, ModelFormatException.class, allowance, seeds).run(folder, file -> touch(
			WeightsFile.read(file)));
	}

	private static Seed golden(final String name) throws IOException {
		final byte[] file = Archives.gunzip(Files.readAllBytes(GoldenFolder.dir().resolve(name)));
		final String plain = name.replace(".gz", "");
		return file[0] == 'P' ? Seed.zip(plain, file) : Seed.plain(plain, file);
	}
}
