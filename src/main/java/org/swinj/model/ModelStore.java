package org.swinj.model;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of a model lie. */
interface ModelStore extends AutoCloseable {

	/** Bytes of a file, -1 if it is not there. */
	long size(String name) throws IOException;

	/** Opens a file that is there. */
	InputStream open(String name) throws IOException;

	@Override
	void close() throws IOException;
}
