package org.swinj.fiji;

import ij.Macro;

import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputHarvester;

/**
 * Lets options that a macro leaves out be their defaults. Without it a Fiji with windows opens a dialog
 * for them, and the macro waits. A macro that names no option at all wants the dialog.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 2)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		final boolean ours = module.getInfo().getDelegateClassName().startsWith("org.swinj.");
		if (!ours || !Failure.inMacro()) return;
		final String options = Macro.getOptions();
		if (options != null && !options.isBlank()) decide(module);
	}

	/** Nothing is left to ask a person for. */
	static void decide(final Module module) {
		for (final ModuleItem<?> item : module.getInfo().inputs())
			module.resolveInput(item.getName());
	}
}
