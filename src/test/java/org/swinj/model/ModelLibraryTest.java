package org.swinj.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLibraryTest {

	@TempDir
	Path folder;

	private ModelLibrary library() {
		return new ModelLibrary(folder.resolve("library"));
	}

	private Path model(final String name) throws IOException {
		final Path path = folder.resolve(name);
		TestModels.tiny(3).write(path);
		return path;
	}

	private List<String> names() throws IOException {
		return library().list().stream().map(entry -> entry.path().getFileName().toString()).toList();
	}

	@Test
	void foldersAndZipsAreListedByName() throws IOException {
		assertEquals(List.of(), library().list());
		library().add(model("b.zip"));
		library().add(model("a"));
		Files.writeString(library().folder().resolve("notes.txt"), "no model");
		Files.createDirectory(library().folder().resolve("empty"));
		assertEquals(List.of("a", "b.zip"), names());
		final ModelLibrary.Entry a = library().list().get(0);
		assertTrue(a.bytes() > 1_000_000, a.bytes() + " bytes");
		assertEquals(SwinModel.readCard(folder.resolve("a")).weightsSha256(), a.card().weightsSha256());
	}

	@Test
	void modelOfThisNameStaysAndDamagedOnesAreRefused() throws IOException {
		final Path a = model("a");
		library().add(a);
		assertThrows(ModelFormatException.class, () -> library().add(a));
		final Path damaged = model("damaged");
		Files.write(damaged.resolve("weights.safetensors"), new byte[100]);
		assertThrows(ModelFormatException.class, () -> library().add(damaged));
		assertEquals(List.of("a"), names());
	}

	@Test
	void renamingChangesFileAndCard() throws IOException {
		final Path a = library().add(model("a"));
		final Path zip = library().add(model("b.zip"));
		Files.writeString(a.resolve("training.csv"), "1");
		assertThrows(ModelFormatException.class, () -> library().rename(a, "../a"));
		assertThrows(ModelFormatException.class, () -> library().rename(a, "b.zip"));
		final Path renamed = library().rename(a, "Brain of mine");
		library().rename(zip, "c");
		assertEquals(List.of("Brain of mine", "c.zip"), names());
		assertEquals("Brain of mine", SwinModel.read(renamed).card().name());
		assertTrue(Files.exists(renamed.resolve("training.csv")));
		assertEquals("c", library().list().get(1).card().name());
	}

	@Test
	void onlyModelsOfTheLibraryAreDeleted() throws IOException {
		final Path outside = model("outside");
		final Path a = library().add(outside);
		assertThrows(ModelFormatException.class, () -> library().delete(outside));
		assertThrows(ModelFormatException.class, () -> library().delete(library().folder()));
		library().delete(a);
		assertFalse(Files.exists(a));
		assertTrue(Files.exists(outside.resolve("model.json")));
	}
}
