package org.swinj.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.util.Arrays;

import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.JTextField;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.swinj.command.CompareCommand;
import org.swinj.command.EvaluateCommand;
import org.swinj.command.ExportModelCommand;
import org.swinj.command.FineTuneCommand;
import org.swinj.command.ImportModelCommand;
import org.swinj.command.ModelInfoCommand;
import org.swinj.command.PretrainCommand;
import org.swinj.command.SegmentCommand;
import org.swinj.command.SwinCommand;

/** The dialogs that SciJava makes of the commands, on panels that need no display. */
class DialogTest {

	private Context context;

	@BeforeEach
	void start() {
		context = new Context();
	}

	@AfterEach
	void end() {
		context.dispose();
	}

	@ParameterizedTest
	@ValueSource(classes = { SegmentCommand.class, FineTuneCommand.class, PretrainCommand.class,
		CompareCommand.class })
	void dialogOpensWithFewRowsAndShowsTheRestOnRequest(
		final Class<? extends SwinCommand> command) throws ModuleException
	{
		final DialogForm form = DialogForm.of(context, module(command));
		final Component[] all = form.getComponent().getComponents();
		new JPanel().add(form.getComponent()); // as a window does
		final Component[] few = form.getComponent().getComponents();
		assertTrue(few.length <= 9, few.length + " rows: at most 7 fields, the notes and the fold");
		final JButton more = form.find("more", JButton.class);
		more.doClick();
		assertEquals(Arrays.asList(all), Arrays.asList(form.getComponent().getComponents()));
		more.doClick();
		assertEquals(Arrays.asList(few), Arrays.asList(form.getComponent().getComponents()));
	}

	@Test
	void foldedSettingsThatWereChangedAreCounted() throws ModuleException {
		final Module module = module(SegmentCommand.class);
		module.setInput("overlap", 0.25);
		module.setInput("device", "cpu");
		module.setInput("overlay", true); // not folded
		final DialogForm form = DialogForm.of(context, module);
		new JPanel().add(form.getComponent());
		final JButton more = form.find("more", JButton.class);
		assertEquals("Show (2 changed)", more.getText());
		form.find("model", JTextField.class).setText("/m");
		module.setInput("device", "auto");
		more.doClick();
		more.doClick();
		assertEquals("Show (1 changed)", more.getText());
	}

	@Test
	void whatIsTypedBecomesTheParameterAndStartsWithItsValue() throws ModuleException {
		final Module module = module(EvaluateCommand.class);
		module.setInput("labels", "/data/labels");
		final DialogForm form = DialogForm.of(context, module);
		assertEquals("/data/labels", form.find("labels", JTextField.class).getText());
		form.find("predictions", JTextField.class).setText("/data/of mine");
		assertEquals("/data/of mine", module.getInput("predictions"));
	}

	@Test
	void imagesAndPathsHaveTheirOwnField() throws ModuleException {
		final DialogForm form = DialogForm.of(context, module(FineTuneCommand.class));
		for (final String name : new String[] { "data", "labels", "output", "pretrained" }) {
			assertInstanceOf(PathWidget.class, form.getWidget(name));
			assertTrue(form.find(name, JTextField.class).isEditable(), name);
		}
		assertInstanceOf(DialogForm.Plain.class, form.getWidget("patch"));
	}

	@ParameterizedTest
	@ValueSource(classes = { SegmentCommand.class, FineTuneCommand.class, PretrainCommand.class,
		CompareCommand.class, EvaluateCommand.class, ImportModelCommand.class, ExportModelCommand.class,
		ModelInfoCommand.class })
	void everyDialogHasAHelpButtonAndDevicesToChooseFrom(final Class<? extends SwinCommand> command)
		throws ModuleException
	{
		final Module module = module(command);
		final DialogForm form = DialogForm.of(context, module);
		assertEquals("Help", form.find("notes", JButton.class).getText());
		if (module.getInfo().getInput("device") == null) return;
		final JComboBox<?> devices = form.find("device", JComboBox.class);
		assertEquals("auto", devices.getItemAt(0));
		assertEquals("cpu", devices.getItemAt(1));
		devices.setSelectedIndex(1);
		assertEquals("cpu", module.getInput("device"));
	}

	/** What is decided has no row: a macro that names some options opens no dialog for the others. */
	@Test
	void nothingIsAskedOnceAMacroHasDecided() throws ModuleException {
		final Module module = module(SegmentCommand.class);
		MacroDefaults.decide(module);
		assertEquals(0, DialogForm.of(context, module).getWidgetCount());
		assertEquals(0.5, module.getInput("overlap"));
	}

	@Test
	void deviceOfAnotherMachineStaysChosen() throws ModuleException {
		final Module module = module(SegmentCommand.class);
		module.setInput("device", "gpu3");
		assertEquals("gpu3", DialogForm.of(context, module).find("device", JComboBox.class)
			.getSelectedItem());
	}

	private Module module(final Class<? extends SwinCommand> command) throws ModuleException {
		return context.service(CommandService.class).getCommand(command).createModule();
	}
}
