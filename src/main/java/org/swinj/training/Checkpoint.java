package org.swinj.training;

import ai.djl.ndarray.NDArray;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.swinj.model.ModelFormatException;
import org.swinj.model.StateDict;
import org.swinj.model.Weight;

/**
 * All that decides how a training goes on: tensors, numbers and texts by name. Numbers come back to
 * the last bit.
 */
public final class Checkpoint {

	/** A part of a training whose state must survive an interruption. */
	public interface Part {

		/** Adds the state; called between two steps. Nothing to add by default. */
		default void save(final Checkpoint to) {}

		/**
		 * Takes up the state saved by a part of the same settings.
		 *
		 * @throws ModelFormatException if it is not of such a part
		 */
		default void restore(final Checkpoint from) throws ModelFormatException {}
	}

	private final StateDict tensors;
	private final Map<String, String> texts;

	public Checkpoint() {
		this(new StateDict(), new LinkedHashMap<>());
	}

	Checkpoint(final StateDict tensors, final Map<String, String> texts) {
		this.tensors = tensors;
		this.texts = texts;
	}

	StateDict tensors() {
		return tensors;
	}

	Map<String, String> texts() {
		return texts;
	}

	public void put(final String name, final String text) {
		texts.put(name, text);
	}

	public void put(final String name, final double number) {
		texts.put(name, Double.toString(number));
	}

	/** @param values of a tensor of one axis */
	public void put(final String name, final float[] values) {
		tensors.put(name, Weight.of(values, values.length));
	}

	/** Adds tensors as {@code name.0}, {@code name.1} … */
	public void put(final String name, final List<NDArray> arrays) {
		for (int i = 0; i < arrays.size(); i++)
			tensors.put(name + "." + i, Weight.of(arrays.get(i).toFloatArray(), arrays.get(i).getShape()
				.getShape()));
	}

	/** Adds tensors as {@code name/key}. */
	public void put(final String name, final StateDict weights) {
		weights.asMap().forEach((key, weight) -> tensors.put(name + "/" + key, weight));
	}

	/** Bytes of its tensors; its file is little larger. */
	long bytes() {
		return tensors.asMap().values().stream().mapToLong(w -> w.data().remaining()).sum();
	}

	/** Whether there is such a text. */
	public boolean has(final String name) {
		return texts.containsKey(name);
	}

	/** @throws ModelFormatException if there is no such text */
	public String text(final String name) throws ModelFormatException {
		final String text = texts.get(name);
		if (text == null) throw missing(name);
		return text;
	}

	/** @throws ModelFormatException if there is no such number */
	public double number(final String name) throws ModelFormatException {
		try {
			return Double.parseDouble(text(name));
		}
		catch (final NumberFormatException e) {
			throw missing(name);
		}
	}

	/** @throws ModelFormatException if there is no such tensor of this many elements */
	public float[] floats(final String name, final int count) throws ModelFormatException {
		if (!tensors.contains(name) || tensors.get(name).numel() != count) throw missing(name);
		return tensors.get(name).toFloats();
	}

	/**
	 * Sets arrays to the tensors put in under this name.
	 *
	 * @throws ModelFormatException if they are not there or of other shapes
	 */
	public void get(final String name, final List<NDArray> arrays) throws ModelFormatException {
		final List<Weight> found = new ArrayList<>();
		for (int i = 0; i < arrays.size(); i++) {
			final String key = name + "." + i;
			if (!tensors.contains(key) || !tensors.get(key).hasShape(arrays.get(i).getShape().getShape()))
				throw missing(key);
			found.add(tensors.get(key));
		}
		for (int i = 0; i < arrays.size(); i++)
			arrays.get(i).set(FloatBuffer.wrap(found.get(i).toFloats()));
	}

	/** Tensors put in under this name; {@code null} if there are none. */
	public StateDict weights(final String name) {
		final StateDict weights = new StateDict();
		tensors.asMap().forEach((key, weight) -> {
			if (key.startsWith(name + "/")) weights.put(key.substring(name.length() + 1), weight);
		});
		return weights.size() == 0 ? null : weights;
	}

	private static ModelFormatException missing(final String name) {
		return new ModelFormatException("The checkpoint is not of this training: \"" + name
			+ "\" does not fit.");
	}
}
