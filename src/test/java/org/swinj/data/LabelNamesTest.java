package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.progress.Progress;

class LabelNamesTest {

	@TempDir
	Path folder;

	private Map<Integer, String> names(final String table, final String... lines) throws IOException {
		Files.write(folder.resolve(table), List.of(lines));
		return LabelNames.beside(folder.resolve("aal.nii.gz"));
	}

	@Test
	void atlasesNameTheirRegions() throws IOException {
		assertEquals(Map.of(1, "Precentral_L", 116, "Vermis_10"), names("aal.nii.txt",
			"1 Precentral_L 2001", "116 Vermis_10 9170"));
	}

	@Test
	void colourTablesNameTheirLabels() throws IOException {
		assertEquals(Map.of(0, "Unknown", 17, "Left-Hippocampus"), names("aal.txt", "#No. Label Name: R G B A",
			"", "0   Unknown 0 0 0 0", "17  Left-Hippocampus 220 216 20 0"));
	}

	@Test
	void quotedNamesMayHaveBlanks() throws IOException {
		assertEquals(Map.of(0, "Clear Label", 2, "left kidney"), names("aal.txt", "# ITK-SnAP",
			"    0     0    0    0        0  0  0    \"Clear Label\"",
			"    2     0  255    0        1  1  1    \"left kidney\""));
	}

	@Test
	void otherTextsNameNothing() throws IOException {
		assertEquals(Map.of(), names("aal.txt", "recorded in 2019", "1 2 3", "99999999999 far"));
		Files.write(folder.resolve("aal.txt"), new byte[] { (byte) 0xFF, 0, 7 });
		assertEquals(Map.of(), LabelNames.beside(folder.resolve("aal.nii.gz")));
	}

	@Test
	void longLinesTakeNoTime() {
		for (final String end : new String[] { " x\u2028", "\" \"".repeat(20_000) + "x" })
			assertTimeoutPreemptively(Duration.ofSeconds(20), () -> names("aal.txt", "7 " + "n".repeat(
				900_000) + end));
	}

	@Test
	void classesFoundByReadingAreNamed() throws IOException {
		final Path labels = folder.resolve("a_label.nii.gz");
		VolumeWriter.write(labels, TestVolumes.of("a", Geometry.unknown(), i -> (float) (i % 3), 4, 4, 4,
			1));
		Files.write(folder.resolve("a_label.txt"), "2 axon".getBytes(StandardCharsets.UTF_8));
		assertEquals(List.of("background", "class 1", "axon"), LabelMap.scan(List.of(new Case("a", labels,
			labels)), -1, Progress.silent()).names());
	}
}
