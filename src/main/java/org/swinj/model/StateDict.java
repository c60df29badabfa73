package org.swinj.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors by name, in the order in which they were added; PyTorch's {@code state_dict}. */
public final class StateDict {

	private final Map<String, Weight> weights = new LinkedHashMap<>();

	/** Adds or replaces a tensor. */
	public void put(final String name, final Weight weight) {
		weights.put(name, weight);
	}

	/** @throws IllegalArgumentException if there is no such tensor */
	public Weight get(final String name) {
		final Weight weight = weights.get(name);
		if (weight == null) throw new IllegalArgumentException("There is no tensor \"" + name + "\".");
		return weight;
	}

	public boolean contains(final String name) {
		return weights.containsKey(name);
	}

	public int size() {
		return weights.size();
	}

	/** The names in order; a view. */
	public Set<String> names() {
		return Collections.unmodifiableSet(weights.keySet());
	}

	/** Names and tensors in order; a view. */
	public Map<String, Weight> asMap() {
		return Collections.unmodifiableMap(weights);
	}
}
