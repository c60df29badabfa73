package org.swinj.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.gui.Roi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.io.IOPlugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.swinj.model.TestModels;
import org.swinj.result.RoiZip;

/** Which files dropped on ImageJ's window are models. */
class ModelDropTest {

	@TempDir
	private Path folder;

	@Test
	void modelsAndWeightsAreTaken() throws IOException {
		TestModels.tiny(2).write(folder.resolve("a model"));
		TestModels.tiny(2).write(folder.resolve("a.zip"));
		assertTrue(ModelDrop.isForUs(folder.resolve("a model")));
		assertTrue(ModelDrop.isForUs(folder.resolve("a.zip")));
		assertTrue(ModelDrop.isForUs(Files.writeString(folder.resolve("net.PT"), "x")));
		assertTrue(ModelDrop.isForUs(Files.writeString(folder.resolve("net.safetensors"), "x")));
	}

	@Test
	void everythingElseIsLeftToImageJ() throws IOException {
		RoiZip.write(folder.resolve("rois.zip"), List.of(new Roi(1, 2, 3, 4)));
		assertFalse(ModelDrop.isForUs(folder.resolve("rois.zip")));
		assertFalse(ModelDrop.isForUs(Files.writeString(folder.resolve("damaged.zip"), "PK")));
		assertFalse(ModelDrop.isForUs(Files.createDirectories(folder.resolve("images"))));
		assertFalse(ModelDrop.isForUs(Files.writeString(folder.resolve("a.tif"), "x")));
		assertFalse(ModelDrop.isForUs(folder.resolve("missing.pt")));
		assertFalse(ModelDrop.isForUs(Path.of("/")));
	}

	/** ImageJ asks those first that have this attribute. */
	@Test
	void imageJFindsIt() {
		try (Context context = new Context(PluginService.class)) {
			final List<PluginInfo<?>> eager = context.service(PluginService.class).getPluginsOfType(
				IOPlugin.class).stream().filter(info -> info.is("eager")).<PluginInfo<?>>map(info -> info)
				.toList();
			assertEquals(List.of(ModelDrop.class.getName()), eager.stream().map(PluginInfo::getClassName)
				.toList());
		}
	}
}
