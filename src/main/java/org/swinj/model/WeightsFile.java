package org.swinj.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens weights of any supported format, told apart by their first bytes. */
public final class WeightsFile {

	private WeightsFile() {}

	/**
	 * Reads the tensors of a PyTorch checkpoint or a safetensors file.
	 *
	 * @throws ModelFormatException if the file is something else, damaged or hostile
	 */
	public static StateDict read(final Path file) throws IOException {
		if (!Files.isRegularFile(file)) throw new ModelFormatException("Weights file \"" + file
			+ "\" does not exist.");
		final byte[] head;
		try (InputStream in = Files.newInputStream(file)) {
			head = in.readNBytes(9);
		}
		if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 0x80)) {
			try (TorchCheckpoint checkpoint = TorchCheckpoint.open(file)) {
				return checkpoint.stateDict();
			}
		}
		if (head.length == 9 && head[8] == '{') return Safetensors.read(file);
		final String name = file.getFileName().toString();
		if (startsWith(head, 0x1f, 0x8b)) throw new ModelFormatException("\"" + name
			+ "\" is compressed with gzip: unpack it first.");
		throw new ModelFormatException("\"" + name
			+ "\" is neither a PyTorch checkpoint nor a safetensors file.");
	}

	private static boolean startsWith(final byte[] head, final int... bytes) {
		for (int i = 0; i < bytes.length; i++)
			if (i >= head.length || (head[i] & 0xFF) != bytes[i]) return false;
		return true;
	}
}
