package org.swinj.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class MainMemoryTest {

	private static final String SYSTEM = "MemTotal:       24117248 kB\nMemFree:         1000000 kB\n"
		+ "MemAvailable:   19805212 kB\nSwapTotal:             0 kB\n";

	@Test
	void readsWhatLinuxTells() throws IOException {
		assertEquals(19805212L * 1024, MainMemory.bytes(SYSTEM, "MemAvailable"));
		assertEquals(0, MainMemory.bytes(SYSTEM, "SwapTotal"));
		final String sentence = assertThrows(IOException.class, () -> MainMemory.bytes(SYSTEM, "VmRSS"))
			.getMessage();
		assertEquals("The system does not tell VmRSS.", sentence);
	}

	@Test
	void someIsFree() {
		assertTrue(MainMemory.free() > 64L << 20, MainMemory.free() + " bytes");
	}
}
