package org.swinj.workflow;

import ai.djl.engine.Engine;

/** What a model file says about the software that made it. */
final class Provenance {

	private Provenance() {}

	/** Versions of SwinJ, the engine and Java. */
	static String versions() {
		final String own = Provenance.class.getPackage().getImplementationVersion();
		final Engine engine = Engine.getEngine("PyTorch");
		return "SwinJ " + (own == null ? "development" : own) + ", " + engine.getEngineName() + " "
			+ engine.getVersion() + ", Java " + System.getProperty("java.version");
	}
}
