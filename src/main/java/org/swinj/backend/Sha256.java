package org.swinj.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.swinj.progress.Progress;

/** SHA-256 checksums as lower-case hexadecimal digits. */
final class Sha256 {

	private Sha256() {}

	static String of(final Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return copy(in, OutputStream.nullOutputStream(), Progress.silent());
		}
	}

	/** Copies a stream to its end and returns the checksum of what was copied. */
	static String copy(final InputStream from, final OutputStream to, final Progress progress)
		throws IOException
	{
		try {
			final DigestInputStream in = new DigestInputStream(from, MessageDigest.getInstance("SHA-256"));
			final byte[] buffer = new byte[1 << 20];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				progress.checkCancelled();
				to.write(buffer, 0, n);
			}
			return HexFormat.of().formatHex(in.getMessageDigest().digest());
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e); // every Java has it
		}
	}
}
