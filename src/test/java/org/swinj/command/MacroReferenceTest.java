package org.swinj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** With {@code -Ddocs.write=true} it writes the reference instead of comparing it. */
class MacroReferenceTest {

	private static final Path FILE = Path.of("docs/macros.md");

	@Test
	void referenceIsThatOfTheCommands() throws IOException {
		final String text = MacroReference.text();
		assertTrue(text.contains("\n| `overlap` | `0.5` | **Overlap of windows**: "), text);
		assertTrue(text.contains("run(\"Segment...\", \"input=... model=...\");"), text);
		if (Boolean.getBoolean("docs.write")) Files.writeString(FILE, text);
		assertEquals(text, Files.readString(FILE).replace("\r\n", "\n"),
			"docs/macros.md is out of date: run this test with -Ddocs.write=true");
	}
}
