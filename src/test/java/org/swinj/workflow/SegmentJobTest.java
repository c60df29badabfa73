package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.data.FormatException;

class SegmentJobTest {

	@TempDir
	Path folder;
	private Path input;

	@BeforeEach
	void inputIsThere() throws IOException {
		input = Files.createFile(folder.resolve("brain.nrrd"));
	}

	@ParameterizedTest
	@CsvSource({ "results, results/brain.nii.gz", "results.v2, results.v2/brain.nii.gz",
		"label.nii, label.nii", "label.tif, label.tif" })
	void resultsGoWhereTheOutputSays(final String output, final String file) throws IOException {
		assertEquals(folder.resolve(file), SegmentJob.find(input, folder.resolve(output)).get(0)
			.output());
	}

	@ParameterizedTest
	@ValueSource(strings = { "label.png", "label.nrrd" })
	void otherFormatsAreRefusedAtOnce(final String name) {
		final Path output = folder.resolve(name);
		final String sentence = assertThrows(FormatException.class, () -> SegmentJob.find(input, output))
			.getMessage();
		assertTrue(sentence.endsWith(
			name + "\" is no file that labels are written in: use .tif, .nii or .nii.gz, or a folder."),
			sentence);
		assertFalse(Files.exists(output));
	}

	@Test
	void sourcesAreNotReplaced() {
		assertThrows(FormatException.class, () -> SegmentJob.find(input, input));
	}
}
