package org.swinj.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FloatStoreTest {

	@Test
	void nativeArraysAreLikeJavas() {
		final Random random = new Random(3);
		try (FloatStore java = new FloatStore(false, 3, 50); FloatStore outside = new FloatStore(true, 3, 50))
		{
			assertTrue(outside.get(0).isDirect());
			assertFalse(java.get(0).isDirect());
			for (int trial = 0; trial < 100; trial++) {
				final int array = random.nextInt(3), length = random.nextInt(20), at = random.nextInt(30);
				final float[] values = new float[20];
				for (int i = 0; i < length; i++)
					values[i] = random.nextFloat();
				java.get(array).put(at, values, 0, length);
				outside.get(array).put(at, values, 0, length);
			}
			for (int array = 0; array < 3; array++) {
				final float[] a = new float[50], b = new float[50];
				java.get(array).get(0, a);
				outside.get(array).get(0, b);
				assertArrayEquals(a, b);
			}
		}
	}

	@Test
	void largeArraysAreOutsideJava() {
		final int length = (int) Math.min(Runtime.getRuntime().maxMemory() / 40, Integer.MAX_VALUE / 8);
		final int count = (int) (Runtime.getRuntime().maxMemory() / 16 / (4L * length)) + 1;
		Assumptions.assumeTrue(4L * length * count < MainMemory.free());
		try (FloatStore store = new FloatStore(count, length, "")) {
			assertTrue(store.get(0).isDirect());
			assertEquals(0, store.get(count - 1).get(length - 1));
		}
	}

	@Test
	void moreThanThereIsIsRefused() {
		Assumptions.assumeTrue(MainMemory.free() < Long.MAX_VALUE);
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new FloatStore(
			100_000, 1 << 28, "To blend"));
		assertTrue(e.getMessage().matches("To blend needs 107374\\.2 GB of memory, but the computer has \\d+\\.\\d GB left, and Java \\d+\\.\\d GB\\."),
			e::getMessage);
	}
}
