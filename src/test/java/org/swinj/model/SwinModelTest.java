package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.data.AtomicFile;
import org.swinj.data.Intensity;
import org.swinj.network.SwinConfig;

class SwinModelTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "my model", "my model.zip" })
	void roundTripKeepsEverything(final String name) throws IOException {
		final Training training = new Training(-5L << 40, 120, 0.25, Double.NaN, List.of("b", "c"), "CPU", "1, 2, 3",
			"2026-01-02T03:04:05+01:00", List.of("steps=120"), List.of("a.nii.gz 00ff"));
		final SwinModel model = TestModels.small(3);
		final SwinModel written = new SwinModel(model.card().withTraining(training), model.weights());
		written.write(folder.resolve(name));
		final SwinModel read = SwinModel.read(folder.resolve(name));

		assertIterableEquals(model.weights().names(), read.weights().names());
		for (final String key : model.weights().names())
			assertEquals(model.weights().get(key).data(), read.weights().get(key).data(), key);
		final ModelCard card = read.card();
		assertEquals(model.card().architecture(), card.architecture());
		assertEquals(model.card().classes(), card.classes());
		assertEquals(model.card().intensity(), card.intensity());
		assertEquals(training, card.training());
		assertArrayEquals(new double[] { 1.5, 1.5, 2 }, card.voxelSize());
		assertArrayEquals(new int[] { 96, 96, 64 }, card.patchSize());
		assertArrayEquals(new int[] { 0, 1, 2 }, card.labelValues());
		assertEquals(CardJson.write(card), CardJson.write(SwinModel.readCard(folder.resolve(name))));
		assertTrue(card.oriented() && !card.encoderOnly() && card.unit().equals("mm"));
	}

	@Test
	void unknownKeysSurviveARewrite() throws IOException {
		final Path path = folder.resolve("model");
		TestModels.small(3).write(path);
		final JsonObject json = card(path);
		json.addProperty("future", "kept");
		json.getAsJsonObject("architecture").addProperty("registers", 4);
		json.addProperty("format_version", 1.5);
		Files.writeString(path.resolve("model.json"), json.toString());

		final SwinModel read = SwinModel.read(path);
		new SwinModel(read.card().withName("renamed"), read.weights()).write(path);
		assertEquals("renamed", card(path).get("name").getAsString());
		assertEquals("kept", card(path).get("future").getAsString());
		assertEquals(4, card(path).getAsJsonObject("architecture").get("registers").getAsInt());
	}

	/** As a killed process leaves it: the old model out of the way, the new one not yet there. */
	@Test
	void aModelThatWasBeingReplacedIsPutBack() throws IOException {
		final Path path = folder.resolve("m");
		TestModels.small(3).write(path);
		Files.writeString(path.resolve("notes.txt"), "mine");
		Files.move(path, AtomicFile.sibling(path));
		final Path unfinished = Files.createDirectory(AtomicFile.sibling(path));
		Files.write(unfinished.resolve("weights.safetensors"), new byte[100]);
		SwinModel.recover(path);
		assertEquals(TestModels.small(3).weights().names(), SwinModel.read(path).weights().names());
		assertEquals("mine", Files.readString(path.resolve("notes.txt")));
		assertEquals(List.of(), AtomicFile.leftovers(path));
	}

	/** Killed just after the new model took the place. */
	@Test
	void otherFilesOfAReplacedModelAreKept() throws IOException {
		final Path path = folder.resolve("m");
		TestModels.small(3).write(path);
		final Path old = AtomicFile.sibling(path);
		TestModels.small(4).write(old);
		Files.writeString(old.resolve("notes.txt"), "mine");
		SwinModel.recover(path);
		assertEquals("mine", Files.readString(path.resolve("notes.txt")));
		assertEquals(TestModels.small(3).weights().get("out.conv.conv.bias").data(), SwinModel.read(path)
			.weights().get("out.conv.conv.bias").data());
		assertEquals(List.of(), AtomicFile.leftovers(path));
	}

	@Test
	void everySchemeOfIntensityIsKept() throws IOException {
		for (final Intensity intensity : List.of(Intensity.zScore(), Intensity.window(-1000, 1000),
			Intensity.clipZScore(-962.5, 296, 79.5, 141.25)))
		{
			final ModelCard c = TestModels.small(1).card();
			final ModelCard card = ModelCard.of("m", c.architecture(), c.classes(), c.channels(), c
				.voxelSize(), c.unit(), false, intensity, c.patchSize());
			final ModelCard read = CardJson.parse(CardJson.write(card), "m");
			assertEquals(intensity, read.intensity());
			assertNull(read.training());
			assertFalse(read.oriented());
		}
	}

	/** A field of model.json, the JSON put there, and a part of the sentence that refuses it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "format_version | 2 | please update", //
		"format_version | \"x\" | format_version", "name | null | \"name\" of its model.json is missing", //
		"classes | [{\"value\":0}] | \"name\" of its model.json is missing", //
		"classes | [] | 3 outputs, but 0 classes", //
		"patch_size | [96,96] | 3 numbers", "patch_size | [96,96,50] | multiple of 32, not 50", //
		"voxel_size | [1,0,1] | must be positive", "channels | [\"a\",\"b\"] | 1 channels, but 2", //
		"intensity | {\"scheme\":\"magic\"} | \"scheme\"", "oriented | 3 | true or false", //
		"weights_sha256 | \"00\" | SHA-256", "architecture | 7 | an object", //
		"architecture | {\"in_channels\":1e99} | whole number", //
		"training | {\"seed\":1e999999999} | whole number" })
	void damagedCardsAreRefused(final String key, final String value, final String part)
		throws IOException
	{
		final Path path = folder.resolve("damaged");
		TestModels.small(3).write(path);
		final JsonObject json = card(path);
		json.add(key, JsonParser.parseString(value));
		Files.writeString(path.resolve("model.json"), json.toString());
		final ModelFormatException refusal = assertThrows(ModelFormatException.class,
			() -> SwinModel.read(path));
		assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
		assertTrue(refusal.getMessage().contains("damaged"), refusal.getMessage());
	}

	/** Numbers that would make a network of billions of tensors. */
	@ParameterizedTest
	@CsvSource({ "depths, '[1,2000000000,1,1]', at most 100 blocks", "window_size, 1000000, 2 to 16",
		"feature_size, 1200000000, multiple of 12 up to 1536" })
	void networksBeyondReasonAreRefused(final String key, final String value, final String part)
		throws IOException
	{
		final Path path = folder.resolve("vast");
		TestModels.small(3).write(path);
		final JsonObject json = card(path);
		json.getAsJsonObject("architecture").add(key, JsonParser.parseString(value));
		Files.writeString(path.resolve("model.json"), json.toString());
		assertRefused(path, part);
	}

	@Test
	void cardsNestedBeyondReasonAreRefused() throws IOException {
		final Path path = folder.resolve("deep");
		TestModels.small(3).write(path);
		final String card = Files.readString(path.resolve("model.json"));
		Files.writeString(path.resolve("model.json"), card.replaceFirst("\\{", "{\"x\":" + "[".repeat(
			51) + "]".repeat(51) + ","));
		assertRefused(path, "more than 50 levels deep");
	}

	/** The list of contents claims that the weights take more bytes than the archive has. */
	@Test
	void entriesLargerThanTheArchiveAreRefused() throws IOException {
		final Path path = folder.resolve("model.zip");
		TestModels.small(3).write(path);
		final byte[] bytes = Files.readAllBytes(path);
		final ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		final int contents = zip.getInt(bytes.length - 6);
		zip.putInt(contents + 20, bytes.length).putInt(contents + 24, bytes.length);
		Files.write(path, bytes);
		assertRefused(path, "packed bytes, but it has only " + bytes.length);
	}

	@Test
	void aZipWithDamagedContentsIsRefused() throws IOException {
		final Path path = folder.resolve("model.zip");
		TestModels.small(3).write(path);
		final byte[] bytes = Files.readAllBytes(path);
		for (final String part : new String[] { "model.json", "weights.safetensors" }) {
			final byte[] bad = bytes.clone();
			// the name stands before the contents of an entry
			final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(part) + part.length();
			java.util.Arrays.fill(bad, at, at + 40, (byte) 0xff);
			Files.write(path, bad);
			assertRefused(path, part + " cannot be unpacked");
		}
	}

	@Test
	void aZipThatClaimsALongerCommentIsRefused() throws IOException {
		final Path path = folder.resolve("model.zip");
		TestModels.small(3).write(path);
		final byte[] bytes = Files.readAllBytes(path);
		bytes[bytes.length - 1] = 2;
		Files.write(path, bytes);
		assertRefused(path, "nor a complete zip");
	}

	@Test
	void aFlippedBitInTheWeightsIsNoticed() throws IOException {
		final Path path = folder.resolve("model");
		TestModels.small(3).write(path);
		final Path weights = path.resolve("weights.safetensors");
		final byte[] bytes = Files.readAllBytes(weights);
		bytes[bytes.length - 5] ^= 1;
		Files.write(weights, bytes);
		assertRefused(path, "SHA-256");
		Files.write(weights, new byte[0]);
		assertRefused(path, "only 0 bytes");
		Files.delete(weights);
		assertRefused(path, "has no weights.safetensors");
	}

	@Test
	void weightsMustBeThoseOfTheArchitecture() {
		final SwinModel model = TestModels.small(3);
		final StateDict extra = copy(model.weights());
		extra.put("decoder9.weight", Weight.of(new float[1], 1));
		assertThrows(IllegalArgumentException.class, () -> new SwinModel(model.card(), extra));
		final StateDict wrongShape = copy(model.weights());
		wrongShape.put("out.conv.conv.bias", Weight.of(new float[4], 4));
		assertThrows(IllegalArgumentException.class, () -> new SwinModel(model.card(), wrongShape));
		final StateDict encoder = new StateDict();
		model.weights().asMap().forEach((name, weight) -> {
			if (name.startsWith("swinViT.")) encoder.put(name, weight);
		});
		assertThrows(IllegalArgumentException.class, () -> new SwinModel(model.card(), encoder));
		assertEquals(encoder.size(), new SwinModel(model.card().asEncoderOnly(), encoder).weights()
			.size());
	}

	@Test
	void foreignThingsAreLeftAlone() throws IOException {
		final Path documents = Files.createDirectory(folder.resolve("documents"));
		Files.writeString(documents.resolve("thesis.txt"), "years of work");
		final Path zip = folder.resolve("photos.zip");
		zip(zip, "photo.jpg", "x");
		assertRefused(documents, "is not a SwinJ model");
		assertRefused(zip, "is not a SwinJ model");
		assertThrows(ModelFormatException.class, () -> TestModels.small(1).write(documents));
		assertThrows(ModelFormatException.class, () -> TestModels.small(1).write(zip));
		assertEquals("years of work", Files.readString(documents.resolve("thesis.txt")));
		Files.writeString(folder.resolve("note.zip"), "hello");
		assertRefused(folder.resolve("note.zip"), "neither a folder nor a complete zip");
		assertRefused(folder.resolve("absent"), "does not exist");
	}

	@Test
	void replacingAModelKeepsOtherFilesOfItsFolder() throws IOException {
		final Path path = folder.resolve("model");
		TestModels.small(1).write(path);
		Files.writeString(path.resolve("history.csv"), "step,loss");
		final SwinModel second = TestModels.small(2);
		second.write(path);
		assertEquals(second.weights().get("out.conv.conv.bias").data(), SwinModel.read(path).weights()
			.get("out.conv.conv.bias").data());
		assertEquals("step,loss", Files.readString(path.resolve("history.csv")));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of(path), files.toList(), "nothing temporary stays");
		}
	}

	@Test
	void aZippedFolderIsAModel() throws IOException {
		final Path path = folder.resolve("model");
		TestModels.small(3).write(path);
		final Path zip = folder.resolve("zipped.zip");
		try (OutputStream out = Files.newOutputStream(zip); ZipOutputStream packed =
			new ZipOutputStream(out))
		{
			for (final String name : List.of("model.json", "weights.safetensors")) {
				packed.putNextEntry(new ZipEntry("model/" + name));
				Files.copy(path.resolve(name), packed);
			}
		}
		assertEquals(3, SwinModel.read(zip).card().classes().size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "../model.json", "/model.json", "a/../../weights.safetensors",
		"C:model.json", "..\\model.json" })
	void namesThatLeadOutsideAreRefused(final String name) throws IOException {
		final Path zip = folder.resolve("slip.zip");
		zip(zip, name, "{}");
		assertRefused(zip, "leads outside");
	}

	@Test
	void bombsAreRefused() throws IOException {
		final Path bomb = folder.resolve("bomb.zip");
		try (OutputStream out = Files.newOutputStream(bomb); ZipOutputStream zip = new ZipOutputStream(
			out))
		{
			zip.putNextEntry(new ZipEntry("weights.safetensors"));
			for (int i = 0; i < 64; i++)
				zip.write(new byte[1 << 20]);
		}
		assertRefused(bomb, "swells from");
		final Path many = folder.resolve("many.zip");
		try (OutputStream out = Files.newOutputStream(many); ZipOutputStream zip = new ZipOutputStream(
			out))
		{
			for (int i = 0; i < 1001; i++)
				zip.putNextEntry(new ZipEntry("file" + i));
		}
		assertRefused(many, "1001 entries");
	}

	@Test
	void coloursOfManyClassesDiffer() {
		final List<SegmentationClass> classes = ModelCard.numberedClasses(32);
		assertEquals(32, classes.stream().map(SegmentationClass::color).distinct().count());
		assertEquals("#000000", classes.get(0).color());
		assertThrows(IllegalArgumentException.class, () -> new SegmentationClass(1, "a", "red"));
	}

	@Test
	void cardsCheckThemselves() {
		final ModelCard card = TestModels.small(1).card();
		final SegmentationClass liver = SegmentationClass.of(6, "liver");
		assertThrows(IllegalArgumentException.class, () -> card.withClasses(List.of(liver)));
		assertThrows(IllegalArgumentException.class, () -> card.withClasses(List.of(liver, liver,
			liver)));
		assertThrows(IllegalArgumentException.class, () -> ModelCard.of("", SwinConfig.monai(1, 2, 12),
			card.classes(), card.channels(), card.voxelSize(), "mm", true, Intensity.zScore(), card
				.patchSize()));
	}

	private static void assertRefused(final Path path, final String part) {
		final ModelFormatException refusal = assertThrows(ModelFormatException.class,
			() -> SwinModel.read(path));
		assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
	}

	private static JsonObject card(final Path path) throws IOException {
		return JsonParser.parseString(Files.readString(path.resolve("model.json"))).getAsJsonObject();
	}

	private static void zip(final Path file, final String name, final String content)
		throws IOException
	{
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(
			out))
		{
			zip.putNextEntry(new ZipEntry(name));
			zip.write(content.getBytes(StandardCharsets.UTF_8));
		}
	}

	private static StateDict copy(final StateDict weights) {
		final StateDict copy = new StateDict();
		weights.asMap().forEach(copy::put);
		return copy;
	}
}
