package org.swinj.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@code .pt} or {@code .pth} file as torch.save writes it, read without running any of the code
 * that it names. Numbers are read when they are asked for, while the checkpoint is open.
 */
public final class TorchCheckpoint implements AutoCloseable {

	private static final int MAX_DEPTH = 500;

	/** Where training scripts put the state dict, in the order of preference. */
	private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model",
		"network_weights", "net", "network");

	private final TorchStorages storages;
	private final Object root;
	private final Set<String> foreignNames;

	private TorchCheckpoint(final TorchStorages storages, final TorchObjects objects,
		final Object root)
	{
		this.storages = storages;
		this.root = root;
		foreignNames = Collections.unmodifiableSet(objects.foreign());
	}

	/**
	 * Opens a checkpoint and reads its structure.
	 *
	 * @throws ModelFormatException if it is damaged, hostile or something else
	 */
	public static TorchCheckpoint open(final Path file) throws IOException {
		final boolean isZip;
		try (InputStream in = Files.newInputStream(file)) {
			isZip = in.read() == 'P' && in.read() == 'K';
		}
		final TorchStorages storages = isZip ? TorchZip.open(file) : TorchLegacy.open(file);
		try {
			final TorchObjects objects = new TorchObjects(storages);
			final Object root = storages.readRoot(objects);
			checkStructure(root, identitySet(), identitySet(), storages.file());
			return new TorchCheckpoint(storages, objects, root);
		}
		catch (final IOException | RuntimeException e) {
			storages.close();
			throw e;
		}
	}

	/** Refuses structures that contain themselves or are nested beyond reason. */
	private static void checkStructure(final Object value, final Set<Object> path,
		final Set<Object> done, final String file) throws ModelFormatException
	{
		final Collection<?> children = children(value);
		if (children.isEmpty()) return;
		if (path.contains(value)) throw new ModelFormatException("Weights file \"" + file
			+ "\" is refused: a structure in it contains itself.");
		if (!done.add(value)) return;
		if (path.size() == MAX_DEPTH) throw new ModelFormatException("Weights file \"" + file
			+ "\" is refused: it is nested more than " + MAX_DEPTH + " levels deep.");
		path.add(value);
		for (final Object child : children)
			checkStructure(child, path, done, file);
		path.remove(value);
	}

	private static Collection<?> children(final Object value) {
		if (value instanceof Map<?, ?> map) return map.values();
		if (value instanceof OpaqueNode node) return node.arguments();
		return value instanceof Collection<?> collection ? collection : List.of();
	}

	private static Set<Object> identitySet() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	/**
	 * What the file holds: {@link Map} for dictionaries, {@link List} for lists, tuples and sizes,
	 * {@link Set}, {@link String}, {@link Long}, {@link java.math.BigInteger}, {@link Double},
	 * {@link Boolean}, {@code byte[]}, {@code null}, {@link LazyWeight} for tensors and numpy arrays,
	 * and {@link OpaqueNode} for everything else.
	 */
	public Object root() {
		return root;
	}

	/** Python functions and classes that the file names and that were ignored, sorted. */
	public Set<String> foreignNames() {
		return foreignNames;
	}

	/**
	 * Finds the state dict, bare or under one of the usual names, and reads its tensors; entries that
	 * are not tensors are left out.
	 *
	 * @throws ModelFormatException if there is none
	 */
	public StateDict stateDict() throws IOException {
		final Map<?, ?> found = find(root, 3);
		if (found == null) throw new ModelFormatException("Weights file \"" + storages.file()
			+ "\" holds no tensors under names, neither at its top nor under one of " + String.join(", ",
				WRAPPERS) + ".");
		final StateDict weights = new StateDict();
		for (final Map.Entry<?, ?> entry : found.entrySet())
			if (entry.getKey() instanceof String name && entry.getValue() instanceof LazyWeight weight)
				weights.put(name, weight.load());
		return weights;
	}

	private static Map<?, ?> find(final Object value, final int levels) {
		if (levels == 0 || !(value instanceof Map<?, ?> map)) return null;
		for (final String wrapper : WRAPPERS) {
			final Map<?, ?> inner = find(map.get(wrapper), levels - 1);
			if (inner != null) return inner;
		}
		for (final Map.Entry<?, ?> entry : map.entrySet())
			if (entry.getKey() instanceof String && entry.getValue() instanceof LazyWeight) return map;
		return null;
	}

	@Override
	public void close() throws IOException {
		storages.close();
	}
}
