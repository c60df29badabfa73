package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.swinj.progress.CancelledException;
import org.swinj.progress.RecordingProgress;

class DatasetTest {

	@TempDir
	Path folder;

	private final RecordingProgress progress = new RecordingProgress();

	private Dataset open() throws IOException {
		return Dataset.open(folder, progress);
	}

	private String refusal() {
		return assertThrows(FormatException.class, this::open).getMessage();
	}

	private void json(final String text) throws IOException {
		Files.writeString(folder.resolve("dataset.json"), text.replace('\'', '"'));
	}

	/** Writes a row of voxels. */
	private void volume(final String name, final double... values) throws IOException {
		final Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		new NiftiFile(1, ByteOrder.LITTLE_ENDIAN, values.length, 1, 1).voxels(16, 4, values).write(file);
	}

	private void pair(final String image, final String labels) throws IOException {
		volume(image, 0.5, 1.5, 2.5);
		volume(labels, 0, 1, 2);
	}

	@Test
	void decathlonFolderIsReadByItsList() throws IOException {
		pair("imagesTr/a.nii.gz", "labelsTr/a.nii.gz");
		pair("imagesTr/b.nii.gz", "labelsTr/b.nii.gz");
		pair("imagesTr/unlisted.nii.gz", "labelsTr/unlisted.nii.gz");
		json("{'modality':{'1':'T1','0':'FLAIR'},'labels':{'0':'background','2':'edema','1':'core'}," +
			"'training':[{'image':'./imagesTr/b.nii.gz','label':'./labelsTr/b.nii.gz'}," +
			"{'image':'./imagesTr/a.nii.gz','label':'./labelsTr/a.nii.gz'}," +
			"{'image':'./imagesTr/._a.nii.gz','label':'./labelsTr/._a.nii.gz'}," +
			"{'image':'./imagesTr/gone.nii.gz','label':'./labelsTr/gone.nii.gz'}]}");
		final Dataset dataset = open();
		assertEquals(List.of("b", "a"), dataset.cases().stream().map(Case::id).toList());
		assertEquals(folder.resolve("labelsTr/b.nii.gz"), dataset.cases().get(0).labels());
		assertEquals(List.of("FLAIR", "T1"), dataset.channels());
		assertEquals(new LabelMap(List.of(0, 1, 2), List.of("background", "core", "edema")), dataset
			.labels());
		assertEquals(1, progress.warnings.size());
		assertTrue(progress.warnings.get(0).contains("1 of 3") && progress.warnings.get(0).contains(
			"gone"), progress.warnings.get(0));
	}

	@Test
	void nnUNetFolderIsReadByItsNames() throws IOException {
		pair("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
		pair("imagesTr/ab_0000.nii.gz", "labelsTr/ab.nii.gz");
		json("{'channel_names':{'0':'CT'},'labels':{'background':0,'tumour':2,'ignore':3}," +
			"'numTraining':2,'file_ending':'.nii.gz'}");
		final Dataset dataset = open();
		assertEquals(List.of("a_0000", "ab_0000"), dataset.cases().stream().map(c -> VolumeFormat
			.baseName(c.image())).toList());
		assertEquals(List.of("CT"), dataset.channels());
		assertEquals(List.of(0, 2), dataset.labels().values());
		assertEquals(3, dataset.ignore());
		volume("imagesTr/a_0001.nii.gz", 1, 2, 3);
		assertTrue(refusal().contains("separate files"));
	}

	@ParameterizedTest
	@CsvSource({ "images/a.nii, labels/a.nii", "imagesTr/a.nii.gz, labelsTr/a.nii",
		"Image/x_1.nii, Label/x_1.nii", "raw/c1_raw.nii, masks/c1_mask.nii",
		"img/img_7.nii, seg/seg_7.nii" })
	void twoSubFoldersArePairedByName(final String image, final String labels) throws IOException {
		pair(image, labels);
		volume("images/.hidden.nii", 1);
		volume(Path.of(labels).getParent() + "/._" + Path.of(labels).getFileName(), 1);
		final Dataset dataset = open();
		assertEquals(List.of(folder.resolve(image)), dataset.cases().stream().map(Case::image).toList());
		assertEquals(List.of(folder.resolve(labels)), dataset.cases().stream().map(Case::labels)
			.toList());
		assertEquals(List.of("background", "class 1", "class 2"), dataset.labels().names());
	}

	@ParameterizedTest
	@CsvSource({ "spleen2_ct, spleen2_label", "t2, t2_seg-manual", "ch2, aal", "n_1_raw, n_1_instances",
		"A-image, A-mask", "brain, gt", "volume-0, segmentation-0" })
	void pairsSideBySideAreRecognised(final String image, final String labels) throws IOException {
		pair(image + ".nii.gz", labels + ".nii.gz");
		Files.writeString(folder.resolve("notes_label.txt"), "no volume");
		final Dataset dataset = open();
		assertEquals(List.of(image), dataset.cases().stream().map(Case::id).toList());
		assertEquals(folder.resolve(labels + ".nii.gz"), dataset.cases().get(0).labels());
	}

	@Test
	void ofSeveralImagesTheOneOfTheSameSizeBelongs() throws IOException {
		pair("example_ct_sm.nii", "example_seg.nii");
		volume("example_ct.nii", 1, 2, 3, 4, 5);
		assertEquals("example_ct_sm", open().cases().get(0).id());
		volume("example_ct_other.nii", 1, 2, 3);
		final String sentence = refusal();
		assertTrue(sentence.contains("2 images") && sentence.contains("example_ct_other"), sentence);
	}

	@Test
	void labelsWithoutATellingNameAreRecognisedByTheirVoxels() throws IOException {
		pair("zebra.nii", "apple.nii");
		assertEquals(new Case("zebra", folder.resolve("zebra.nii"), folder.resolve("apple.nii")), open()
			.cases().get(0));
	}

	@Test
	void classesAreFoundByReadingTheLabels() throws IOException {
		pair("images/a.nii", "labels/a.nii");
		volume("images/b.nii", 1, 2, 3);
		volume("labels/b.nii", 5, 255, 255);
		final LabelMap labels = open().labels();
		assertEquals(List.of(0, 1, 2, 5, 255), labels.values());
		assertEquals("class 255", labels.names().get(4));
	}

	@Test
	void objectNumbersAreNotTakenForClasses() throws IOException {
		final double[] numbers = new double[400];
		for (int i = 0; i < 400; i++)
			numbers[i] = i;
		volume("images/a.nii", numbers);
		volume("labels/a.nii", numbers);
		assertTrue(refusal().contains("400"));
	}

	@Test
	void readingTheLabelsCanBeCancelled() throws IOException {
		pair("images/a.nii", "labels/a.nii");
		progress.cancelled = true;
		assertThrows(CancelledException.class, this::open);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "'a\\u0000b'|is no name of a file",
		"'/'|is no name of a file", "'../../../../../../../../../../..'|is no name of a file",
		"null|without \"label\"", "[]|without \"label\"" })
	void whatIsNoFileIsRefused(final String name, final String words) throws IOException {
		pair("imagesTr/a.nii", "labelsTr/a.nii");
		json("{'training':[{'image':'imagesTr/a.nii','label':" + name + "}]}");
		assertTrue(refusal().contains(words), refusal());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'0':null}", "{'a':null}", "{'1':{}}", "{'b':{}}" })
	void labelsWithoutValueAreRefused(final String labels) throws IOException {
		pair("imagesTr/a.nii", "labelsTr/a.nii");
		json("{'labels':" + labels + "}");
		assertTrue(refusal().contains("neither a name nor a whole number"), refusal());
	}

	@Test
	void failureSaysWhatWasLookedFor() throws IOException {
		volume("alone.nii", 0.5, 1.5);
		final String sentence = refusal();
		assertTrue(sentence.contains(folder.toString()) && sentence.contains("labelsTr"), sentence);
		assertTrue(assertThrows(FormatException.class, () -> Dataset.open(folder.resolve("none"),
			progress)).getMessage().contains("does not exist"));
	}

	@Test
	void senselessDescriptionsAreRefused() throws IOException {
		pair("imagesTr/a.nii", "labelsTr/a.nii");
		json("{ this is not json ");
		assertTrue(refusal().contains("not valid JSON"));
		json("[1, 2]");
		assertTrue(refusal().contains("not valid JSON"));
		Files.write(folder.resolve("dataset.json"), new byte[] { '{', '"', (byte) 0xc3, '"' });
		assertTrue(refusal().contains("no text in UTF-8"));
		json("{'labels':{'background':0,'whole tumour':[1,2]}}");
		assertTrue(refusal().contains("whole tumour"));
		json("{'labels':{'background':0,'a':1,'b':1}}");
		assertTrue(refusal().contains("label 1"));
		json("{'labels':{'a':-1}}");
		assertTrue(refusal().contains("-1"));
		json("{'training':[{'image':'x.nii','label':'y.nii'}]}");
		assertTrue(refusal().contains("x.nii"));
	}

	@Test
	void numberedFoldersArePairedAsDownloaded() throws IOException {
		pair("RawData/Training/img/img0001.nii.gz", "RawData/Training/label/label0001.nii.gz");
		for (int i = 35; i <= 40; i++)
			pair("RawData/Training/img/img00" + i + ".nii.gz", "RawData/Training/label/label00" + i
				+ ".nii.gz");
		volume("RawData/Testing/img/img0061.nii.gz", 1, 2, 3);
		final List<Case> cases = open().cases();
		assertEquals(7, cases.size(), "of Training alone");
		assertEquals("label0035.nii.gz", cases.get(1).labels().getFileName().toString());
		assertEquals("img0035", cases.get(1).id());
		assertEquals("img0035,img0036,img0037,img0038,img0039,img0040", String.join(",", Preset.of("btcv")
			.heldBack(cases)));
	}
}
