package org.swinj.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

/** Trainings on one GPU take turns. */
class DeviceLockTest {

	@TempDir
	Path folder;

	@Test
	void theSecondOneWaitsForTheEndOfTheFirst() throws Exception {
		final Path file = folder.resolve("gpu.lock");
		final CompletableFuture<Void> waiting = new CompletableFuture<>();
		final FaultAt second = FaultAt.throwing((stage, step) -> {
			if (stage.startsWith("Waiting")) waiting.complete(null);
			return false;
		}, 1, null);
		final CompletableFuture<Void> done;
		try (DeviceLock first = DeviceLock.of(file, "GPU 0", Progress.silent())) {
			done = CompletableFuture.runAsync(() -> {
				try (DeviceLock lock = DeviceLock.of(file, "GPU 0", second)) {
					assertEquals(1, second.warnings.size());
				}
				catch (final IOException e) {
					throw new AssertionError(e);
				}
			});
			waiting.get(30, TimeUnit.SECONDS);
			assertTrue(!done.isDone());
		}
		done.get(30, TimeUnit.SECONDS);
		assertTrue(second.warnings.get(0).startsWith("Another training uses GPU 0: this one waits"),
			second.warnings.get(0));
	}

	@Test
	void whoWaitsCanBeStopped() throws IOException {
		final Path file = folder.resolve("gpu.lock");
		try (DeviceLock first = DeviceLock.of(file, "GPU 0", Progress.silent())) {
			assertThrows(CancelledException.class, () -> DeviceLock.of(file, "GPU 0", FaultAt.cancelling((
				stage, step) -> stage.startsWith("Waiting"))));
			assertThrows(CancelledException.class, () -> {
				Thread.currentThread().interrupt();
				DeviceLock.of(file, "GPU 0", Progress.silent());
			});
			Thread.interrupted();
		}
	}

	@Test
	void gpusAreToldApartByWhatIsVisible() {
		assertEquals("swinj-gpu-3.lock", DeviceLock.file(1, "2,3").getFileName().toString());
		assertEquals("swinj-gpu-1.lock", DeviceLock.file(1, "").getFileName().toString());
		assertEquals("swinj-gpu-1.lock", DeviceLock.file(1, null).getFileName().toString());
		assertEquals("swinj-gpu-GPU-8a_b.lock", DeviceLock.file(0, "GPU-8a/b").getFileName().toString());
	}
}
