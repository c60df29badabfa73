package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortPlanesTest {

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void planesComeBackInAnyOrder(final boolean disk) throws IOException {
		final ShortPlanes planes = disk ? ShortPlanes.onDisk(5, 3, 40) : new ShortPlanes(5, 3, 40);
		assertEquals(disk, planes.isOnDisk());
		final short[][] written = new short[40][15];
		final Random random = new Random(1);
		for (int z = 39; z >= 0; z--) {
			if (z == 17) continue; // nobody writes this one
			for (int i = 0; i < 15; i++)
				written[z][i] = (short) random.nextInt();
			planes.put(z, written[z].clone());
		}
		final RandomAccessibleInterval<UnsignedShortType> image = planes.image();
		assertArrayEquals(new long[] { 5, 3, 40 }, image.dimensionsAsLongArray());
		for (int trial = 0; trial < 200; trial++) {
			final int z = random.nextInt(40), y = random.nextInt(3), x = random.nextInt(5);
			assertArrayEquals(written[z], planes.get(z));
			assertEquals(written[z][5 * y + x] & 0xffff, image.getAt(x, y, z).get());
		}
		assertSame(planes, ShortPlanes.behind(image));
		assertNull(ShortPlanes.behind(PlanarImgs.unsignedShorts(5, 3, 40)));
		assertThrows(IllegalArgumentException.class, () -> planes.put(0, new short[14]));
	}

	@Test
	void largeVolumesAreOnDiskAndCostNothingBeforeTheyAreWritten() throws IOException {
		final long side = (long) Math.sqrt(Runtime.getRuntime().maxMemory() / 64.0);
		final ShortPlanes planes = new ShortPlanes(side, side, 10); // 20/64 of the memory
		assertTrue(planes.isOnDisk());
		assertFalse(new ShortPlanes(side, side, 1).isOnDisk());
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void nothingIsLeftInTheTemporaryFolder() throws IOException {
		final Set<Path> before = files();
		final ShortPlanes planes = ShortPlanes.onDisk(2, 2, 2);
		planes.put(1, new short[] { 1, 2, 3, 4 });
		final Set<Path> own = files();
		own.removeAll(before);
		assertEquals(Set.of(), own); // not even while it is in use
		assertArrayEquals(new short[] { 1, 2, 3, 4 }, planes.get(1));
	}

	private static Set<Path> files() throws IOException {
		try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return all.filter(file -> file.toString().endsWith(".planes")).collect(Collectors.toCollection(
				HashSet::new));
		}
	}

	@Test
	void aVolumeThatNoDiskHoldsIsRefused() {
		final ShortPlanes planes = ShortPlanes.onDisk(1000, 1000, 1 << 30);
		final FormatException e = assertThrows(FormatException.class, () -> planes.put(0,
			new short[1_000_000]));
		assertTrue(e.getMessage().startsWith("An image too large for Java's memory needs "), e::getMessage);
	}
}
