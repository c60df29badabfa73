package org.swinj.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OverlapTest {

	@Test
	void formulasOnAnExampleCountedByHand() {
		final Overlap overlap = new Overlap(6, 8, 12);
		assertEquals(0.6, overlap.dice(), 1e-15);
		assertEquals(6 / 14.0, overlap.jaccard(), 1e-15);
		assertEquals(-0.4, overlap.volumeSimilarity(), 1e-15);
		assertEquals(0.5, overlap.falseNegativeError(), 1e-15);
		assertEquals(0.25, overlap.falsePositiveError(), 1e-15);
	}

	@Test
	void diceAndJaccardTellTheSame() {
		for (long both = 0; both <= 5; both++) {
			final Overlap overlap = new Overlap(both, 7, 5);
			assertEquals(overlap.dice() / (2 - overlap.dice()), overlap.jaccard(), 1e-15);
		}
	}

	@Test
	void absentReference() {
		final Overlap predictedOnly = new Overlap(0, 3, 0);
		assertEquals(Double.NaN, predictedOnly.dice());
		assertEquals(0, predictedOnly.dice(false));
		assertEquals(0, predictedOnly.jaccard(false));
		assertEquals(0, predictedOnly.btcvTestDice());
		assertEquals(2, predictedOnly.volumeSimilarity());
		assertEquals(Double.NaN, predictedOnly.falseNegativeError());
		assertEquals(1, predictedOnly.falsePositiveError());
		final Overlap nothing = new Overlap(0, 0, 0);
		assertEquals(1, nothing.dice(false));
		assertEquals(Double.NaN, nothing.jaccard());
		assertEquals(Double.NaN, nothing.volumeSimilarity());
	}

	@Test
	void countsBeyondTheRangeOfInt() {
		assertEquals(0.5, new Overlap(1L << 32, 1L << 33, 1L << 33).dice(), 1e-15);
	}
}
