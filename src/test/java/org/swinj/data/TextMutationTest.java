package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.fuzz.Fuzz;
import org.swinj.fuzz.Seed;
import org.swinj.progress.Progress;

/** Damaged descriptions of data sets and lists of label names make no trouble. */
class TextMutationTest {

	/** A few volumes of four voxels, the text and the tables of its patterns. */
	private static final long SMALL = 4 << 20;

	@TempDir
	Path folder;

	private static Seed text(final String file, final String... lines) {
		return Seed.plain(file, String.join("\n", lines).replace('\'', '"').getBytes(
			StandardCharsets.UTF_8));
	}

	private void volume(final String name, final double... values) throws IOException {
		final Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		new NiftiFile(1, ByteOrder.LITTLE_ENDIAN, values.length, 1, 1).voxels(2, 1, values).write(file);
	}

	@Test
	void datasetJson() throws IOException, InterruptedException {
		for (final String name : List.of("a", "b")) {
			volume("imagesTr/" + name + ".nii", 5, 6, 7, 8);
			volume("imagesTr/" + name + "_0000.nii", 5, 6, 7, 8);
			volume("labelsTr/" + name + ".nii", 0, 1, 2, 1);
		}
		final Seed decathlon = text("dataset.json",
			"{'name':'fuzz','modality':{'0':'T1','1':'FLAIR'},'labels':{'0':'background','1':'core',",
			"'2':'edema','255':'ignore'},'numTraining':2,'training':[{'image':'./imagesTr/a.nii',",
			"'label':'./labelsTr/a.nii'},{'image':'imagesTr/b.nii','label':'labelsTr/b.nii'}]}");
		final Seed nnunet = text("dataset.json", "{'channel_names':{'0':'CT'},'labels':{'background':0,",
			"'core':1,'edema':2,'ignore':3},'numTraining':2,'file_ending':'.nii'}");
		new Fuzz("datasetjson", FormatException.class, SMALL, List.of(decathlon, nnunet)).run(folder,
			file -> 1 + Dataset.open(folder, Progress.silent()).labels().classes());
	}

	@Test
	void labelNames() throws IOException, InterruptedException {
		final Seed atlas = text("a.txt", "1 Precentral_L 2001", "2 Precentral_R 2002", "116 Vermis_10");
		final Seed colours = text("a.txt", "#No. Label Name: R G B A", "0 Unknown 0 0 0 0",
			"17  Left-Hippocampus 220 216 20 0");
		final Seed quoted = text("a.txt", "# ITK-SnAP", "0 0 0 0 0 0 0 'Clear Label'",
			"2 0 255 0 1 1 1 'left kidney'");
		new Fuzz("labelnames", FormatException.class, SMALL, List.of(atlas, colours, quoted)).run(folder,
			file -> 1 + letters(LabelNames.beside(folder.resolve("a.nii.gz"))));
	}

	/** Names are never refused, and never empty. */
	private static long letters(final Map<Integer, String> names) {
		assertTrue(names.entrySet().stream().allMatch(name -> name.getKey() >= 0 && !name.getValue()
			.isEmpty()), names.toString());
		return names.values().stream().mapToLong(String::length).sum();
	}
}
