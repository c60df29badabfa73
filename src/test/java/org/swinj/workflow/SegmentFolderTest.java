package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.swinj.cli.TestData;
import org.swinj.model.TestModels;
import org.swinj.progress.Progress;
import org.swinj.result.ObjectMethod;

/** A folder of volumes: failures, what is written beside the labels, and going on. */
class SegmentFolderTest {

	@TempDir
	Path folder;

	private Path output;

	@BeforeEach
	void write() throws IOException {
		TestModels.tiny(3).write(folder.resolve("m"));
		TestData.write(folder.resolve("in/a.tif"), TestData.image(1));
		TestData.write(folder.resolve("in/c.nii.gz"), TestData.image(2));
		Files.writeString(folder.resolve("in/b, no volume.tif"), "II*");
		output = folder.resolve("out");
	}

	private SegmentResult segment(final boolean resume) throws IOException {
		return new Segment(new SegmentSettings(folder.resolve("in"), folder.resolve("m"), output, 0, false,
			false, true, false, false, ObjectMethod.COMPONENTS, resume, false, "cpu", "float32"), Progress.silent()).run();
	}

	/** File and state of each line. */
	private List<String> report() throws IOException {
		return Files.readAllLines(output.resolve("segmentation.csv")).stream().map(line -> line
			.replaceFirst("(done|failed|finished before),.*", "$1")).toList();
	}

	@Test
	void failureIsReportedAndTheOthersAreDone() throws IOException {
		final SegmentResult result = segment(false);
		assertEquals(2, result.volumes());
		assertEquals(1, result.failures().size());
		assertEquals(List.of("file,state,seconds,message", "a.tif,done", "\"b, no volume.tif\",failed",
			"c.nii.gz,done"), report());
		final List<String> objects = Files.readAllLines(output.resolve("a-objects.csv"));
		assertTrue(objects.get(0).startsWith("Label,Class,VoxelCount,Volume (mm³)"), objects.get(0));
		assertTrue(objects.size() > 1 && objects.get(1).startsWith("1,"), objects.toString());
		assertTrue(Files.size(output.resolve("a-objects.tif")) > 2 * 32 * 32 * 32);
	}

	@Test
	void finishedVolumesAreLeftAloneWhenItGoesOn() throws IOException {
		Files.createDirectories(output);
		Files.writeString(output.resolve("a.tif"), "mine");
		Files.writeString(output.resolve("a-measurements.csv"), "mine");
		Files.writeString(output.resolve("a-objects.csv"), "mine");
		Files.writeString(output.resolve("c.nii.gz"), "labels without a table are not all");
		final SegmentResult result = segment(true);
		assertEquals(1, result.volumes());
		assertEquals("mine", Files.readString(output.resolve("a.tif")));
		assertEquals(List.of("file,state,seconds,message", "a.tif,finished before",
			"\"b, no volume.tif\",failed", "c.nii.gz,done"), report());
		segment(false);
		assertTrue(Files.size(output.resolve("a.tif")) > 4, "without resume it is done again");
	}
}
