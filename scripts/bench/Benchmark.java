import com.google.gson.GsonBuilder;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * SwinJ and MONAI side by side: processes that do the same task in turn, one at a time. Options:
 * output=FILE.json python=python3 rounds=5 tasks=forward_f24_96,... tuned=true.
 */
public final class Benchmark {

	private record Task(String kind, int features, int edge, int rounds) {

		String name() {
			return kind + "_f" + features + "_" + edge;
		}

		/** Whether a process needs so much memory that the others must have ended. */
		boolean isLarge() {
			return kind.endsWith("train") && features == 48;
		}

		/** Runs that nobody times; a whole volume has so many windows that the first few do not matter. */
		int warmUps() {
			return kind.equals("segment") ? 0 : 2;
		}
	}

	private static final List<Task> TASKS = List.of(new Task("forward", 48, 96, 5), new Task("forward", 24,
		96, 5), new Task("train", 48, 96, 3), new Task("train", 24, 64, 5), new Task("pretrain", 48, 96, 3),
		new Task("segment", 24, 160, 2), new Task("segment", 24, 256, 1));

	/** Settings of glibc's allocator that keep large blocks instead of giving them back. */
	private static final Map<String, String> TUNED = Map.of("MALLOC_MMAP_THRESHOLD_", "4294967296",
		"MALLOC_TRIM_THRESHOLD_", "17179869184");

	private static final Map<String, String> OPTIONS = new LinkedHashMap<>(Map.of("output", "", "python",
		"python3", "rounds", "0", "tasks", "", "tuned", "true"));

	/**
	 * A process that does its task for every line it is sent. It starts when it is first asked for a
	 * measured run and does some others to warm up; where all sides together need too much memory it ends
	 * after each measured run.
	 */
	private static final class Worker implements AutoCloseable {

		private final List<String> command;
		private final Map<String, String> environment;
		private final boolean alone;
		private final int warmUps;
		private final List<Double> seconds = new ArrayList<>();
		private Process process; // null where none runs
		private BufferedReader answers;
		private String description;
		private double first; // seconds from its start to the first result
		private double peak = Double.NaN; // MiB, NaN where the system does not tell

		Worker(final List<String> command, final Map<String, String> environment,
			final Task task)
		{
			this.command = command;
			this.environment = environment;
			alone = task.isLarge();
			warmUps = task.warmUps();
		}

		void run() throws IOException {
			final long begin = System.nanoTime();
			if (process == null) {
				start();
				for (int i = 0; i < warmUps; i++)
					once(begin);
			}
			seconds.add(once(begin));
			peak = Math.max(Double.isNaN(peak) ? 0 : peak, residentPeak());
			if (alone) close();
		}

		private void start() throws IOException {
			final ProcessBuilder builder = new ProcessBuilder(command).redirectError(
				ProcessBuilder.Redirect.INHERIT);
			builder.environment().putAll(environment);
			process = builder.start();
			answers = new BufferedReader(new InputStreamReader(process.getInputStream()));
			description = answer().substring("ready ".length());
		}

		private double once(final long begin) throws IOException {
			final OutputStream out = process.getOutputStream();
			out.write("run\n".getBytes(StandardCharsets.US_ASCII));
			out.flush();
			final double seconds = Double.parseDouble(answer());
			if (first == 0) first = (System.nanoTime() - begin) * 1e-9;
			return seconds;
		}

		private String answer() throws IOException {
			final String answer = answers.readLine();
			if (answer == null) throw new IOException("Ended without an answer, for want of memory?: "
				+ String.join(" ", command));
			return answer;
		}

		double median() {
			final double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		}

		private double residentPeak() throws IOException {
			final Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
			if (!Files.exists(status)) return Double.NaN;
			return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM")).mapToDouble(
				line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(Double.NaN);
		}

		@Override
		public void close() {
			if (process == null) return;
			process.destroy();
			try {
				process.waitFor(); // its memory is the next one's
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			process = null;
		}
	}

	private Benchmark() {}

	public static void main(final String[] arguments) throws IOException {
		for (final String argument : arguments) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || !OPTIONS.containsKey(pair[0])) {
				System.err.println("Options: output=FILE.json python=python3 rounds=N tasks=NAME,... tuned=true");
				System.exit(2);
			}
			OPTIONS.put(pair[0], pair[1]);
		}
		final boolean monai = hasMonai();
		if (!monai) System.err.println("No MONAI in " + OPTIONS.get("python")
			+ ": SwinJ is measured alone (pip install torch monai einops, or python=...).");
		final Map<String, Object> report = new LinkedHashMap<>();
		report.put("machine", machine());
		for (final String part : List.of("ratios", "ratios_tuned", "spread", "peak_memory_ratios", "seconds",
			"peak_memory_mib", "seconds_to_first_result", "sides"))
			report.put(part, new LinkedHashMap<String, Object>());
		for (final Task task : TASKS) {
			final String wanted = OPTIONS.get("tasks");
			if (wanted.isEmpty() || List.of(wanted.split(",")).contains(task.name())) measure(task, monai,
				report);
			if (!OPTIONS.get("output").isEmpty()) Files.writeString(Path.of(OPTIONS.get("output")),
				new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create().toJson(
					report));
		}
	}

	private static void measure(final Task task, final boolean monai, final Map<String, Object> report)
		throws IOException
	{
		final List<String> tail = List.of(task.kind, String.valueOf(task.features), String.valueOf(task.edge));
		final Map<String, Worker> workers = new LinkedHashMap<>();
		try {
			if (monai) {
				workers.put("monai", python(tail, Map.of(), task));
				if (OPTIONS.get("tuned").equals("true")) workers.put("monai_tuned", python(tail, TUNED, task));
			}
			workers.put("swinj_fp32", java(tail, "float32", task));
			workers.put("swinj", java(tail, "auto", task));
			final int rounds = Integer.parseInt(OPTIONS.get("rounds"));
			for (int round = 0; round < (rounds > 0 ? rounds : task.rounds); round++)
				for (final Worker worker : workers.values())
					worker.run();
			tell(task, workers, report);
		}
		finally {
			for (final Worker worker : workers.values())
				worker.close();
		}
	}

	private static void tell(final Task task, final Map<String, Worker> workers,
		final Map<String, Object> report)
	{
		for (final Map.Entry<String, Worker> side : workers.entrySet()) {
			final Worker worker = side.getValue();
			final String key = task.name() + "/" + side.getKey();
			put(report, "seconds", key, worker.median());
			put(report, "peak_memory_mib", key, worker.peak);
			put(report, "seconds_to_first_result", key, worker.first);
			put(report, "sides", side.getKey(), worker.description);
			final StringBuilder line = new StringBuilder(String.format("%-16s %-12s %8.2f s  %6.0f MiB", task
				.name(), side.getKey(), worker.median(), worker.peak));
			for (final String other : List.of("monai", "monai_tuned")) {
				final Worker reference = workers.get(other);
				if (reference == null || !side.getKey().startsWith("swinj")) continue;
				final String name = task.name() + (side.getKey().endsWith("fp32") ? "_fp32" : "");
				final double ratio = worker.median() / reference.median();
				put(report, other.equals("monai") ? "ratios" : "ratios_tuned", name, ratio);
				line.append(String.format("  %.3f of %s", ratio, other));
				if (!other.equals("monai")) continue;
				put(report, "peak_memory_ratios", name, worker.peak / reference.peak);
				final double[] each = new double[worker.seconds.size()];
				for (int i = 0; i < each.length; i++)
					each[i] = worker.seconds.get(i) / reference.seconds.get(i);
				put(report, "spread", name, DoubleStream.of(each).sorted().boxed().collect(Collectors.toList()));
			}
			System.out.println(line);
		}
	}

	@SuppressWarnings("unchecked")
	private static void put(final Map<String, Object> report, final String part, final String name,
		final Object value)
	{
		((Map<String, Object>) report.get(part)).put(name, value);
	}

	private static Path here() {
		return Path.of(System.getProperty("bench.folder"));
	}

	private static Worker python(final List<String> tail, final Map<String, String> environment,
		final Task task)
	{
		final List<String> command = new ArrayList<>(List.of(OPTIONS.get("python"), here().resolve(
			"monai_worker.py").toString()));
		command.addAll(tail);
		return new Worker(command, environment, task);
	}

	private static Worker java(final List<String> tail, final String precision, final Task task) {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin",
			"java").toString(), "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
			"--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), here()
				.resolve("SwinjWorker.java").toString()));
		command.addAll(tail);
		command.add(precision);
		return new Worker(command, Map.of(), task);
	}

	private static boolean hasMonai() throws IOException {
		try {
			final Process process = new ProcessBuilder(OPTIONS.get("python"), "-c", "import monai, torch, einops")
				.redirectErrorStream(true).redirectOutput(new File("/dev/null")).start();
			return process.waitFor() == 0;
		}
		catch (final InterruptedException e) {
			throw new IOException(e);
		}
		catch (final IOException e) {
			return false; // no such Python
		}
	}

	private static Map<String, Object> machine() throws IOException {
		final Map<String, Object> machine = new LinkedHashMap<>();
		machine.put("cores", Runtime.getRuntime().availableProcessors());
		machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
		final Path cpu = Path.of("/proc/cpuinfo");
		if (Files.exists(cpu)) machine.put("processor", Files.readAllLines(cpu).stream().filter(l -> l.startsWith(
			"model name")).findFirst().orElse("").replaceFirst(".*: ", ""));
		machine.put("java", System.getProperty("java.version"));
		return machine;
	}
}
