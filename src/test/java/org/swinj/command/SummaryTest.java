package org.swinj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class SummaryTest {

	@Test
	void logLeavesOutWhatIsEmptyOrNotDefined() {
		final Summary summary = new Summary().with("steps", 3).with("final_loss", 0.31).with("best_dice",
			Double.NaN).with("failures", List.of());
		assertEquals("steps 3, final loss 0.3100", summary.toString());
		assertTrue(summary.values().containsKey("best_dice"));
	}
}
