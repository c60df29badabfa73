package org.swinj.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model as a folder. */
record ModelFolder(Path folder) implements ModelStore {

	@Override
	public long size(final String name) throws IOException {
		final Path file = folder.resolve(name);
		return Files.isRegularFile(file) ? Files.size(file) : -1;
	}

	@Override
	public InputStream open(final String name) throws IOException {
		return Files.newInputStream(folder.resolve(name));
	}

	@Override
	public void close() {}
}
