package org.swinj.workflow;

/** Which SwinJ this is. */
public final class Version {

	private Version() {}

	/** "0.1.0"; "development" where it does not run from its jar. */
	public static String own() {
		final String own = Version.class.getPackage().getImplementationVersion();
		return own == null ? "development" : own;
	}
}
