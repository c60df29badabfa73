package org.swinj.fiji;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Roi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.cli.Shell;
import org.swinj.cli.TestData;
import org.swinj.data.Volume;
import org.swinj.data.VolumeReader;
import org.swinj.model.ModelCard;
import org.swinj.model.SwinModel;
import org.swinj.model.TestModels;
import org.swinj.progress.Progress;
import org.swinj.result.RoiZip;

/** Macros of ImageJ 1 do in a full ImageJ2 what the shell does. $F is the test's folder. */
@EnabledIfSystemProperty(named = "fiji", matches = "true")
class MacroTest {

	private static final String CLOSE = "while (nImages > 0) close();\n";
	private static final String OPEN = CLOSE + "open('$F/my stack.tif');\n";
	private static final String SHORT = "feature_size=12 steps=2 precision=float32 device=cpu";
	private static FullImageJ fiji;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		fiji = new FullImageJ();
	}

	@AfterAll
	static void end() {
		fiji.close();
	}

	@BeforeEach
	void prepare() throws IOException {
		TestModels.tiny(3).write(folder.resolve("my model"));
		TestData.write(folder.resolve("my stack.tif"), TestData.image(1));
	}

	@Test
	void openImageIsLabelledAsItsFileIsByTheShell() throws Exception {
		macro(OPEN + "run('Segment...', 'input=[my stack.tif] model=[$F/my model] output=[$F/written.tif]"
			+ " overlap=0.25 rois=true table=true overlay=true probabilities=true precision=float32');\n"
			+ "selectWindow('my stack-labels'); saveAs('Tiff', '$F/shown.tif');");
		shell("segment", "input=$F/my stack.tif", "model=$F/my model", "output=$F/expected.tif",
			"overlap=0.25", "probabilities=true", "precision=float32");
		assertSame("expected.tif", "written.tif");
		assertSame("expected.tif", "shown.tif");
		assertSame("expected-probabilities.tif", "written-probabilities.tif");
		assertEquals(Files.readString(folder.resolve("expected-measurements.csv")), Files.readString(
			folder.resolve("written-measurements.csv")));
		assertTrue(Files.exists(folder.resolve("written-rois.zip")));
	}

	@Test
	void batchModeAndOmittedOptionsGiveTheDefaults() throws Exception {
		macro(OPEN + "run('Segment...', 'input=[my stack.tif] model=[$F/my model] overlap=0');");
		macro("setBatchMode(true);\n" + OPEN
			+ "run('Segment...', 'input=[my stack.tif] model=[$F/my model] output=[$F/written.tif]');\n"
			+ "selectWindow('my stack-labels'); saveAs('Tiff', '$F/shown.tif');");
		shell("segment", "input=$F/my stack.tif", "model=$F/my model", "output=$F/expected.tif");
		assertSame("expected.tif", "written.tif");
		assertSame("expected.tif", "shown.tif");
	}

	@Test
	void fileIsLabelledWithoutBeingOpened() throws Exception {
		macro(CLOSE + "run('Segment...', 'input=[$F/my stack.tif] model=[$F/my model]"
			+ " output=[$F/written.tif] precision=float32'); if (nImages > 0) exit('opened');");
		shell("segment", "input=$F/my stack.tif", "model=$F/my model", "output=$F/expected.tif",
			"precision=float32");
		assertSame("expected.tif", "written.tif");
	}

	@Test
	void formatsThatOnlyFijiKnowsAreRead() throws Exception {
		macro(CLOSE + "newImage('plane', '8-bit ramp', 40, 36, 1);"
			+ " saveAs('PNG', '$F/plane.png'); saveAs('Tiff', '$F/plane.tif');"
			+ " run('Segment...', 'input=[$F/plane.png] model=[$F/my model] output=[$F/written.tif]"
			+ " precision=float32');");
		shell("segment", "input=$F/plane.tif", "model=$F/my model", "output=$F/expected.tif",
			"precision=float32");
		assertSame("expected.tif", "written.tif");
	}

	@Test
	void trainingOnAFolderWritesTheModelOfTheShell() throws Exception {
		TestData.write(folder.resolve("my data"), 2);
		macro("run('Fine-tune...', 'data=[$F/my data] output=[$F/trained] validation=0 " + SHORT + "');");
		final List<String> options = new ArrayList<>(List.of("fine-tune", "data=$F/my data",
			"output=$F/expected", "validation=0"));
		options.addAll(List.of(SHORT.split(" ")));
		shell(options.toArray(new String[0]));
		final ModelCard card = SwinModel.readCard(folder.resolve("trained"));
		assertEquals(2, card.training().steps());
		assertEquals(SwinModel.readCard(folder.resolve("expected")).weightsSha256(), card
			.weightsSha256());
	}

	@Test
	void trainingOnTwoOpenImagesWritesAModel() throws Exception {
		TestData.write(folder.resolve("my labels.tif"), TestData.labels(1));
		macro(OPEN + "open('$F/my labels.tif'); run('Fine-tune...', 'data=[my stack.tif]"
			+ " labels=[my labels.tif] output=[$F/trained.zip] " + SHORT + "');");
		final ModelCard card = SwinModel.readCard(folder.resolve("trained.zip"));
		assertEquals(2, card.training().steps());
		assertEquals(2, card.classes().size());
		assertEquals(List.of("my stack.tif", "my labels.tif"), card.training().inputs());
		assertTrue(card.training().settings().contains("data=my stack.tif"));
	}

	@Test
	void labelsThatAMacroOmitsAreNotGuessed() throws Exception {
		TestData.write(folder.resolve("my labels.tif"), TestData.labels(1));
		final String printed = fiji.run((OPEN + "open('$F/my labels.tif'); run('Fine-tune...', "
			+ "'data=[my stack.tif] output=[$F/trained.zip] " + SHORT + "');").replace("$F", folder
				.toString()));
		assertTrue(printed.contains("no label image is named"), printed);
		assertFalse(Files.exists(folder.resolve("trained.zip")));
	}

	@Test
	void pretrainingOnAnOpenImageWritesAModel() throws Exception {
		macro(OPEN + "run('Pretrain...', 'data=[my stack.tif] output=[$F/pretrained] steps=1"
			+ " feature_size=12 patch=32 precision=float32');");
		assertTrue(SwinModel.readCard(folder.resolve("pretrained")).encoderOnly());
	}

	@Test
	void wrongModelStopsTheMacroWithOneSentence() throws Exception {
		final String printed = fiji.run((OPEN
			+ "run('Segment...', 'input=[my stack.tif] model=[$F/no model]');\n"
			+ "File.saveString('went on', '$F/after.txt');").replace("$F", folder.toString()));
		assertFalse(Files.exists(folder.resolve("after.txt")), printed);
		assertEquals(2, printed.split("no model\" does not exist", -1).length, printed);
		assertFalse(printed.contains("\tat "), printed);
	}

	@Test
	void modelsAreExportedImportedToldAndEvaluated() throws Exception {
		TestData.write(folder.resolve("my data"), 2);
		final String printed = macro("model='[$F/my model]'; labels='[$F/my data/labels]';\n"
			+ "run('Model Info...', 'model=' + model);\n"
			+ "run('Export Model...', 'model=' + model + ' output=[$F/my weights.safetensors]');\n"
			+ "run('Import Model...', 'weights=[$F/my weights.safetensors] output=[$F/again]"
			+ " intensity=-175,250 voxel_size=1.5,1.5,2');\n"
			+ "run('Evaluate...', 'predictions=' + labels + ' labels=' + labels + ' output=[$F/scores.csv]');");
		assertTrue(printed.contains("class 2"), printed);
		assertEquals(SwinModel.readCard(folder.resolve("my model")).weightsSha256(), SwinModel.readCard(
			folder.resolve("again")).weightsSha256());
		shell("evaluate", "predictions=$F/my data/labels", "labels=$F/my data/labels",
			"output=$F/expected.csv");
		assertEquals(Files.readString(folder.resolve("expected.csv")), Files.readString(folder.resolve(
			"scores.csv")));
	}

	@Test
	void objectsOfAnOpenImageAreThoseOfTheShellAlsoInBatchMode() throws Exception {
		for (final String method : new String[] { "true", "components", "watershed" }) {
			macro("setBatchMode(" + method.equals("watershed") + ");\n" + OPEN
				+ "run('Segment...', 'input=[my stack.tif] model=[$F/my model] output=[$F/written.tif] objects="
				+ method + " precision=float32');\n"
				+ "selectWindow('my stack-objects'); saveAs('Tiff', '$F/shown.tif');");
			shell("segment", "input=$F/my stack.tif", "model=$F/my model", "output=$F/expected.tif",
				"objects=" + method, "precision=float32");
			assertSame("expected-objects.tif", "written-objects.tif");
			assertSame("expected-objects.tif", "shown.tif");
			assertEquals(Files.readString(folder.resolve("expected-objects.csv")), Files.readString(folder
				.resolve("written-objects.csv")));
		}
	}

	@Test
	void trainingInBatchModeWritesTheModelOfTheShell() throws Exception {
		TestData.write(folder.resolve("my data"), 1);
		final String pretraining = "steps=1 feature_size=12 patch=32 precision=float32 device=cpu";
		macro("setBatchMode(true); run('Pretrain...', 'data=[$F/my data/images] output=[$F/start] "
			+ pretraining + "');\n"
			+ "run('Fine-tune...', 'data=[$F/my data] output=[$F/trained] pretrained=[$F/start] validation=0 "
			+ SHORT + "');");
		shell(words("pretrain data=$F/my_data/images output=$F/expected_start " + pretraining));
		shell(words("fine-tune data=$F/my_data output=$F/expected pretrained=$F/expected_start"
			+ " validation=0 " + SHORT));
		assertSameWeights("expected_start", "start");
		assertSameWeights("expected", "trained");
	}

	@Test
	void comparisonIsThatOfTheShell() throws Exception {
		TestData.write(folder.resolve("my data"), 3);
		final String options = "percent=100 seeds=1 steps=1 pretrain_steps=1 validation=0.34"
			+ " feature_size=12 patch=32 device=cpu precision=float32";
		macro("run('Compare...', 'unlabelled=[$F/my data/images] data=[$F/my data] output=[$F/report] "
			+ options + "');");
		shell(words("compare unlabelled=$F/my_data/images data=$F/my_data output=$F/expected "
			+ options));
		assertEquals(scores("expected"), scores("report"));
	}

	@Test
	void openLabelImagesAreEvaluatedAsTheirFiles() throws Exception {
		TestData.write(folder.resolve("one.tif"), TestData.labels(1));
		TestData.write(folder.resolve("two.tif"), TestData.labels(2));
		macro("setBatchMode(true);\n" + CLOSE + "open('$F/one.tif'); open('$F/two.tif');\n"
			+ "run('Evaluate...', 'predictions=one.tif labels=two.tif output=[$F/scores.csv]');");
		shell("evaluate", "predictions=$F/one.tif", "labels=$F/two.tif", "output=$F/expected.csv");
		assertEquals(Files.readString(folder.resolve("expected.csv")), Files.readString(folder.resolve(
			"scores.csv")));
	}

	@Test
	void regionsBecomeTheLabelsOfTheShell() throws Exception {
		final Roi region = new Roi(4, 5, 9, 7);
		region.setPosition(3);
		region.setGroup(2);
		RoiZip.write(folder.resolve("my rois.zip"), List.of(region));
		for (final String mode : new String[] { "setBatchMode(true);\n", "setBatchMode(false);\n" }) {
			macro(mode + OPEN + "run('ROIs to Labels...', 'input=[my stack.tif] rois=[$F/my rois.zip]"
				+ " output=[$F/written.tif]');\nselectWindow('my stack-labels'); saveAs('Tiff', '$F/shown.tif');");
			shell("rois-to-labels", "input=$F/my stack.tif", "rois=$F/my rois.zip",
				"output=$F/expected.tif");
			assertSame("expected.tif", "written.tif");
			assertSame("expected.tif", "shown.tif");
		}
	}

	@Test
	void modelsAreVerifiedAndDevicesToldAsByTheShell() throws Exception {
		TestData.write(folder.resolve("my data"), 1);
		shell(words("fine-tune data=$F/my_data output=$F/trained validation=0 " + SHORT));
		final String printed = macro("run('Verify Model...', 'model=[$F/trained] steps=1');\n"
			+ "run('SwinJ Options...', 'device=cpu');");
		final Shell verified = Shell.run("verify", "model=" + folder.resolve("trained"), "steps=1");
		assertEquals(0, verified.code, verified.err);
		assertTrue(printed.contains(verified.json().get("verdict").getAsString()), printed);
		assertTrue(printed.contains("CPU: as requested; a product of"), printed);
	}

	@Test
	void zooPackagesAreWrittenAndModelsListed() throws Exception {
		macro("run('Export Model...', 'model=[$F/my model] output=[$F/zoo.zip] authors=[A. Person]');\n"
			+ "run('Models...');");
		assertTrue(Files.size(folder.resolve("zoo.zip")) > 1_000_000);
	}

	/** Arguments of the shell; {@code my_data} stands for the folder with a space in its name. */
	private static String[] words(final String line) {
		return Arrays.stream(line.split(" ")).map(word -> word.replace("my_data", "my data")).toArray(
			String[]::new);
	}

	private void assertSameWeights(final String expected, final String actual) throws IOException {
		assertEquals(SwinModel.readCard(folder.resolve(expected)).weightsSha256(), SwinModel.readCard(
			folder.resolve(actual)).weightsSha256());
	}

	/** The runs of a comparison without the time they took. */
	private List<String> scores(final String report) throws IOException {
		final List<String> lines = Files.readAllLines(folder.resolve(report).resolve("runs.csv"));
		assertTrue(lines.size() > 2, lines.toString());
		final int seconds = Arrays.asList(lines.get(0).split(",")).indexOf("seconds");
		return lines.stream().map(line -> {
			final List<String> cells = new ArrayList<>(Arrays.asList(line.split(",")));
			if (seconds >= 0) cells.remove(seconds);
			return String.join(",", cells);
		}).toList();
	}

	private String macro(final String text) throws Exception {
		final String printed = fiji.run(text.replace("$F", folder.toString()) + "\nprint('the end');");
		assertTrue(printed.contains("the end"), printed);
		return printed;
	}

	private void shell(final String... arguments) {
		for (int i = 0; i < arguments.length; i++)
			arguments[i] = arguments[i].replace("$F", folder.toString());
		final Shell shell = Shell.run(arguments);
		assertEquals(0, shell.code, shell.err);
	}

	/** The same voxels, of the same size, and labels that are not all background. */
	private void assertSame(final String expected, final String actual) throws IOException {
		final Volume first = read(expected);
		final Volume second = read(actual);
		assertArrayEquals(first.image().dimensionsAsLongArray(), second.image()
			.dimensionsAsLongArray());
		assertArrayEquals(voxels(first), voxels(second), actual);
		assertArrayEquals(first.geometry().spacing(), second.geometry().spacing(), 1e-9);
		assertEquals(first.geometry().unit(), second.geometry().unit());
		float sum = 0;
		for (final float voxel : voxels(first))
			sum += voxel;
		assertTrue(sum > 0, expected + " is empty");
	}

	private Volume read(final String name) throws IOException {
		return new VolumeReader(Progress.silent()).read(folder.resolve(name));
	}

	private static float[] voxels(final Volume volume) {
		final float[] voxels = new float[(int) Views.flatIterable(volume.image()).size()];
		int i = 0;
		for (final FloatType voxel : Views.flatIterable(volume.image()))
			voxels[i++] = voxel.get();
		return voxels;
	}
}
