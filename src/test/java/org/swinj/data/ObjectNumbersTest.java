package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ObjectNumbersTest {

	@SafeVarargs
	private static boolean likely(final Set<Integer>... volumes) {
		final ObjectNumbers numbers = new ObjectNumbers();
		for (final Set<Integer> values : volumes)
			numbers.add(values, true);
		return numbers.isLikely();
	}

	private static Set<Integer> range(final int first, final int last) {
		return IntStream.rangeClosed(first, last).boxed().collect(Collectors.toSet());
	}

	@Test
	void cellsCountedInEachVolumeAreObjects() {
		assertTrue(likely(range(1, 25), range(1, 50), range(1, 20)));
	}

	@Test
	void numbersThatNoOtherVolumeHasAreObjects() {
		assertTrue(likely(range(1, 54), range(510, 559)));
	}

	@Test
	void hundredsOfValuesAreObjects() {
		assertTrue(likely(range(1, 512)));
		assertFalse(likely(range(1, 511)));
	}

	@Test
	void regionsOfAnAtlasAreClasses() {
		assertFalse(likely(range(1, 116)));
		assertFalse(likely(range(1, 116), range(1, 115), range(1, 116)));
	}

	@Test
	void organsOfWhichEachScanShowsSomeAreClasses() {
		final Set<Integer> head = range(50, 117), chest = range(10, 80), belly = range(1, 60);
		assertFalse(likely(head, chest, belly, range(1, 117)));
	}

	@Test
	void fewValuesAreClassesWhateverTheyAre() {
		assertFalse(likely(range(1, 5), range(1, 9), range(20, 30)));
	}

	@Test
	void manyValuesUnderAMicroscopeAreObjects() {
		final ObjectNumbers numbers = new ObjectNumbers();
		numbers.add(range(1, 32), false);
		assertFalse(numbers.isLikely());
		numbers.add(range(1, 33), false);
		assertTrue(numbers.isLikely());
	}

	@Test
	void whatIsCalledInstancesIsBelieved() {
		assertTrue(ObjectNumbers.isNamed(Path.of("data/instancesTr/a.tif")));
		assertTrue(ObjectNumbers.isNamed(Path.of("a_Instances.nii.gz")));
		assertFalse(ObjectNumbers.isNamed(Path.of("labelsTr/a.tif")));
		assertFalse(ObjectNumbers.isNamed(Path.of("my instances/labels/a.tif")));
	}
}
