package org.swinj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;


/** Programs that scripts run from their source, which no build would otherwise compile. */
class ScriptsTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "scripts/MakeTestData.java", "scripts/Soak.java",
		"scripts/bench/Benchmark.java", "scripts/bench/SwinjWorker.java" })
	void compilesAgainstTheProduct(final String source) throws IOException {
		final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		final StringWriter errors = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			final boolean compiled = compiler.getTask(errors, files, null, List.of("-d", folder.toString(),
				"-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path")), null, files
					.getJavaFileObjects(Path.of(source))).call();
			assertEquals("", compiled ? "" : errors.toString());
		}
	}
}
