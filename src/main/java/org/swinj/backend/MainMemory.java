package org.swinj.backend;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of the computer, or of the container that Java runs in. Linux promises more than there is
 * and kills a process that takes it at its word, so that a training must know before it begins what it
 * may take; Windows and macOS refuse or swap instead, which is noticed in time.
 */
public final class MainMemory {

	private static final Path SYSTEM = Path.of("/proc/meminfo");
	private static final Path PROCESS = Path.of("/proc/self/status");

	private MainMemory() {}

	/**
	 * Bytes that native code may still take without harm to anyone: what nobody uses, less what Java's
	 * heap may grow by.
	 *
	 * @return {@code Long.MAX_VALUE} where that need not or cannot be known
	 */
	public static long free() {
		if (!Files.isReadable(SYSTEM) || !Files.isReadable(PROCESS)) return Long.MAX_VALUE;
		final Runtime java = Runtime.getRuntime();
		final long limit = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getTotalMemorySize(); // of the container
		try {
			final long available = bytes(Files.readString(SYSTEM), "MemAvailable");
			final long own = bytes(Files.readString(PROCESS), "VmRSS");
			return Math.max(0, Math.min(available, limit - own) - (java.maxMemory() - java.totalMemory()));
		}
		catch (final IOException e) {
			return Long.MAX_VALUE;
		}
	}

	/** A line such as "MemAvailable:   19805212 kB". */
	static long bytes(final String lines, final String name) throws IOException {
		final Matcher line = Pattern.compile("(?m)^" + name + ":\\s*(\\d{1,15}) kB$").matcher(lines);
		if (!line.find()) throw new IOException("The system does not tell " + name + ".");
		return Long.parseLong(line.group(1)) << 10;
	}
}
