package org.swinj.workflow;

import ai.djl.engine.EngineException;

import java.io.IOException;

/** The device failed in the middle of a training: a driver that was reset, a GPU that is gone. */
public final class DeviceFailure extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param kept what was kept and where, as the rest of a sentence */
	DeviceFailure(final String device, final int steps, final String kept,
		final EngineException cause)
	{
		super(device + " failed (" + String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
			.strip() + "). After " + steps + " steps, " + kept, cause);
	}
}
