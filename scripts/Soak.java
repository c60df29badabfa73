import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import net.imglib2.img.array.ArrayImgs;

import org.swinj.data.Geometry;
import org.swinj.data.Volume;
import org.swinj.data.VolumeWriter;
import org.swinj.progress.Progress;
import org.swinj.result.ObjectMethod;
import org.swinj.workflow.FineTune;
import org.swinj.workflow.FineTuneSettings;
import org.swinj.workflow.Segment;
import org.swinj.workflow.SegmentSettings;

/** Trains and segments for long in one Java and measures what does not come back. */
public final class Soak {

	private static final int EDGE = 32;
	private static final int CASES = 4;
	private static final long PERIOD_MS = 2000;
	private static final double WARM_UP = 0.2; // share of a phase
	private static final double MIB = 1 << 20;

	/** What may grow: MiB per 1000 steps or 100 segmentations, and handles and threads in a phase. */
	private static final double MOST_MIB = 8;
	private static final double MOST_HANDLES = 3;

	/** A leak grows in each part of a phase, an allocator or a compiler that takes a block in one. */
	private static final int PARTS = 10;
	private static final double MOST_MIB_IN_ALL = 100;

	private final Path output;
	private final int steps;
	private final int segmentations;
	private final List<Sample> samples = new ArrayList<>();
	private final long start = System.nanoTime();
	private volatile String phase = "training";
	private volatile int done;

	/** What the process holds at a moment. */
	private record Sample(double seconds, String phase, int done, double resident, double heap,
		double outside, int handles, int threads)
	{}

	private Soak(final Path output, final int steps, final int segmentations) {
		this.output = output;
		this.steps = steps;
		this.segmentations = segmentations;
	}

	public static void main(final String... arguments) throws Exception {
		int steps = 2000, segmentations = 500;
		Path output = Path.of("target", "soak");
		for (final String argument : arguments) {
			final String[] option = argument.split("=", 2);
			switch (option[0]) {
				case "steps" -> steps = Integer.parseInt(option[1]);
				case "segmentations" -> segmentations = Integer.parseInt(option[1]);
				case "output" -> output = Path.of(option[1]);
				default -> throw new IllegalArgumentException("There is no option \"" + argument + "\".");
			}
		}
		System.exit(new Soak(output, steps, segmentations).run() ? 0 : 1);
	}

	private boolean run() throws Exception {
		final Path data = output.resolve("data");
		final Path model = output.resolve("model");
		for (int i = 0; i < CASES; i++) {
			write(data.resolve("images/case_" + i + ".nii.gz"), i, true);
			write(data.resolve("labels/case_" + i + ".nii.gz"), i, false);
		}
		final Thread sampler = new Thread(this::sampleForEver, "sampler");
		sampler.setDaemon(true);
		sampler.start();
		new FineTune(new FineTuneSettings(data, model, null, 0, steps, "0.25", 0, "", null, "", 12, "32",
			null, 0, 0, 0, -1, false, 0, 0, false, 0.5, 1, "cpu", "float32"), new Counting()).run();
		sample();
		done = 0;
		phase = "segmenting";
		for (int i = 0; i < segmentations; i++) {
			new Segment(new SegmentSettings(data.resolve("images/case_" + i % CASES + ".nii.gz"), model,
				output.resolve("labels.nii.gz"), 0.5, false, true, true, true, false, ObjectMethod.COMPONENTS, false,
				false, "cpu", "float32"), Progress.silent()).run();
			done = i + 1;
			if (i % 25 == 24) System.err.println("Segmentation " + done + " of " + segmentations);
		}
		sample();
		phase = "";
		return report();
	}

	/** A ball on noisy ground, or its labels. */
	private static void write(final Path file, final int number, final boolean image)
		throws IOException
	{
		final Random random = new Random(number);
		final float[] voxels = new float[EDGE * EDGE * EDGE];
		for (int i = 0; i < voxels.length; i++) {
			final int x = i % EDGE - 12 - 2 * number, y = i / EDGE % EDGE - 14, z = i / EDGE / EDGE - 18;
			final int label = x * x + y * y + z * z < 64 ? 1 : 0;
			voxels[i] = image ? 100 + 300 * label + (float) (20 * random.nextGaussian()) : label;
		}
		Files.createDirectories(file.getParent());
		VolumeWriter.write(file, new Volume("soak", ArrayImgs.floats(voxels, EDGE, EDGE, EDGE, 1),
			Geometry.unknown()));
	}

	// ---- measuring

	private void sampleForEver() {
		try {
			while (!phase.isEmpty()) {
				sample();
				Thread.sleep(PERIOD_MS);
			}
		}
		catch (final IOException | InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private synchronized void sample() throws IOException {
		double resident = 0;
		int threads = 0;
		for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
			if (line.startsWith("VmRSS:")) resident = Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
			if (line.startsWith("Threads:")) threads = Integer.parseInt(line.replaceAll("\\D", ""));
		}
		final double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / MIB;
		try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
			samples.add(new Sample((System.nanoTime() - start) * 1e-9, phase, done, resident, heap, resident
				- heap, (int) handles.count(), threads));
		}
	}

	/** Counts the steps. */
	private final class Counting implements Progress {

		@Override
		public void stage(final String name) {}

		@Override
		public void update(final long now, final long total, final String message) {
			if (!message.startsWith("Step ")) return;
			done = (int) now;
			if (now % 100 == 0) System.err.println(message + " of " + total);
		}

		@Override
		public void info(final String line) {}

		@Override
		public void warn(final String line) {
			System.err.println("Warning: " + line);
		}

		@Override
		public boolean isCancelled() {
			return false;
		}
	}

	// ---- reporting

	private boolean report() throws IOException {
		final List<String> lines = new ArrayList<>();
		lines.add("seconds,phase,done,resident_mib,heap_mib,outside_heap_mib,handles,threads");
		for (final Sample s : samples)
			lines.add(String.format(Locale.ROOT, "%.1f,%s,%d,%.1f,%.1f,%.1f,%d,%d", s.seconds, s.phase,
				s.done, s.resident, s.heap, s.outside, s.handles, s.threads));
		Files.write(output.resolve("soak.csv"), lines);
		ImageIO.write(plot(), "png", output.resolve("soak.png").toFile());
		final boolean training = report("training", steps, 1000, "steps");
		return report("segmenting", segmentations, 100, "segmentations") && training;
	}

	private boolean report(final String which, final int total, final int unit, final String name) {
		final List<Sample> warm = samples.stream().filter(s -> s.phase.equals(which) && s.done >= WARM_UP
			* total && s.done > 0).toList();
		if (warm.size() < 3) {
			System.out.println(which + ": too short for a slope");
			return true;
		}
		final double[] resident = slope(warm, s -> s.resident);
		final double[] outside = slope(warm, s -> s.outside);
		final double[] handles = slope(warm, s -> s.handles);
		final double[] threads = slope(warm, s -> s.threads);
		final double growth = typicalGrowth(warm, total, unit);
		final double inAll = last(warm) - warm.get(0).resident;
		System.out.printf(Locale.ROOT, "%s, %d %s, per %d of them after the first %.0f %%: resident %+.2f ± "
			+ "%.2f MiB, outside the heap %+.2f ± %.2f MiB, file handles %+.3f, threads %+.3f (%d samples, "
			+ "%.0f to %.0f MiB, %d to %d handles, %d to %d threads)%n", which, total, name, unit, 100
				* WARM_UP, unit * resident[0], unit * resident[1], unit * outside[0], unit * outside[1], unit
					* handles[0], unit * threads[0], warm.size(), min(warm, s -> s.resident), max(warm,
						s -> s.resident), (int) min(warm, s -> s.handles), (int) max(warm, s -> s.handles),
			(int) min(warm, s -> s.threads), (int) max(warm, s -> s.threads));
		System.out.printf(Locale.ROOT, "%s: of %d parts, the typical one grows by %+.2f MiB per %d; from the "
			+ "first to the last sample %+.1f MiB%n", which, PARTS, growth, unit, inAll);
		final boolean flat = growth < MOST_MIB && inAll < MOST_MIB_IN_ALL && total * (handles[0] - 2
			* handles[1]) < MOST_HANDLES && total * (threads[0] - 2 * threads[1]) < MOST_HANDLES;
		System.out.println(which + (flat ? ": flat" : ": it climbs"));
		return flat;
	}

	/** Slope over what was done, and its standard error. */
	private static double[] slope(final List<Sample> all, final ToDoubleFunction<Sample> value) {
		final double meanX = all.stream().mapToDouble(Sample::done).average().orElseThrow();
		final double meanY = all.stream().mapToDouble(value).average().orElseThrow();
		double xx = 0, xy = 0, rest = 0;
		for (final Sample s : all) {
			xx += Math.pow(s.done - meanX, 2);
			xy += (s.done - meanX) * (value.applyAsDouble(s) - meanY);
		}
		final double slope = xy / Math.max(xx, 1e-9);
		for (final Sample s : all)
			rest += Math.pow(value.applyAsDouble(s) - meanY - slope * (s.done - meanX), 2);
		return new double[] { slope, Math.sqrt(rest / (all.size() - 2) / Math.max(xx, 1e-9)) };
	}

	/** Median growth of resident memory from one part of a phase to the next, MiB per unit done. */
	private static double typicalGrowth(final List<Sample> warm, final int total, final int unit) {
		final double first = WARM_UP * total, width = (total - first) / PARTS;
		final List<Double> middles = new ArrayList<>();
		for (int i = 0; i < PARTS; i++) {
			final double from = first + i * width;
			final double[] values = warm.stream().filter(s -> s.done >= from && s.done <= from + width)
				.mapToDouble(s -> s.resident).sorted().toArray();
			if (values.length > 0) middles.add(values[values.length / 2]);
		}
		final double[] steps = new double[middles.size() - 1];
		for (int i = 0; i < steps.length; i++)
			steps[i] = middles.get(i + 1) - middles.get(i);
		Arrays.sort(steps);
		return unit * steps[steps.length / 2] / width;
	}

	private static double last(final List<Sample> warm) {
		return warm.get(warm.size() - 1).resident;
	}

	private static double min(final List<Sample> all, final ToDoubleFunction<Sample> value) {
		return all.stream().mapToDouble(value).min().orElse(0);
	}

	private static double max(final List<Sample> all, final ToDoubleFunction<Sample> value) {
		return all.stream().mapToDouble(value).max().orElse(0);
	}

	private BufferedImage plot() {
		final BufferedImage image = new BufferedImage(1000, 720, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, 1000, 720);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
		panel(g, 20, "Resident memory (MiB)", s -> s.resident);
		panel(g, 195, "Outside Java's heap (MiB)", s -> s.outside);
		panel(g, 370, "File handles", s -> s.handles);
		panel(g, 545, "Threads", s -> s.threads);
		g.dispose();
		return image;
	}

	private void panel(final Graphics2D g, final int top, final String title,
		final ToDoubleFunction<Sample> value)
	{
		final int left = 80, width = 890, height = 125;
		final double end = samples.get(samples.size() - 1).seconds;
		final double most = 1.15 * Math.max(1, max(samples, value));
		for (final Sample s : samples)
			if (s.phase.equals("segmenting")) {
				g.setColor(new Color(0xEEF2F7));
				final int x = left + (int) (width * s.seconds / end);
				g.fillRect(x, top + 20, left + width - x, height);
				break;
			}
		g.setColor(Color.DARK_GRAY);
		g.setStroke(new BasicStroke(1));
		g.drawRect(left, top + 20, width, height);
		g.drawString(title + " over " + Math.round(end) + " s; shaded: " + segmentations
			+ " segmentations after " + steps + " training steps", left, top + 14);
		for (final double part : new double[] { 0, 0.5, 1 })
			g.drawString(String.format(Locale.ROOT, "%.0f", part * most), 25, top + 25 + (int) (height * (1
				- part)));
		final Path2D line = new Path2D.Double();
		for (final Sample s : samples) {
			final double x = left + width * s.seconds / end;
			final double y = top + 20 + height * (1 - value.applyAsDouble(s) / most);
			if (line.getCurrentPoint() == null) line.moveTo(x, y);
			else line.lineTo(x, y);
		}
		g.setColor(new Color(0x1F5FA8));
		g.setStroke(new BasicStroke(1.5f));
		g.draw(line);
	}
}
