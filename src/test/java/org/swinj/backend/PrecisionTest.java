package org.swinj.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What precision=auto means on processors that say what they are. */
class PrecisionTest {

	private static final ComputeDevice CPU = new ComputeDevice(Device.cpu(), "CPU: as requested");

	@TempDir
	private Path folder;

	private Precision best(final String cpuinfo) throws IOException {
		final Path file = Files.writeString(folder.resolve("cpuinfo"), cpuinfo);
		return Precision.best(CPU, ProcessorFlags.of(file));
	}

	@Test
	void formatFollowsTheInstructions() throws IOException {
		final String matrix = "processor\t: 0\nflags\t\t: fpu avx512_bf16 amx_bf16 amx_tile\n";
		final String vector = "flags\t\t: fpu avx512f avx512_bf16\nprocessor\t: 1\nflags\t\t: fpu\n";
		final String plain = "flags\t\t: fpu avx512f avx2\nbugs\t\t: amx_bf16\n";
		assertEquals(Precision.BFLOAT16, best(matrix));
		assertEquals(Precision.FLOAT32, best(vector));
		assertEquals(Precision.FLOAT32, best(plain));
	}

	@Test
	void unknownProcessorsTakeFloat32AndGpusBfloat16() throws IOException {
		final ProcessorFlags none = ProcessorFlags.of(folder.resolve("missing"));
		assertEquals(Precision.FLOAT32, Precision.best(CPU, none));
		assertEquals(Precision.FLOAT32, best("Features\t: fp asimd bf16\n"));
		assertEquals(Precision.BFLOAT16, Precision.best(new ComputeDevice(Device.gpu(0), "GPU 0: CUDA"), none));
	}
}
