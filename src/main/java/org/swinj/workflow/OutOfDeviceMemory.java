package org.swinj.workflow;

import java.io.IOException;

/** The smallest crops do not fit into the memory of the device. */
public final class OutOfDeviceMemory extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param kept what was kept and where, as the rest of a sentence */
	OutOfDeviceMemory(final String device, final CropsInUse crops, final String kept,
		final Throwable cause)
	{
		super(device + " has too little memory even for " + crops
			+ ": close other programs, or give a smaller feature_size= or another device=. Of this "
			+ "training, " + kept, cause);
	}
}
