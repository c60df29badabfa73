package org.swinj.backend;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an installed engine consists of; kept as engine.json in its folder.
 *
 * @param version of PyTorch
 * @param flavor the CUDA it was built for, cu128
 * @param library folder of libtorch in the engine's folder, empty for that folder itself
 * @param files all files by path, with length and checksum
 */
record EngineManifest(String version, String flavor, String library, Map<String, Content> files) {

	/** @param sha256 in lower-case hexadecimal digits */
	record Content(long bytes, String sha256) {}

	static final String FILE = "engine.json";

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

	static EngineManifest read(final Path folder) throws IOException {
		try {
			final EngineManifest manifest = GSON.fromJson(Files.readString(folder.resolve(FILE)),
				EngineManifest.class);
			if (manifest != null && manifest.version != null && manifest.flavor != null
				&& manifest.library != null && manifest.files != null && !manifest.files.containsValue(null))
				return manifest;
		}
		catch (final JsonParseException e) {
			throw new IOException(damaged(folder), e);
		}
		throw new IOException(damaged(folder));
	}

	private static String damaged(final Path folder) {
		return "File \"" + folder.resolve(FILE) + "\" is damaged: install the GPU engine again.";
	}

	void write(final Path folder) throws IOException {
		Files.writeString(folder.resolve(FILE), GSON.toJson(this));
	}

	/**
	 * What is not as it was installed.
	 *
	 * @param thorough whether every byte is compared, not only the length
	 */
	List<String> damage(final Path folder, final boolean thorough) throws IOException {
		final List<String> damage = new ArrayList<>();
		for (final Map.Entry<String, Content> entry : files.entrySet()) {
			final Path file = folder.resolve(entry.getKey());
			if (!Files.isRegularFile(file)) damage.add(entry.getKey() + " is missing");
			else if (Files.size(file) != entry.getValue().bytes()) damage.add(entry.getKey() + " has " + Files
				.size(file) + " bytes instead of " + entry.getValue().bytes());
			else if (thorough && !Sha256.of(file).equals(entry.getValue().sha256())) damage.add(entry.getKey()
				+ " has another checksum");
		}
		return damage;
	}
}
