package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {

	private static final PartialPlan WHOLE = new PartialPlan(new double[] { 0.1 + 0.2, 1.5, 2 }, "mm",
		Intensity.clipZScore(-962.5, 296, 79.5, 141.25), new int[] { 96, 96, 32 }, 24, 6, 2, 1 / 3.0,
		new boolean[] { false, true, true }, 5e-4, 4000, 30.0);

	@TempDir
	Path folder;

	private PartialPlan read(final String text) throws IOException {
		return PlanJson.read(Files.writeString(folder.resolve("my plan.json"), text));
	}

	@Test
	void whatIsWrittenIsReadAsItWas() throws IOException {
		final String text = PlanJson.text(PlanJson.write(WHOLE));
		final PartialPlan read = read(text);
		assertEquals(text, PlanJson.text(PlanJson.write(read)));
		assertArrayEquals(WHOLE.spacing(), read.spacing());
		assertEquals(WHOLE.intensity(), read.intensity());
		assertEquals(WHOLE.foreground(), read.foreground());
		assertEquals(WHOLE.rate(), read.rate());
	}

	@Test
	void aPlanIsReadable() {
		final String text = PlanJson.text(PlanJson.write(WHOLE));
		assertTrue(text.contains("\n  \"patch_size\": [96, 96, 32],\n"), text);
		assertTrue(text.contains("\n  \"rate\": 0.0005,\n"), text);
		assertTrue(text.endsWith("\n  \"steps\": 4000,\n  \"minutes\": 30\n}\n"), text);
	}

	@Test
	void whatIsAbsentIsLeftToTheData() throws IOException {
		final PartialPlan read = read("{\"batch\": 3, \"rate\": null, \"unit\": \"voxels\"}");
		assertEquals(3, read.batch());
		assertNull(read.rate());
		assertNull(read.patch());
		assertTrue(read.keepsVoxels());
	}

	@Test
	void voxelSizesAreConverted() throws IOException {
		final PartialPlan plan = read("{\"voxel_size\": [1, 2, 3.5], \"unit\": \"um\"}");
		assertArrayEquals(new double[] { 0.001, 0.002, 0.0035 }, plan.spacingIn("mm"), 1e-12);
		assertThrows(FormatException.class, () -> plan.spacingIn("pixel"));
	}

	/** A key, a value, and what the sentence says of it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "patch_size | [96, 96, 50] | a multiple of 32",
		"patch_size | [96, 96] | three numbers", "patch_size | 96 | three numbers",
		"patch_size | [0, 32, 32] | a multiple of 32", "patch_size | [32.5, 32, 32] | multiple of 32",
		"patch_size | [\"32\", 32, 32] | three numbers", "feature_size | 20 | a multiple of 12",
		"feature_size | 0 | from 12", "feature_size | \"24\" | a whole number",
		"window_size | 1 | from 2", "window_size | 4.5 | a whole number", "batch | 0 | from 1 to 64",
		"batch | 65 | from 1 to 64", "batch | true | a whole number", "rate | -0.001 | above 0",
		"rate | 1 | below 1", "rate | 1e999 | above 0", "foreground | 1.5 | from 0 to 1",
		"steps | -1 | from 0", "minutes | -5 | from 0", "voxel_size | [1, 0, 1] | above 0",
		"voxel_size | \"1,1,1\" | three numbers", "unit | \"parsec\" | a length", "unit | 3 | a text",
		"unit | \"mm\" | no voxel_size", "mirror | [true, false] | three times true or false",
		"mirror | [1, 0, 1] | three times true or false", "intensity | \"zscore\" | an object",
		"intensity | {\"scheme\":\"magic\"} | zscore, window or clip_zscore",
		"intensity | {\"scheme\":\"window\",\"lower\":5,\"upper\":1} | must rise",
		"intensity | {\"scheme\":\"window\",\"lower\":5} | \"upper\"",
		"intensity | {\"scheme\":\"zscore\",\"mean\":5} | nothing else",
		"intensity | {\"scheme\":\"clip_zscore\",\"lower\":0,\"upper\":1,\"mean\":0,\"std\":0} | must",
		"format_version | 2 | at most 1", "patchsize | [96, 96, 96] | unknown key" })
	void whatCannotBeIsRefusedWithFileKeyAndValue(final String key, final String value,
		final String part)
	{
		final FormatException refused = assertThrows(FormatException.class, () -> read("{\"" + key
			+ "\": " + value + "}"));
		final String sentence = refused.getMessage();
		final String shown = value.equals("1e999") ? value : value.replace(" ", "");
		assertTrue(sentence.contains("my plan.json\"") && sentence.contains("\"" + key + "\"")
			&& sentence.replace(" ", "").contains(shown), sentence);
		assertTrue(sentence.contains(part) && sentence.endsWith("."), sentence);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[1]", "{\"batch\": ", "batch = 3", "3" })
	void whatIsNoObjectIsRefused(final String text) {
		final FormatException refused = assertThrows(FormatException.class, () -> read(text));
		assertTrue(refused.getMessage().endsWith("my plan.json\" is not a JSON object."), refused
			.getMessage());
	}

	@Test
	void aMissingFileIsNamed() {
		assertTrue(assertThrows(FormatException.class, () -> PlanJson.read(folder.resolve("none.json")))
			.getMessage().contains("none.json\" does not exist"));
	}
}
