package org.swinj.model;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The only names of Python code that a checkpoint may mean something by: tensors, storages, ordered
 * dictionaries, sets, sizes, numpy numbers and arrays. Any other name becomes an {@link OpaqueNode}.
 */
final class TorchObjects {

	/** A storage as the pickle names it. */
	private record Storage(String key, WeightType type, long bytes) {}

	private static final int MOST_AXES = 64;

	/** Memory of an entry of a dictionary or set. */
	private static final long ENTRY_BYTES = 64;

	private final TorchStorages storages;
	private final Set<String> foreign = new TreeSet<>();
	private final Map<String, Integer> elementBytes = new HashMap<>();

	TorchObjects(final TorchStorages storages) {
		this.storages = storages;
	}

	/** Names that the file would have called, had it been loaded by Python, and that are ignored. */
	Set<String> foreign() {
		return foreign;
	}

	/** Element size of the storage with this key, 0 if nothing has referred to it. */
	int elementBytes(final String key) {
		return elementBytes.getOrDefault(key, 0);
	}

	/** A name of Python code; nothing is looked up. */
	Object global(final String module, final String name) {
		return new OpaqueNode(module + "." + name, List.of());
	}

	/** What a call stands for. */
	Object call(final Object callable, final Object arguments) throws ModelFormatException {
		if (!(callable instanceof OpaqueNode node)) throw damaged("it calls something without a name");
		final List<?> args = list(arguments);
		return switch (node.name()) {
			case "collections.OrderedDict" -> dictionary(args);
			case "builtins.set", "__builtin__.set", "builtins.frozenset", "__builtin__.frozenset" -> set(
				args);
			case "torch.Size" -> args.isEmpty() ? args : list(args.get(0));
			case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(args);
			case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> at(
				args, 0);
			case "torch._tensor._rebuild_from_type_v2" -> subclass(args);
			case "numpy.dtype" -> numpyType(args, node);
			case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" -> numpyScalar(args,
				node);
			case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" ->
				new NumpyArray(storages);
			case "_codecs.encode" -> bytes(text(at(args, 0)));
			default -> opaque(node, args);
		};
	}

	private OpaqueNode opaque(final OpaqueNode callable, final List<?> args) {
		foreign.add(callable.name());
		return new OpaqueNode(callable.name(), Collections.unmodifiableList(args));
	}

	/** Gives an object its state: numpy needs it, everything else does not. */
	void setState(final Object target, final Object state) throws ModelFormatException {
		if (target instanceof NumpyType type) type.setByteOrder(at(list(state), 1));
		else if (target instanceof NumpyArray array) {
			final List<?> parts = list(state); // version, shape, type, column-major, data
			if (!(at(parts, 2) instanceof NumpyType type)) return; // an array of objects stays empty
			if (!array.setState(type, longs(at(parts, 1)), Boolean.TRUE.equals(at(parts, 3)), bytes(at(
				parts, 4)))) throw damaged("a numpy array does not have the size it claims");
		}
	}

	/** Persistent id: ('storage', type, key, location, count, view). */
	Object persistent(final Object id) throws ModelFormatException {
		final List<?> parts = list(id);
		if (!"storage".equals(at(parts, 0)) || !(at(parts, 1) instanceof OpaqueNode type))
			throw damaged("it refers to something that is no storage");
		if (parts.size() > 5 && parts.get(5) != null) throw damaged(
			"it has storages inside storages, as only PyTorch before 0.4 wrote");
		final WeightType known = storageType(type.name());
		if (known == null) return opaque(type, parts);
		try {
			final long bytes = Math.multiplyExact(number(at(parts, 4)), (long) known.bytes());
			if (bytes < 0) throw damaged("a storage has a negative size");
			final Storage storage = new Storage(text(at(parts, 2)), known, bytes);
			elementBytes.put(storage.key, known.bytes());
			return storage;
		}
		catch (final ArithmeticException e) {
			throw damaged("a storage has an impossible size");
		}
	}

	/** Element type of a storage class, {@code null} for one that is not supported. */
	static WeightType storageType(final String name) {
		return switch (name) {
			case "torch.DoubleStorage" -> WeightType.F64;
			case "torch.FloatStorage" -> WeightType.F32;
			case "torch.HalfStorage" -> WeightType.F16;
			case "torch.BFloat16Storage" -> WeightType.BF16;
			case "torch.LongStorage" -> WeightType.I64;
			case "torch.IntStorage" -> WeightType.I32;
			case "torch.ShortStorage" -> WeightType.I16;
			case "torch.CharStorage" -> WeightType.I8;
			case "torch.ByteStorage" -> WeightType.U8;
			case "torch.BoolStorage" -> WeightType.BOOL;
			default -> null;
		};
	}

	/** A dictionary key that Java can hash without walking through the structure. */
	static Object key(final Object key) {
		final boolean plain = key == null || key instanceof String || key instanceof Number ||
			key instanceof Boolean || key instanceof OpaqueNode;
		return plain ? key : new OpaqueNode("key", List.of());
	}

	// ---- what calls build

	/** (storage, offset, size, strides, …) */
	private Object tensor(final List<?> args) throws ModelFormatException {
		if (!(at(args, 0) instanceof Storage storage)) return opaque(new OpaqueNode("torch.Tensor", List
			.of()), args);
		return TorchTensor.of(storages, storage.key, storage.bytes, storage.type, number(at(args, 1)),
			longs(at(args, 2)), longs(at(args, 3)));
	}

	/** A tensor subclass such as MONAI's MetaTensor: (function, class, arguments, state). */
	private Object subclass(final List<?> args) throws ModelFormatException {
		if (at(args, 0) instanceof OpaqueNode node && node.name().startsWith(
			"torch._utils._rebuild_")) return call(node, at(args, 2));
		return opaque(new OpaqueNode("torch._tensor._rebuild_from_type_v2", List.of()), args);
	}

	private Map<Object, Object> dictionary(final List<?> args) throws ModelFormatException {
		final Map<Object, Object> map = new LinkedHashMap<>();
		if (args.isEmpty()) return map;
		final List<?> pairs = list(args.get(0));
		storages.take(pairs.size() * ENTRY_BYTES);
		for (final Object pair : pairs)
			map.put(key(at(list(pair), 0)), at(list(pair), 1));
		return map;
	}

	private Set<Object> set(final List<?> args) throws ModelFormatException {
		final Set<Object> set = new LinkedHashSet<>();
		if (args.isEmpty()) return set;
		final List<?> items = list(args.get(0));
		storages.take(items.size() * ENTRY_BYTES);
		for (final Object item : items)
			set.add(key(item));
		return set;
	}

	private Object numpyType(final List<?> args, final OpaqueNode node) throws ModelFormatException {
		final NumpyType type = at(args, 0) instanceof String code ? NumpyType.ofCode(code) : null;
		return type != null ? type : opaque(node, args);
	}

	private Object numpyScalar(final List<?> args, final OpaqueNode node)
		throws ModelFormatException
	{
		if (!(at(args, 0) instanceof NumpyType type)) return opaque(node, args);
		final byte[] data = bytes(at(args, 1));
		if (data.length != type.type().bytes()) throw damaged("a numpy number has " + data.length
			+ " bytes instead of " + type.type().bytes());
		return type.scalar(data);
	}

	// ---- checked access

	private Object at(final List<?> list, final int index) throws ModelFormatException {
		if (index >= list.size()) throw damaged("an object lacks an argument");
		return list.get(index);
	}

	private List<?> list(final Object value) throws ModelFormatException {
		if (value instanceof List<?> list) return list;
		throw damaged("an object has an argument of the wrong kind");
	}

	private String text(final Object value) throws ModelFormatException {
		if (value instanceof String text) return text;
		throw damaged("an object has an argument that is no text");
	}

	private long number(final Object value) throws ModelFormatException {
		if (value instanceof Long number) return number;
		throw damaged("an object has an argument that is no whole number");
	}

	private long[] longs(final Object value) throws ModelFormatException {
		final List<?> list = list(value);
		if (list.size() > MOST_AXES) throw damaged("a tensor has " + list.size() + " axes");
		final long[] numbers = new long[list.size()];
		for (int i = 0; i < numbers.length; i++)
			numbers[i] = number(list.get(i));
		return numbers;
	}

	/** Bytes, which Python 2 stored as text. */
	private byte[] bytes(final Object value) throws ModelFormatException {
		if (value instanceof byte[] bytes) return bytes;
		storages.take(text(value).length());
		return text(value).getBytes(StandardCharsets.ISO_8859_1);
	}

	private ModelFormatException damaged(final String reason) {
		return new ModelFormatException("Weights file \"" + storages.file() + "\" is refused: " + reason
			+ ".");
	}
}
