package org.swinj.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.prefs.PrefService;
import org.swinj.command.FineTuneCommand;
import org.swinj.command.ModelInfoCommand;
import org.swinj.command.SegmentCommand;
import org.swinj.command.SwinCommand;

/** What a dialog begins with after another one. */
class LastValuesTest {

	@TempDir
	private Path folder;
	private Context context;
	private Path data;
	private final LastValues last = new LastValues(inMemory());

	@BeforeEach
	void start() throws IOException {
		context = new Context();
		data = Files.createDirectory(folder.resolve("data"));
	}

	@AfterEach
	void end() {
		context.dispose();
	}

	@Test
	void dialogAfterAFailureHasAllThatWasTyped() throws ModuleException {
		final Module failed = fineTuning();
		last.keep(failed);
		final Module again = filled(FineTuneCommand.class);
		for (final String name : List.of("data", "output", "minutes", "ignore", "resume", "precision",
			"patch"))
			assertEquals(failed.getInput(name), again.getInput(name), name);
	}

	@Test
	void preferredDeviceIsWhatAllDialogsBeginWith() throws ModuleException {
		final PrefService prefs = inMemory();
		DevicePreference.begin("gpu1", context.service(CommandService.class), prefs);
		for (final Class<? extends SwinCommand> each : List.of(SegmentCommand.class, FineTuneCommand.class)) {
			final Module next = module(each);
			assertEquals("auto", next.getInput("device"));
			new LastValues(prefs).fill(next);
			assertEquals("gpu1", next.getInput("device"));
		}
	}

	@Test
	void dialogAfterASuccessAsksForAnotherPlace() throws ModuleException {
		final Module done = fineTuning();
		last.keep(done);
		last.finish(done);
		final Module next = filled(FineTuneCommand.class);
		assertEquals("", next.getInput("output"));
		assertEquals(false, next.getInput("resume"));
		assertEquals(2.5, next.getInput("minutes"));
	}

	@Test
	void trainedModelIsOfferedByOtherDialogsInsteadOfTheFormerOne() throws Exception {
		final Module info = module(ModelInfoCommand.class);
		info.setInput("model", data.toString());
		last.keep(info);
		assertEquals(data.toString(), filled(SegmentCommand.class).getInput("model"));
		final Module done = fineTuning();
		last.finish(done);
		assertEquals(data.toString(), filled(SegmentCommand.class).getInput("model"), "not there");
		Files.createDirectory(folder.resolve("trained"));
		last.finish(done);
		assertEquals(done.getInput("output"), filled(SegmentCommand.class).getInput("model"));
		assertEquals(done.getInput("output"), filled(ModelInfoCommand.class).getInput("model"));
	}

	@Test
	void pathsThatAreNotThereAreNotOffered() throws Exception {
		final Module typed = module(SegmentCommand.class);
		typed.setInput("model", folder.resolve("mistyped").toString());
		typed.setInput("input", "a title: of an image?");
		last.keep(typed);
		final Module next = filled(SegmentCommand.class);
		assertEquals("", next.getInput("model"));
		assertEquals("", next.getInput("input"));
		assertNull(last.path(next, next.getInfo().getInput("input")));
	}

	@Test
	void openImageAndWhatIsKnownAlreadyStay() throws ModuleException {
		last.keep(fineTuning());
		final Module next = module(FineTuneCommand.class);
		next.setInput("data", "the open image");
		next.setInput("ignore", 7);
		next.resolveInput("ignore");
		last.fill(next);
		assertEquals("the open image", next.getInput("data"));
		assertEquals(7, next.getInput("ignore"));
		assertEquals(data.toString(), last.path(next, next.getInfo().getInput("data")));
	}

	@Test
	void otherCommandsAndWrongTextsChangeNothing() throws ModuleException {
		last.keep(fineTuning());
		assertEquals("auto", filled(SegmentCommand.class).getInput("precision"));
		final Module strange = fineTuning();
		strange.setInput("precision", "int3");
		last.keep(strange);
		assertEquals("auto", filled(FineTuneCommand.class).getInput("precision"));
	}

	private Module fineTuning() throws ModuleException {
		final Module module = module(FineTuneCommand.class);
		final Map<String, Object> values = Map.of("data", data.toString(), "output", folder.resolve(
			"trained").toString(), "minutes", 2.5, "ignore", 255, "resume", true, "precision", "float32",
			"patch", "64");
		values.forEach(module::setInput);
		return module;
	}

	private Module filled(final Class<? extends SwinCommand> command) throws ModuleException {
		final Module module = module(command);
		last.fill(module);
		return module;
	}

	private Module module(final Class<? extends SwinCommand> command) throws ModuleException {
		return context.service(CommandService.class).getCommand(command).createModule();
	}

	/** Keeps texts by class and name; knows only the methods that are called. */
	private static PrefService inMemory() {
		final Map<List<Object>, Object> kept = new HashMap<>();
		return (PrefService) Proxy.newProxyInstance(PrefService.class.getClassLoader(),
			new Class<?>[] { PrefService.class }, (proxy, method, values) -> {
				final List<Object> key = Arrays.asList(values[0], values[1]);
				switch (method.getName()) {
					case "get":
						return kept.getOrDefault(key, values[2]);
					case "put":
						kept.put(key, values[2]);
						return null;
					case "remove":
						kept.remove(key);
						return null;
					default:
						throw new UnsupportedOperationException(method.getName());
				}
			});
	}
}
