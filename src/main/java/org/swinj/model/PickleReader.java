package org.swinj.model;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Python's pickle machine, restricted to the opcodes that checkpoints need. It builds lists, maps,
 * sets, strings and numbers; everything that names Python code goes to {@link TorchObjects}, which
 * only knows tensors and never calls anything. None is {@code null}, integers are {@link Long} or
 * {@link BigInteger}, tuples are unmodifiable lists.
 */
final class PickleReader {

	private static final int MAX_OBJECTS = 5_000_000;
	private static final int MAX_INTEGER_BYTES = 1024;

	private final PickleInput in;
	private final TorchObjects objects;
	private final List<Object> stack = new ArrayList<>();
	private final List<Integer> marks = new ArrayList<>();
	private final Map<Long, Object> memo = new HashMap<>();
	private int built;

	PickleReader(final PickleInput in, final TorchObjects objects) {
		this.in = in;
		this.objects = objects;
	}

	/** Reads one pickle, up to its STOP. */
	Object read() throws IOException {
		for (int opcode = in.u1(); opcode != '.'; opcode = in.u1())
			execute(opcode);
		return pop();
	}

	private void execute(final int opcode) throws IOException {
		switch (opcode) {
			case 0x80 -> checkProtocol(in.u1()); // PROTO
			case 0x95 -> in.i8(); // FRAME
			case '(' -> mark(); // MARK
			case '0' -> pop(); // POP
			case '1' -> popToMark(); // POP_MARK
			case '2' -> push(peek()); // DUP
			case 'N' -> push(null); // NONE
			case 0x88 -> push(true); // NEWTRUE
			case 0x89 -> push(false); // NEWFALSE
			case 'J' -> push((long) in.i4()); // BININT
			case 'K' -> push((long) in.u1()); // BININT1
			case 'M' -> push((long) in.u2()); // BININT2
			case 0x8a -> push(integer(in.u1())); // LONG1
			case 0x8b -> push(integer(in.u4())); // LONG4
			case 'G' -> push(in.f8()); // BINFLOAT
			case 'U' -> push(in.latin1(in.u1())); // SHORT_BINSTRING
			case 'T' -> push(in.latin1(in.u4())); // BINSTRING
			case 'C' -> push(in.bytes(in.u1())); // SHORT_BINBYTES
			case 'B' -> push(in.bytes(in.u4())); // BINBYTES
			case 0x8e, 0x96 -> push(in.bytes(in.i8())); // BINBYTES8, BYTEARRAY8
			case 'X' -> push(in.utf8(in.u4())); // BINUNICODE
			case 0x8c -> push(in.utf8(in.u1())); // SHORT_BINUNICODE
			case 0x8d -> push(in.utf8(in.i8())); // BINUNICODE8
			case 'q' -> remember(in.u1()); // BINPUT
			case 'r' -> remember(in.u4()); // LONG_BINPUT
			case 0x94 -> remember(memo.size()); // MEMOIZE
			case 'h' -> push(remembered(in.u1())); // BINGET
			case 'j' -> push(remembered(in.u4())); // LONG_BINGET
			default -> executeObject(opcode);
		}
	}

	private void executeObject(final int opcode) throws IOException {
		switch (opcode) {
			case '}' -> push(new LinkedHashMap<>()); // EMPTY_DICT
			case ']' -> push(new ArrayList<>()); // EMPTY_LIST
			case 0x8f -> push(new LinkedHashSet<>()); // EMPTY_SET
			case ')' -> push(List.of()); // EMPTY_TUPLE
			case 0x85 -> push(tuple(popMany(1))); // TUPLE1
			case 0x86 -> push(tuple(popMany(2))); // TUPLE2
			case 0x87 -> push(tuple(popMany(3))); // TUPLE3
			case 't' -> push(tuple(popToMark())); // TUPLE
			case 'l' -> push(popToMark()); // LIST
			case 'd' -> { // DICT
				final List<Object> items = popToMark();
				push(new LinkedHashMap<>());
				setItems(items);
			}
			case 0x91 -> { // FROZENSET
				final List<Object> items = popToMark();
				push(new LinkedHashSet<>());
				addToSet(items);
			}
			case 'a' -> addToList(popMany(1)); // APPEND
			case 'e' -> addToList(popToMark()); // APPENDS
			case 's' -> setItems(popMany(2)); // SETITEM
			case 'u' -> setItems(popToMark()); // SETITEMS
			case 0x90 -> addToSet(popToMark()); // ADDITEMS
			case 'c' -> push(objects.global(in.line(), in.line())); // GLOBAL
			case 0x93 -> { // STACK_GLOBAL
				final List<Object> names = popMany(2);
				if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name))
					throw in.fail("its pickle is damaged: it names Python code by something that is no text");
				push(objects.global(module, name));
			}
			case 'R', 0x81 -> { // REDUCE, NEWOBJ
				final List<Object> call = popMany(2);
				push(objects.call(call.get(0), call.get(1)));
			}
			case 0x92 -> { // NEWOBJ_EX: keyword arguments are of no use here
				final List<Object> call = popMany(3);
				push(objects.call(call.get(0), call.get(1)));
			}
			case 'b' -> { // BUILD
				final Object state = pop();
				objects.setState(peek(), state);
			}
			case 'Q' -> push(objects.persistent(pop())); // BINPERSID
			default -> throw in.fail(String.format(Locale.ROOT,
				"its pickle uses opcode 0x%02x, which no checkpoint needs", opcode));
		}
	}

	private void checkProtocol(final int protocol) throws ModelFormatException {
		if (protocol > 5) throw in.fail("its pickle has protocol " + protocol + ", newer than 5");
	}

	// ---- stack

	private void push(final Object value) throws ModelFormatException {
		count();
		stack.add(value);
	}

	private void mark() throws ModelFormatException {
		count();
		marks.add(stack.size());
	}

	private void remember(final long index) throws ModelFormatException {
		count();
		memo.put(index, peek());
	}

	/** Whatever takes memory counts. */
	private void count() throws ModelFormatException {
		if (++built > MAX_OBJECTS) throw in.fail("its pickle builds more than " + MAX_OBJECTS
			+ " objects");
	}

	private Object peek() throws ModelFormatException {
		if (stack.size() <= floor()) throw in.fail("its pickle is damaged: the stack is empty");
		return stack.get(stack.size() - 1);
	}

	private Object pop() throws ModelFormatException {
		final Object top = peek();
		stack.remove(stack.size() - 1);
		return top;
	}

	private int floor() {
		return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
	}

	private List<Object> popMany(final int count) throws ModelFormatException {
		if (stack.size() - floor() < count) throw in.fail(
			"its pickle is damaged: the stack is empty");
		return cut(stack.size() - count);
	}

	private List<Object> popToMark() throws ModelFormatException {
		if (marks.isEmpty()) throw in.fail("its pickle is damaged: a mark is missing");
		return cut(marks.remove(marks.size() - 1));
	}

	private List<Object> cut(final int start) {
		final List<Object> top = stack.subList(start, stack.size());
		final List<Object> items = new ArrayList<>(top);
		top.clear();
		return items;
	}

	private Object remembered(final long index) throws ModelFormatException {
		if (!memo.containsKey(index)) throw in.fail("its pickle is damaged: memo " + index
			+ " is missing");
		return memo.get(index);
	}

	// ---- values

	private Object integer(final long bytes) throws IOException {
		if (bytes > MAX_INTEGER_BYTES) throw in.fail("it has an integer of " + bytes + " bytes");
		final byte[] data = in.bytes(bytes);
		for (int i = 0; i < data.length / 2; i++) { // BigInteger wants big-endian
			final byte swap = data[i];
			data[i] = data[data.length - 1 - i];
			data[data.length - 1 - i] = swap;
		}
		final BigInteger value = data.length == 0 ? BigInteger.ZERO : new BigInteger(data);
		return value.bitLength() < 64 ? (Object) value.longValue() : value;
	}

	private static List<Object> tuple(final List<Object> items) {
		return Collections.unmodifiableList(items);
	}

	private void addToList(final List<Object> items) throws ModelFormatException {
		final Object target = peek();
		if (target instanceof ArrayList<?>) asList(target).addAll(items);
		else if (!(target instanceof OpaqueNode)) throw in.fail(
			"its pickle is damaged: it appends to something that is no list");
	}

	private void setItems(final List<Object> items) throws ModelFormatException {
		final Object target = peek();
		if (items.size() % 2 != 0) throw in.fail("its pickle is damaged: a key lacks its value");
		if (target instanceof Map<?, ?>) for (int i = 0; i < items.size(); i += 2)
			asMap(target).put(TorchObjects.key(items.get(i)), items.get(i + 1));
		else if (!(target instanceof OpaqueNode)) throw in.fail(
			"its pickle is damaged: it sets items of something that is no dictionary");
	}

	private void addToSet(final List<Object> items) throws ModelFormatException {
		final Object target = peek();
		if (target instanceof Set<?>) for (final Object item : items)
			asSet(target).add(TorchObjects.key(item));
		else if (!(target instanceof OpaqueNode)) throw in.fail(
			"its pickle is damaged: it adds to something that is no set");
	}

	@SuppressWarnings("unchecked")
	private static List<Object> asList(final Object list) {
		return (List<Object>) list;
	}

	@SuppressWarnings("unchecked")
	private static Map<Object, Object> asMap(final Object map) {
		return (Map<Object, Object>) map;
	}

	@SuppressWarnings("unchecked")
	private static Set<Object> asSet(final Object set) {
		return (Set<Object>) set;
	}
}
