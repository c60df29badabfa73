package org.swinj.backend;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

import java.io.IOException;
import java.util.List;

import org.swinj.progress.Progress;

/**
 * One session on one device: the engine, its operators, and the root of all native memory taken by
 * the run. Closing it frees everything.
 */
public final class Backend implements AutoCloseable {

	private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

	private final ComputeDevice device;
	private final Precision precision;
	private final NDManager manager;
	private final Operators operators;

	private Backend(final Engine engine, final ComputeDevice device, final Precision precision,
		final Progress progress) throws IOException
	{
		this.device = device;
		operators = new Operators(engine, progress);
		manager = engine.newBaseManager(device.device());
		this.precision = precision;
	}

	/**
	 * Starts the engine.
	 *
	 * @param device auto, cpu, gpu, gpu1 … or mps
	 * @param precision auto, float32 or bfloat16
	 * @param progress can cancel between any two operators
	 * @throws IllegalArgumentException if the device or precision is unknown or absent
	 * @throws IOException if the native library cannot be used
	 */
	public static Backend open(final String device, final String precision, final Progress progress)
		throws IOException
	{
		final Precision wanted = Precision.of(precision);
		NativeMemory.tune();
		final Engine engine = engine(progress);
		final ComputeDevice chosen = ComputeDevice.choose(device, engine);
		return new Backend(engine, chosen, wanted == null ? best(chosen) : wanted, progress);
	}

	private static Precision best(final ComputeDevice device) {
		return Precision.best(device, ProcessorFlags.ofThisMachine());
	}

	/**
	 * The engine, after a look at the files it consists of. One thread at a time: another would take
	 * files that are just being unpacked for damaged ones.
	 */
	static synchronized Engine engine(final Progress progress) throws IOException {
		final String bits = System.getProperty("sun.arch.data.model", "64");
		if (bits.equals("32")) throw new IOException("This is a 32-bit Java (" + System.getProperty(
			"java.home") + "), but PyTorch needs one of 64 bits.");
		System.setProperty("ai.djl.offline", "true");
		System.setProperty("OPT_OUT_TRACKING", "true");
		// else a Fiji without exactly one logging library opens its Console to say so
		if (System.getProperty(SLF4J_VERBOSITY) == null) System.setProperty(SLF4J_VERBOSITY, "ERROR");
		Engines.standard().activate();
		for (final String damage : NativeCache.find().repair())
			progress.warn("Native library " + damage + ": it is unpacked again.");
		try {
			return Engine.getEngine("PyTorch");
		}
		catch (final RuntimeException | LinkageError e) {
			throw new IOException("The PyTorch engine could not be started: " + e.getMessage(), e);
		}
	}

	/**
	 * The devices of this machine, as {@link #open} takes them: auto, cpu and those that are found.
	 *
	 * @throws IOException if the native library cannot be used
	 */
	public static List<String> deviceNames() throws IOException {
		return ComputeDevice.names(engine(Progress.silent()));
	}

	/**
	 * What a device is on this machine, and why it is taken.
	 *
	 * @throws IllegalArgumentException if the device is unknown or absent
	 * @throws IOException if the native library cannot be used
	 */
	public static String reason(final String device) throws IOException {
		return ComputeDevice.choose(device, engine(Progress.silent())).reason();
	}

	/**
	 * The number format that a wish means on a device of this machine.
	 *
	 * @param precision auto, float32 or bfloat16
	 * @return float32 or bfloat16
	 * @throws IllegalArgumentException if device or precision is unknown or absent
	 * @throws IOException if the native library cannot be used
	 */
	public static String precision(final String device, final String precision) throws IOException {
		final Precision wanted = Precision.of(precision);
		return (wanted != null ? wanted : best(ComputeDevice.choose(device, engine(Progress.silent()))))
			.id();
	}

	public ComputeDevice device() {
		return device;
	}

	public Precision precision() {
		return precision;
	}

	public Operators operators() {
		return operators;
	}

	/** Threads of the CPU that an operator uses. */
	public int threads() {
		return JniUtils.getNumThreads();
	}

	/**
	 * Bytes that a training may take without being killed for it; {@code Long.MAX_VALUE} where too much
	 * is refused instead, as on a GPU.
	 */
	public long freeMemory() {
		return device.isCpu() ? MainMemory.free() : Long.MAX_VALUE;
	}

	/** A manager for the tensors of one task; close it to free them. */
	public NDManager newScope() {
		return manager.newSubManager();
	}

	/** Switches the recording of gradients on this thread until the returned object is closed. */
	public Gradients gradients(final boolean on) {
		return new Gradients(on);
	}

	/** What the log says about where the run happens. */
	public String describe() {
		return device.reason() + ", " + precision.id();
	}

	@Override
	public void close() {
		manager.close();
		operators.close();
	}
}
