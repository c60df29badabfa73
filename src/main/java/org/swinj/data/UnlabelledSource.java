package org.swinj.data;

import java.io.IOException;

/** Volumes without labels that are opened when they are needed. */
public interface UnlabelledSource {

	/** Number of volumes, at least one. */
	int count();

	/**
	 * One of the volumes; may be asked for from several threads, and again and again.
	 *
	 * @param index from 0
	 * @throws FormatException if the file turns out to be damaged
	 */
	UnlabelledVolume open(int index) throws IOException;
}
