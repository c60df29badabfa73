package org.swinj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.swinj.progress.CancelledException;
import org.swinj.progress.Progress;

class BatchReaderTest {

	private static final WindowSettings SETTINGS = WindowSettings.of(new int[] { 2, 2, 2 }, 0);
	private static final PlaneSink NOWHERE = (z, logits) -> {};

	@Test
	void nextBatchIsReadWhileThePresentOneIsPredicted() throws IOException {
		final CountDownLatch secondRead = new CountDownLatch(2);
		final Thread[] reader = { null };
		final boolean[] overlapped = { false };
		final WindowPredictor predictor = windows -> {
			overlapped[0] = await(secondRead);
			return new float[][] { windows[0].clone() };
		};
		run(Progress.silent(), position -> {
			reader[0] = Thread.currentThread();
			secondRead.countDown();
		}, predictor);
		assertTrue(overlapped[0], "the second window was not read during the first prediction");
		assertNotSame(Thread.currentThread(), reader[0]);
		assertFalse(reader[0].isAlive(), "the reading thread survived");
	}

	@Test
	void failureToReadReachesTheCallerAndEndsTheThread() {
		final Thread[] reader = { null };
		final IOException failure = new IOException("The disk is gone.");
		final IOException thrown = assertThrows(IOException.class, () -> run(Progress.silent(),
			position -> {
				reader[0] = Thread.currentThread();
				if (position[0] == 4) throw failure;
			}, windows -> new float[][] { windows[0].clone() }));
		assertSame(failure, thrown);
		assertFalse(reader[0].isAlive());
	}

	@Test
	void failureToPredictEndsTheThread() {
		final Thread[] reader = { null };
		final IllegalStateException failure = new IllegalStateException("Out of memory.");
		final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> run(Progress
			.silent(), position -> reader[0] = Thread.currentThread(), windows -> {
				throw failure;
			}));
		assertSame(failure, thrown);
		assertFalse(reader[0].isAlive());
	}

	@Test
	void cancelIsNoticedWhileASlowReadIsUnderWay() {
		final CountDownLatch reading = new CountDownLatch(1);
		final CountDownLatch asked = new CountDownLatch(1);
		final Progress progress = new CancelWhen(() -> {
			if (reading.getCount() > 0) return false;
			asked.countDown();
			return true;
		});
		assertThrows(CancelledException.class, () -> run(progress, position -> {
			reading.countDown();
			assertTrue(await(asked), "nobody asked for cancellation during the read");
		}, windows -> new float[][] { windows[0].clone() }));
	}

	@Test
	void interruptOfTheCallerCancelsAndIsKept() {
		assertThrows(CancelledException.class, () -> run(Progress.silent(), position -> {}, windows -> {
			Thread.currentThread().interrupt();
			return new float[][] { windows[0].clone() };
		}));
		assertTrue(Thread.interrupted());
	}

	@Test
	void windowsArriveInTheOrderOfTheGrid() throws IOException {
		final StringBuilder order = new StringBuilder();
		run(Progress.silent(), position -> {}, windows -> {
			order.append((int) windows[0][0]).append(' ');
			return new float[][] { windows[0].clone() };
		});
		assertEquals("0 2 4 6 8 ", order.toString());
	}

	private static void run(final Progress progress, final Reading reading,
		final WindowPredictor predictor) throws IOException
	{
		new SlidingWindow(SETTINGS, progress).run(new Column(reading), predictor, 1, NOWHERE);
	}

	private static boolean await(final CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** What happens when a window is read. */
	private interface Reading {

		void at(long[] position) throws IOException;
	}

	/** Five windows above each other. */
	private record Column(Reading reading) implements WindowSource {

		@Override
		public long[] size() {
			return new long[] { 10, 2, 2 };
		}

		@Override
		public int channels() {
			return 1;
		}

		@Override
		public void read(final long[] position, final int[] window, final float[] target)
			throws IOException
		{
			reading.at(position);
			target[0] = position[0];
		}
	}
}
