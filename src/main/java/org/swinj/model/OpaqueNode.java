package org.swinj.model;

import java.util.List;

/**
 * An object of a checkpoint that is not tensor, collection or number: its Python name and its
 * arguments, never executed. Two nodes are equal only if they are the same.
 */
public final class OpaqueNode {

	private final String name;
	private final List<Object> arguments;

	OpaqueNode(final String name, final List<Object> arguments) {
		this.name = name;
		this.arguments = arguments;
	}

	/** Module and name, for instance {@code torch.float32}. */
	public String name() {
		return name;
	}

	/** What it would have been called with; empty for the name itself. */
	List<Object> arguments() {
		return arguments;
	}

	@Override
	public String toString() {
		return name;
	}
}
