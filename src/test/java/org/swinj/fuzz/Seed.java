package org.swinj.fuzz;

import java.io.IOException;
import java.util.Map;

/**
 * A valid file and how it is damaged.
 *
 * @param file name below the folder of the test
 * @param valid its bytes
 * @param damage makes other bytes of them
 */
public record Seed(String file, byte[] valid, Damage damage) {

	/** Makes damaged bytes of valid ones. */
	public interface Damage {

		byte[] of(byte[] valid, Mutations mutations) throws IOException;
	}

	/** A file whose bytes are damaged as they stand. */
	public static Seed plain(final String file, final byte[] valid) {
		return new Seed(file, valid, (bytes, mutations) -> mutations.damaged(bytes));
	}

	/** A gzip file of which either the packed or the unpacked bytes are damaged. */
	public static Seed gzip(final String file, final byte[] valid) {
		return new Seed(file, valid, Archives::damagedGzip);
	}

	/** A zip file of which either all or the contents of one entry are damaged. */
	public static Seed zip(final String file, final byte[] valid) throws IOException {
		final Map<String, byte[]> contents = Archives.unzip(valid);
		return new Seed(file, valid, (bytes, mutations) -> Archives.damagedZip(bytes, contents,
			mutations));
	}
}
