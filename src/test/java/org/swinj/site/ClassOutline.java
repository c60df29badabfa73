package org.swinj.site;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What linking needs of a class file; names are internal ones, {@code java/lang/Object}.
 *
 * @param parents superclass and interfaces
 * @param members name and descriptor of each field and method, separated by a space
 * @param uses members of other classes that its code names
 */
record ClassOutline(String name, List<String> parents, Set<String> members, Set<Use> uses) {

	/** A member of a class that something needs. */
	record Use(String owner, String member) {}

	private static final int UTF8 = 1, INTEGER = 3, FLOAT = 4, LONG = 5, DOUBLE = 6, CLASS = 7,
			FIELD = 9, METHOD = 10, INTERFACE_METHOD = 11, NAME_AND_TYPE = 12, HANDLE = 15, DYNAMIC = 17,
			INVOKE_DYNAMIC = 18;

	static ClassOutline read(final InputStream stream) throws IOException {
		final DataInputStream in = new DataInputStream(stream);
		in.readLong(); // magic number and version
		final int count = in.readUnsignedShort();
		final String[] texts = new String[count];
		final int[][] items = new int[count][];
		for (int i = 1; i < count; i++) {
			final int tag = in.readUnsignedByte();
			if (tag == UTF8) texts[i] = in.readUTF();
			else items[i] = item(tag, in);
			if (tag == LONG || tag == DOUBLE) i++; // these take two places
		}
		in.readUnsignedShort(); // access
		final String name = texts[items[in.readUnsignedShort()][1]];
		final List<String> parents = new ArrayList<>();
		final int parent = in.readUnsignedShort();
		if (parent != 0) parents.add(texts[items[parent][1]]);
		for (int i = in.readUnsignedShort(); i > 0; i--)
			parents.add(texts[items[in.readUnsignedShort()][1]]);
		final Set<String> members = new HashSet<>();
		readMembers(in, texts, members); // fields
		readMembers(in, texts, members); // methods
		final Set<Use> uses = new HashSet<>();
		for (final int[] item : items) {
			if (item == null || item[0] < FIELD || item[0] > INTERFACE_METHOD) continue;
			final int[] member = items[item[2]];
			uses.add(new Use(texts[items[item[1]][1]], texts[member[1]] + " " + texts[member[2]]));
		}
		return new ClassOutline(name, parents, members, uses);
	}

	/** An entry of the constant pool: its kind and what it refers to. */
	private static int[] item(final int tag, final DataInputStream in) throws IOException {
		switch (tag) {
			case LONG, DOUBLE -> in.readLong();
			case INTEGER, FLOAT -> in.readInt();
			case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC -> {
				return new int[] { tag, in.readUnsignedShort(), in.readUnsignedShort() };
			}
			case HANDLE -> in.skipNBytes(3);
			default -> {
				return new int[] { tag, in.readUnsignedShort() }; // class, string, method type, module
			}
		}
		return new int[] { tag };
	}

	private static void readMembers(final DataInputStream in, final String[] texts,
		final Set<String> members) throws IOException
	{
		for (int i = in.readUnsignedShort(); i > 0; i--) {
			in.readUnsignedShort(); // access
			members.add(texts[in.readUnsignedShort()] + " " + texts[in.readUnsignedShort()]);
			for (int k = in.readUnsignedShort(); k > 0; k--) {
				in.readUnsignedShort(); // name of the attribute
				in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
			}
		}
	}
}
