package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import net.imglib2.Cursor;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;
import org.swinj.progress.RecordingProgress;

/** The volume in test-data is a data set that can be trained on. */
class ColinDataTest {

	private static final Path FOLDER = Path.of("test-data/colin27");
	private static final long[] SIZE = { 80, 96, 80 };

	private final RecordingProgress progress = new RecordingProgress();
	private final VolumeReader reader = new VolumeReader(progress);

	private Dataset open() throws IOException {
		return Dataset.open(FOLDER, progress);
	}

	@Test
	void caseAndClassesAreFoundByDatasetJson() throws IOException {
		final Dataset dataset = open();
		assertEquals(List.of(new Case("colin27", FOLDER.resolve("images/colin27.nii.gz"), FOLDER.resolve(
			"labels/colin27.nii.gz"))), dataset.cases());
		assertEquals(List.of("background", "cortex", "cerebellum"), dataset.labels()
			.names());
		assertTrue(dataset.labels().isContiguous());
		assertEquals(List.of("T1"), dataset.channels());
		assertEquals(255, dataset.ignore());
	}

	@Test
	void imageAndLabelsFitEachOther() throws IOException {
		final Dataset dataset = open();
		final Case one = dataset.cases().get(0);
		final Volume image = reader.read(one.image());
		new CaseCheck(dataset, 1, progress).check(one.id(), image, reader.readLabels(one.labels()));
		assertEquals(List.of(), progress.warnings);
		assertArrayEquals(SIZE, image.size());
		assertArrayEquals(new double[] { 2, 2, 2 }, image.geometry().spacing());
		assertEquals("mm", image.geometry().unit());
	}

	@Test
	void everySixthSliceIsAnnotatedAndAllOthersAreHeldBack() throws IOException {
		final Dataset dataset = open();
		final Volume labels = reader.readLabels(dataset.cases().get(0).labels());
		final Volume others = reader.readLabels(FOLDER.resolve("held-back/colin27.nii.gz"));
		final Cursor<FloatType> other = Views.flatIterable(others.image()).cursor();
		final Cursor<FloatType> actual = Views.flatIterable(labels.image()).cursor();
		final Set<Integer> found = new TreeSet<>();
		while (actual.hasNext()) {
			final int label = (int) actual.next().get();
			final int heldBack = (int) other.next().get();
			final long z = actual.getLongPosition(2);
			assertEquals(dataset.ignore(), z % 6 == 3 ? heldBack : label, () -> "slice " + z);
			assertNotEquals(dataset.ignore(), z % 6 == 3 ? label : heldBack, () -> "slice " + z);
			found.add(label);
		}
		assertEquals(Set.of(0, 1, 2, 255), found);
	}
}
